from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from otklik.goals.bound_goals import share_goal_of, total_goal_of
from otklik.goals.curve import curve_of
from otklik.goals.forecast import forecast_key_result
from otklik.goals.share_goal import prepare_share
from otklik.goals.total_goal import prepare_total
from otklik.goals.weeks import totals
from otklik.schemas.forecasts import Forecast
from otklik.schemas.goal_results import Basis, CheckIn, KeyResultNow, NumberSent, Ranged, Reading
from otklik.schemas.goals import Bound, Cycle, DayCount, KeyResult, Slice
from otklik.schemas.grades import KeyResultGrade
from tests.goals.records import CYCLE, START, days_of, end_of_week

ROWS = days_of(lambda week: 0.5 + 0.01 * week, range(-20, 7), n=30)
ON = end_of_week(6)
Q1 = Cycle(title="Q1", start=CYCLE.first, end=CYCLE.last)


def reading(bound: Bound, rows: Sequence[DayCount] = ROWS, until: date = ON) -> Reading:
    first = end_of_week(2)
    basis = Basis(
        bound=bound, zone="UTC", first=first, last=until, as_of=datetime(2027, 2, 15, tzinfo=UTC), whole_until=until,
        log="x", step=1,
    )  # fmt: skip
    return Reading(number=Ranged(value=0.5), within_s=bound.within_s, n=1, k=1, days=tuple(rows), basis=basis)


def stand(key_result: KeyResult, forecast: Forecast | None = None, **more: object) -> KeyResultNow:
    return KeyResultNow(key_result=key_result, number=Ranged(value=0.5), at_start=Ranged(), grade=KeyResultGrade(),
                        forecast=forecast, **more)  # fmt: skip


def share_of(bound: Bound, direction: str = "raise", rows: Sequence[DayCount] = ROWS, **more: object) -> KeyResultNow:
    kr = KeyResult(title="a", direction=direction, unit="share", source=bound, **more)
    goal = share_goal_of(kr, {bound.within_s or 0.0: rows}, CYCLE, ON)
    return stand(kr, forecast_key_result(prepare_share(goal)), reading=reading(bound, rows))


HOUR = Bound(measure="first_reply", within_s=3600)


def test_thirteen_weeks_before_and_those_of_the_cycle_with_their_intervals():
    curve = curve_of(share_of(HOUR, baseline=0.5, target=0.7, commit=0.6), Q1, ON)
    assert curve is not None and len(curve.weeks) == 13 + 6
    assert curve.weeks[13].first == START and curve.weeks[-1].last == ON
    first = curve.weeks[0]
    n, k = totals([row for row in ROWS if first.first <= row.day <= first.last])
    assert (first.n, first.value) == (n, k / n)
    assert first.low is not None and first.high is not None and first.low < k / n < first.high
    assert [mark.name for mark in curve.marks] == ["commit", "target"] and curve.target == 0.7


def test_the_fan_goes_on_where_the_weeks_end():
    curve = curve_of(share_of(HOUR, baseline=0.5, target=0.7), Q1, ON)
    assert curve is not None
    assert [week.number for week in curve.fan] == list(range(7, 14))
    assert curve.end_low is not None and curve.end_low < curve.end_middle < curve.end_high  # type: ignore[operator]


def test_where_less_is_better_misses_are_turned_back_into_what_people_read():
    curve = curve_of(share_of(HOUR, "lower", days_of(0.2, range(-20, 7), n=60), baseline=0.2, target=0.1), Q1, ON)
    assert curve is not None and curve.end_middle is not None
    assert curve.end_middle == pytest.approx(0.2, abs=0.06)
    for week in curve.fan:
        assert week.low95 <= week.low80 <= week.middle <= week.high80 <= week.high95  # type: ignore[operator]
        assert week.middle == pytest.approx(0.2, abs=0.06)


