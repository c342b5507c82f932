from otklik.charts import arrivals_grid, waits_grid
from otklik.schemas.results import WeekGrid
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def test_every_hour_of_the_week_is_a_cell():
    picture = arrivals_grid(shop().when.arrivals, EN, "")
    cells = next(layer for layer in picture.spec["layer"] if layer["mark"]["type"] == "rect")["data"]["values"]
    assert len(cells) >= 7 * 24
    assert len(picture.table.rows) == 24 and "Monday, 11:00" in picture.alt


def test_hours_with_too_few_are_dots_not_numbers():
    picture = waits_grid(shop().when.waits, RU, "")
    assert any(layer["mark"]["type"] == "point" for layer in picture.spec["layer"])
    assert picture.table.rows[0][6] == "–"


def test_an_empty_week_draws():
    empty = WeekGrid(zone="UTC", n=[[0] * 24 for _ in range(7)])
    assert "darker for more" in arrivals_grid(empty, EN, "").alt
    assert "half waited longer" in words_of(waits_grid(empty, EN, ""))
