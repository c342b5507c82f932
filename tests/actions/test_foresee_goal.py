"""From a measured key result to arithmetic and a record that a forecast can read."""

from datetime import date

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.foresee_goal import foresee_measured, foresee_said, rows_at, times_of
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.goals.forecast import forecast_key_result
from otklik.goals.number_goal import PreparedNumber
from otklik.goals.weeks import Days, totals
from otklik.schemas.goal_results import CheckIn, NumberSent
from otklik.schemas.goals import Bound, KeyResult, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
CYCLE, UNTIL = Days(date(2026, 4, 6), date(2026, 7, 5)), date(2026, 5, 17)
P90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


def test_a_percentile_is_foreseen_by_the_share_of_its_target(ruler: GoalRuler) -> None:
    key_result = KeyResult(title="p90", direction="lower", baseline=60_000, target=40_000, stretch=20_000, source=P90)
    assert times_of(key_result) == [60_000, 40_000, 20_000]
    reading = measure_goal(ruler, P90, last=UNTIL, target=40_000, also=times_of(key_result))
    needed, prepared = foresee_measured(key_result, reading, CYCLE, until=reading.basis.whole_until)
    assert needed is not None and needed.verdict == "open"
    assert (needed.n, needed.k) == totals(reading.days, Days(date(2026, 6, 8), CYCLE.last)) == (0, 0)
    assert needed.needed == pytest.approx(0.9)
    assert prepared is not None
    chances = [chance.raw for chance in forecast_key_result(prepared).chances]
    assert len(chances) == 2 and 0 < chances[1] <= chances[0] < 1, "what is harder is less likely"


def test_a_share_without_a_time_of_its_own_has_days_all_the_same(ruler: GoalRuler) -> None:
    bound = Bound(measure="reopens", which=Slice(cohort="resolved"))
    key_result = KeyResult(title="reopened", direction="keep_below", target=0.06, source=bound)
    reading = measure_goal(ruler, bound, last=UNTIL)
    assert set(rows_at(reading)) == {0.0} and times_of(key_result) == []
    weeks = (0.05, 0.07, 0.04, None)
    needed, prepared = foresee_measured(key_result, reading, CYCLE, until=UNTIL, weeks=weeks)
    assert needed is not None and (needed.n, needed.k) == (3, 2)
    assert needed.needed == pytest.approx((0.7 * 13 - 2) / 10)
    assert prepared is not None and prepared.why_none is None


def test_a_total_is_so_many_a_week(ruler: GoalRuler) -> None:
    bound = Bound(measure="resolution", statistic="count", window_days=None, which=Slice(cohort="resolved"))
    key_result = KeyResult(title="solved", baseline=0, target=800, source=bound)
    reading = measure_goal(ruler, bound, last=UNTIL)
    needed, prepared = foresee_measured(key_result, reading, CYCLE, until=UNTIL)
    solved = totals(reading.days, CYCLE)[1]
    assert needed is not None and needed.needed == pytest.approx((800 - solved) / 7)
    assert prepared is not None and prepared.why_none is None
    fewer = key_result.model_copy(update={"direction": "lower", "baseline": 900.0})
    assert foresee_measured(fewer, reading, CYCLE, until=UNTIL).needed is None


def test_a_backlog_and_a_goal_without_a_target_have_no_future(ruler: GoalRuler) -> None:
    bound = Bound(measure="resolution", statistic="count", which=Slice(cohort="open"))
    key_result = KeyResult(title="open", direction="lower", baseline=30, target=10, source=bound)
    reading = measure_goal(ruler, bound, last=UNTIL)
    assert foresee_measured(key_result, reading, CYCLE, until=UNTIL) == (None, None)
    aimless = KeyResult(title="p90", source=P90)
    assert foresee_measured(aimless, measure_goal(ruler, P90), CYCLE, until=UNTIL) == (None, None)


def test_what_a_program_sends_brings_its_variance_and_its_scale() -> None:
    nps = KeyResult(id="n", title="NPS", baseline=30, target=45, unit="NPS")
    days = [date.fromordinal(UNTIL.toordinal() - 7 * i) for i in range(12)]
    loose = [NumberSent(day=day, value=40.0 + 6 * (i % 2)) for i, day in enumerate(days)]
    sure = [one.model_copy(update={"variance": 100.0}) for one in loose]
    futures = []
    for sent in (loose, sure):
        prepared = foresee_said(nps, sent, CYCLE, until=UNTIL).prepared
        assert isinstance(prepared, PreparedNumber)
        assert (prepared.goal.least, prepared.goal.most) == (-100.0, 100.0)
        futures.append(prepared)
    assert [one.variance for one in futures[0].goal.numbers] == [None] * 12
    assert [one.variance for one in futures[1].goal.numbers] == [100.0] * 12
    assert futures[0].usual_variance == 1.0 != futures[1].usual_variance
    share = KeyResult(id="s", title="Satisfied", baseline=0.5, target=0.8, unit="share")
    answers = [NumberSent(day=day, value=0.5, n=100) for day in days]
    prepared = foresee_said(share, answers, CYCLE, until=UNTIL).prepared
    assert isinstance(prepared, PreparedNumber) and prepared.goal.most == 1.0
    assert prepared.goal.numbers[0].variance == pytest.approx(0.0025, rel=0.01)


def test_numbers_of_something_else_are_forgotten() -> None:
    key_result = KeyResult(id="n", title="NPS", baseline=30, target=45, unit="points")
    said = [CheckIn(key_result="n", day=date.fromordinal(UNTIL.toordinal() - 7 * i), value=40) for i in range(12)]
    prepared = foresee_said(key_result, said, CYCLE, until=UNTIL, since=said[4].day).prepared
    assert prepared is not None and prepared.why_none == "too-few-weeks" and prepared.weeks == 5


def test_what_people_say_is_foreseen_from_what_they_said() -> None:
    key_result = KeyResult(id="n", title="NPS", baseline=30, target=45, unit="points")
    said = [CheckIn(key_result="n", day=date.fromordinal(UNTIL.toordinal() - 7 * i), value=40 - i) for i in range(12)]
    prepared = foresee_said(key_result, said, CYCLE, until=UNTIL).prepared
    assert prepared is not None and prepared.why_none is None
    near = foresee_said(key_result.model_copy(update={"target": 39.0}), said, CYCLE, until=UNTIL).prepared
    assert near is not None
    assert forecast_key_result(near).chances[0].raw > 0.5 > forecast_key_result(prepared).chances[0].raw
    assert foresee_said(key_result, [], CYCLE, until=UNTIL) == (None, None)
    steps = key_result.model_copy(update={"direction": "milestone"})
    assert foresee_said(steps, said, CYCLE, until=UNTIL) == (None, None)