def test_what_is_kept_by_weeks_ends_in_a_part_of_the_weeks_that_is_not_turned():
    curve = curve_of(share_of(HOUR, "keep_below", days_of(0.2, range(-20, 7), n=60), target=0.9), Q1, ON)
    assert curve is not None and curve.by_weeks
    assert curve.end_middle == 1.0, "every week keeps it"
    assert curve.fan[-1].middle == pytest.approx(0.2, abs=0.06)


def test_a_percentile_is_the_share_within_its_target():
    p90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
    kr = KeyResult(title="p90", direction="lower", baseline=7200, target=3600, stretch=1800, unit="s", source=p90)
    told = stand(kr, reading=reading(p90).model_copy(update={"within_s": 3600.0}))
    curve = curve_of(told, Q1, ON)
    assert curve is not None and (curve.quantity, curve.within_s) == ("quantile", 3600.0)
    assert [(mark.name, mark.value) for mark in curve.marks] == [("target", 0.9)]
    inside = [row for row in ROWS if told.reading and told.reading.basis.first <= row.day]
    assert curve.now == sum(row.k for row in inside) / sum(row.n for row in inside)
    assert curve.fan == () and curve.end_middle is None


def test_a_total_is_drawn_by_weeks_and_its_marks_too():
    count = Bound(measure="steps", statistic="count", window_days=None)
    kr = KeyResult(title="1300 answers", target=1300, unit="count", source=count)
    counted = [row.model_copy(update={"n": row.k}) for row in ROWS]
    told = forecast_key_result(prepare_total(total_goal_of(kr, counted, CYCLE, ON)))
    curve = curve_of(stand(kr, told, reading=reading(count)), Q1, ON)
    assert curve is not None and curve.target == pytest.approx(100)
    assert curve.weeks[-1].value == curve.weeks[-1].n == sum(row.k for row in ROWS[-7:])


def test_a_backlog_is_a_level_at_the_end_of_each_week():
    waiting = Bound(measure="first_reply", within_s=3600, which=Slice(cohort="open"))
    curve = curve_of(stand(KeyResult(title="open", unit="share", source=waiting), reading=reading(waiting)), Q1, ON)
    assert curve is not None
    assert curve.weeks[-1].value == ROWS[-1].k / ROWS[-1].n and curve.weeks[-1].low is None


def test_what_people_say_is_drawn_with_what_was_said_before_the_cycle():
    kr = KeyResult(id="nps", title="NPS", baseline=30, target=45)
    said = [CheckIn(key_result="nps", day=end_of_week(week), value=30.0 + week) for week in (-2, 1, 2, 5)]
    curve = curve_of(stand(kr, check_ins=tuple(said)), Q1, ON)
    assert curve is not None and curve.quantity == "number"
    assert [week.value for week in curve.weeks] == [28.0, None, None, 31.0, 32.0, None, None, 35.0, None]


def test_what_a_program_sends_is_drawn_by_its_weekly_means_with_their_intervals():
    kr = KeyResult(id="nps", title="NPS", baseline=30, target=45)
    first, second = (
        NumberSent(day=end_of_week(5) - timedelta(days=days), value=value, variance=16.0, n=50)
        for days, value in ((2, 30.0), (0, 40.0))
    )
    curve = curve_of(stand(kr, sent=(first, second)), Q1, ON)
    assert curve is not None
    week = next(week for week in curve.weeks if week.value is not None)
    assert (week.value, week.n) == (35.0, 100)
    assert week.high - week.value == pytest.approx(1.96 * 32**0.5 / 2)
    bare = curve_of(stand(kr, sent=(first.model_copy(update={"variance": None, "n": None}), second)), Q1, ON)
    assert bare is not None and [(w.low, w.n) for w in bare.weeks if w.value is not None] == [(None, None)]
    early = NumberSent(day=ON + timedelta(days=1), value=1.0)
    assert curve_of(stand(kr, sent=(early,)), Q1, ON) is None


def test_where_nothing_is_known_there_is_nothing_to_draw():
    assert curve_of(stand(KeyResult(title="steps", direction="milestone")), Q1, ON) is None
    assert curve_of(stand(KeyResult(title="a", source=HOUR), reading=reading(HOUR, ())), Q1, ON) is None
