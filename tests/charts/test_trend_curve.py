from otklik.charts import Speech, trend_curve
from tests.charts.speakers import EN, RU, words_of
from tests.report.fabricated import office, shop


def test_young_weeks_are_greyed_and_starred():
    picture = trend_curve(shop().trend, EN, "")
    assert "too young to judge" in words_of(picture)
    assert [row[0].endswith("*") for row in picture.table.rows[-4:]] == [False, True, True, True]


def test_a_change_is_drawn_with_the_levels_around_it():
    with_change, without = (trend_curve(r.trend, RU, "") for r in (shop(), office()))
    assert "уровень до и после" in words_of(with_change) and "уровень до и после" not in words_of(without)


def test_the_share_within_the_limit_runs_from_nought_to_all():
    spec = trend_curve(shop().trend, EN, "", "share").spec
    assert "within 4 h" in words_of(trend_curve(shop().trend, EN, "", "share"))
    assert any(layer["encoding"].get("y", {}).get("scale", {}) == {"domain": [0, 1]} for layer in spec["layer"])


def test_months_are_named_in_the_language():
    assert "март 2025" in words_of(trend_curve(shop().trend, RU, ""))


def test_points_of_a_year_carry_their_year_and_fill_their_place():
    yearly = shop().trend.model_copy(update={"weeks": shop().trend.weeks[:13], "weeks_per_point": 52})
    picture = trend_curve(yearly, EN, "")
    axis = next(layer for layer in picture.spec["layer"] if "encoding" in layer)["encoding"]["x"]
    assert "2024" in axis["axis"]["labelExpr"] or "2025" in axis["axis"]["labelExpr"]
    start, end = axis["scale"]["domain"]
    assert int(end[:4]) - int(start[:4]) >= 1, "the last point is a year long"
    assert "676 weeks" in picture.alt


def test_cases_take_and_do_not_wait():
    speech = Speech("ru", is_process=True)
    assert "половина длится меньше" in words_of(trend_curve(office().trend, speech, ""))
