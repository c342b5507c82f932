from otklik.charts import Speech
from otklik.report.sections.longest import longest
from tests.report.fabricated import office, shop, tiny

EN, RU = Speech("en"), Speech("ru")


def test_each_wait_is_a_story_with_its_intervals():
    stories = [block for block in longest(shop(), EN).blocks if block.kind == "story"]
    assert [story.title for story in stories] == ["SHOP-4100", "SHOP-3871", "SHOP-2210"]
    assert stories[0].value.replace("\u00a0", " ") == "12 days 10 h"
    assert "still running" in stories[0].sentences[0]


def test_waits_in_one_piece_share_a_picture():
    single = [entry.model_copy(update={"intervals": entry.intervals[:1]}) for entry in shop().longest]
    section = longest(shop().model_copy(update={"longest": single}), RU)
    assert [block.kind for block in section.blocks] == ["figure"] and "вдоль календаря" in section.lead[0]


def test_cases_and_nothing_to_explain():
    assert "one case" in longest(office(), Speech("en", is_process=True)).lead[0]
    assert "no wait" in longest(tiny(), EN).lead[0]


def test_a_longest_wait_that_is_over_is_not_said_to_run():
    entry = shop().longest[0]
    over = [piece.model_copy(update={"why": "answered"}) for piece in entry.intervals]
    entry = entry.model_copy(update={"measure": "longest_wait", "state": "running", "intervals": over})
    story = longest(shop().model_copy(update={"longest": [entry]}), EN).blocks[0]
    assert story.sentences[0] == "Longest wait so far: another one is still running."
