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
