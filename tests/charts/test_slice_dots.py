from otklik.charts import slice_dots
from otklik.charts.slice_dots import difference
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import shop


def test_a_difference_is_said_only_where_it_is_sure():
    cut = shop().slices[0]
    said = [difference(row, cut, EN).replace("\u00a0", " ") for row in cut.rows]
    assert said == ["+ 3 h 24 min", "+ 1 h 6 min", "no clear difference", "− 3 h 6 min", "too few to say"]


def test_too_few_get_no_dot_and_no_number():
    cut = shop().slices[0]
    row = slice_dots(cut, RU, "").table.rows[-1]
    assert row[0] == "review" and row[2:5] == ["–", "–", "–"]


def test_every_value_is_named_wide_and_narrow():
    text = words_of(slice_dots(shop().slices[1], EN, ""))
    assert text.count("Front desk") == 2
