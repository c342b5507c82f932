from otklik.charts import Speech
from otklik.report.sections.quality import quality, reason_text
from tests.report.fabricated import shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_the_account_adds_up_on_the_page():
    section = quality(shop(), EN)
    cards = next(block for block in section.blocks if block.kind == "cards").cards
    read, kept, aside, twice = (int(card.value.replace(",", "")) for card in cards)
    assert read == kept + aside + twice


def test_reasons_in_words_and_unknown_ones_as_they_are():
    assert reason_text("ends-before-start", RU) == "конец раньше начала"
    assert reason_text("something-new", RU) == "something new"


def test_signs_are_explained_with_examples():
    grids = [block for block in quality(shop(), EN).blocks if block.kind == "grid"]
    signs = next(grid for grid in grids if grid.caption.startswith("Signs"))
    assert signs.rows[0][0].note and "SHOP-4100" in signs.rows[0][2].text


def test_littles_law_in_words():
    law = shop().quality.littles_law
    gone = shop().quality.model_copy(update={"littles_law": law.model_copy(update={"suspicious": True, "gap": 0.4})})
    good, bad = quality(shop(), EN), quality(shop().model_copy(update={"quality": gone}), EN)
    assert any("adds up" in block.text for block in good.blocks if block.kind == "notice")
    assert any("does not add up" in block.text for block in bad.blocks if block.kind == "notice")


def test_guesses_and_missing_measures_are_told():
    section = quality(shop(), RU)
    listing = next(block for block in section.blocks if block.kind == "listing")
    assert len(listing.items) == 2 and "created_at" in listing.items[1][1]
    assert any("не узнать" in block.text for block in section.blocks if block.kind == "notice")
    assert "None had to be set aside." in quality(tiny(), EN).lead


def test_a_check_without_a_gap_is_within_one_percent():
    law = shop().quality.littles_law.model_copy(update={"gap": 0.0, "suspicious": False})
    report = shop().model_copy(update={"quality": shop().quality.model_copy(update={"littles_law": law})})
    assert any("(to within 1%)" in getattr(block, "text", "") for block in quality(report, EN).blocks)


def test_how_often_a_sign_was_seen_stays_on_one_line():
    grid = next(b for b in quality(shop(), EN).blocks if b.kind == "grid" and b.columns[0] == "Sign")
    assert all(" " not in row[1].text for row in grid.rows)
    of_cases = quality(shop(), Speech("en", is_process=True)).blocks
    assert any(getattr(b, "caption", "") == "What became of every case, measure by measure" for b in of_cases)
