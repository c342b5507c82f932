from otklik.charts import arrivals_grid, open_grid, waits_grid
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


def _open(of):
    means = [[of(day, hour) for hour in range(24)] for day in range(7)]
    return WeekGrid(zone="UTC", n=[[9] * 24 for _ in range(7)], mean=means)


def test_what_is_open_is_coloured_from_the_lowest_mean_to_the_highest():
    picture = open_grid(_open(lambda day, hour: 100 + hour), RU, "")
    assert picture.table.rows[23][1:] == ["123"] * 7 and "в среднем" in words_of(picture)
    assert "119" in words_of(picture) and "104" in words_of(picture), "bounds lie between 100 and 123"


def test_hours_that_hardly_differ_have_one_colour():
    picture = open_grid(_open(lambda day, hour: 1000 + hour), EN, "")
    cells = next(layer for layer in picture.spec["layer"] if layer["mark"]["type"] == "rect")["data"]["values"]
    assert len({cell["fill"] for cell in cells[: 7 * 24]}) == 1


def test_less_than_one_open_on_average_keeps_its_decimals():
    picture = open_grid(_open(lambda day, hour: hour / 100), EN, "")
    assert picture.table.rows[12][1] == "0.12" and "0.19" in words_of(picture)


def test_an_hour_that_never_came_is_a_dot_and_nothing_open_still_draws():
    assert open_grid(_open(lambda day, hour: None if hour == 3 else 1.0), EN, "").table.rows[3][1] == "–"
    assert "darker for more" in open_grid(_open(lambda day, hour: 0.0), EN, "").alt
    assert "on average" in words_of(open_grid(WeekGrid(zone="UTC", n=[[0] * 24] * 7), EN, ""))
