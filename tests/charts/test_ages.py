from otklik.charts import ages
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def test_every_age_that_occurs_has_a_bar_and_its_number():
    waiting = shop().waiting
    picture = ages(waiting, EN, "Who waits")
    assert [row[1] for row in picture.table.rows] == ["21", "33", "47", "24", "13", "5"]
    assert "over 1 wk" in words_of(picture) and "up to 1 h" in words_of(picture)


def test_empty_ages_at_both_ends_are_left_out():
    waiting = shop().waiting.model_copy(update={"ages": [(0, 60, 0), (60, 3600, 2), (3600, None, 0)]})
    assert len(ages(waiting, RU, "").table.rows) == 1
