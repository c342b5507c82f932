import pytest

from otklik.charts import share_answered
from otklik.schemas.results import MeasureResult
from tests.charts.speakers import EN, RU, widths_of, words_of
from tests.report.fabricated import H, measure


def test_both_clocks_are_drawn_and_named():
    picture = share_answered(measure("first_reply", 5000, 2 * H, 1.5), EN, "")
    assert "as the customer feels it" in words_of(picture) and "in working hours" in words_of(picture)
    assert widths_of(picture) == [780, 342]


def test_one_clock_needs_no_legend():
    assert "in working hours" not in words_of(share_answered(measure("first_reply", 500, H, 1.5, None), EN, ""))


def test_the_table_gives_share_and_interval():
    table = share_answered(measure("first_reply", 5000, 2 * H, 1.5), RU, "").table
    assert list(table.columns) == ["За время", "как это видит клиент", "в рабочее время"]
    assert all("(" in row[1] and "–" in row[1] for row in table.rows)


def test_the_curve_never_runs_backwards():
    spec = share_answered(measure("first_reply", 900, 10.0, 2.5), EN, "").spec
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    shares = [datum["share"] for datum in line["data"]["values"]]
    assert shares == sorted(shares)


def test_without_a_curve_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="no curve"):
        share_answered(MeasureResult(measure="waits", states={}), EN, "")
