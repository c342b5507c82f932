from datetime import date

from otklik.charts.goal_words import alt_words, finding, height, mark_words, numbers
from otklik.schemas.goal_curves import CurveMark
from otklik.schemas.goals import KeyResult
from tests.charts.drawn_goals import SHARE, drawn
from tests.charts.speakers import EN, RU

NONE = {"fan": (), "end_low": None, "end_middle": None, "end_high": None}


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def test_the_title_says_what_comes_if_things_go_on():
    assert plain(finding(drawn(SHARE), EN)) == "If things go on as they do: 62% by 5 July 2026, target 73%"
    assert plain(finding(drawn(SHARE), RU)) == "Если всё пойдёт как идёт: к 5 июля 2026 — 62 %, цель — 73 %"


def test_a_percentile_is_told_as_the_share_within_its_target():
    p90 = KeyResult(title="p90", direction="lower", target=14_400, unit="s")
    told = drawn(p90, "quantile", within_s=14_400, marks=(CurveMark(name="target", value=0.9),))
    assert plain(finding(told, EN)) == "If things go on as they do: 62% within 4 h by 5 July 2026, target 90%"
    assert plain(finding(told.model_copy(update=NONE), EN)) == "It stands at 60% within 4 h, target 90%"
    assert mark_words(told.marks[0], told, EN) == "target 90%"


def test_what_is_kept_week_by_week_is_told_in_weeks():
    keep = SHARE.model_copy(update={"direction": "keep_above"})
    assert "kept in 62% of the weeks" in finding(drawn(keep, by_weeks=True), EN)


def test_a_total_is_told_whole_and_drawn_by_weeks():
    total = KeyResult(title="900 answers", target=900, unit="count")
    told = drawn(total, "count", size=1000.0, marks=(CurveMark(name="target", value=69.2),))
    assert plain(finding(told, EN)) == "If things go on as they do: 620 by 5 July 2026, target 900"
    assert mark_words(told.marks[0], told, EN) == "target 69 a week"


def test_without_futures_it_says_where_it_stands_and_how_it_ended():
    told = drawn(SHARE).model_copy(update=NONE)
    assert plain(finding(told, EN)) == "It stands at 60%, target 73%"
    assert plain(finding(told.model_copy(update={"on": date(2026, 7, 5)}), RU)) == "Итог — 60 %, цель — 73 %"


def test_heights_are_written_in_their_unit():
    assert height(None, drawn(SHARE), EN) == "–"
    assert plain(height(0.034, drawn(SHARE), RU)) == "3,4 %"
    waits = drawn(KeyResult(title="wait", target=3600, unit="s"), "number")
    assert plain(height(7260, waits, EN)) == "2 h 1 min"
    points = drawn(KeyResult(title="NPS", target=45, unit="points"), "number")
    assert (height(33.96, points, EN), height(4.56, points, EN)) == ("34", "4.56")


def test_the_eye_that_cannot_see_is_told_the_same():
    told = plain(alt_words(drawn(SHARE), EN))
    assert "18 weeks" in told and "target 73%" in told and "between 49% and 75% in 80 of 100" in told
    assert "fan" not in alt_words(drawn(SHARE).model_copy(update=NONE), EN)


def test_the_table_has_every_week_those_foretold_last():
    rows = [[plain(cell) for cell in row] for row in numbers(drawn(SHARE), EN).rows]
    assert len(rows) == 18 + 8
    assert rows[0] == ["5 Jan 2026", "40", "57%", "–", "47% – 67%"]
    assert rows[-1] == ["29 Jun 2026, foretold", "–", "62%", "49% – 75%", "36% – 88%"]
