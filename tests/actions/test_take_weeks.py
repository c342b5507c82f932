"""Weeks of a goal: shares, counts, levels, and percentiles that agree with the share of their days."""

from datetime import date

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.actions.take_weeks import take_weeks
from otklik.goals.day_counts import is_reached
from otklik.goals.weeks import cycle_weeks, totals
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
WEEKS = cycle_weeks(date(2026, 4, 6), date(2026, 7, 5))
P80 = Bound(measure="first_reply", statistic="quantile", quantile=0.8)


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


@pytest.mark.parametrize("clock", ["elapsed", "business"])
@pytest.mark.parametrize("target", [1800.0, 14_400.0, 30_000.0])
def test_a_week_keeps_a_percentile_exactly_when_enough_of_its_requests_do(
    ruler: GoalRuler, clock: str, target: float
) -> None:
    bound = P80.model_copy(update={"clock": clock})
    reading = measure_goal(ruler, bound, target=target)
    told = take_weeks(ruler, bound, reading, WEEKS, reading.basis.whole_until)
    assert len(told) == 12, "the thirteenth is not over"
    for week, value in zip(WEEKS, told, strict=False):
        n, k = totals(reading.days, week)
        assert value is not None and (value <= target) == is_reached(n, k, 0.8)


def test_shares_and_counts_are_those_of_their_days(ruler: GoalRuler) -> None:
    share = Bound(measure="reopens", which=Slice(cohort="resolved"))
    count = share.model_copy(update={"statistic": "count"})
    for bound, wanted in ((share, lambda n, k: k / n), (count, lambda _, k: float(k))):
        reading = measure_goal(ruler, bound)
        told = take_weeks(ruler, bound, reading, WEEKS, date(2026, 5, 3))
        assert list(told) == [wanted(*totals(reading.days, week)) for week in WEEKS[:4]]


def test_a_backlog_is_what_the_week_ends_with(ruler: GoalRuler) -> None:
    bound = Bound(measure="resolution", statistic="count", which=Slice(cohort="open"))
    reading = measure_goal(ruler, bound)
    told = take_weeks(ruler, bound, reading, WEEKS, date(2026, 4, 19))
    by_day = {day.day: day.n for day in reading.days}
    assert told == (by_day[date(2026, 4, 12)], by_day[date(2026, 4, 19)])


def test_a_percentile_of_counts_needs_no_time(ruler: GoalRuler) -> None:
    bound = Bound(measure="replies", statistic="quantile", quantile=0.5, which=Slice(cohort="resolved"))
    reading = measure_goal(ruler, bound)
    assert set(take_weeks(ruler, bound, reading, WEEKS, date(2026, 4, 19))) <= {2.0, 3.0, 4.0}


def test_a_week_of_nobody_is_not_known_but_nothing_is_counted_in_it(ruler: GoalRuler) -> None:
    nobody = Slice(team=("Nobody",))
    for bound, wanted in (
        (P80.model_copy(update={"which": nobody}), None),
        (Bound(measure="first_reply", within_s=60, which=nobody), None),
        (Bound(measure="first_reply", statistic="count", which=nobody), 0.0),
    ):
        reading = measure_goal(ruler, bound, target=60.0)
        assert take_weeks(ruler, bound, reading, WEEKS, date(2026, 4, 19)) == (wanted, wanted)
    assert take_weeks(ruler, P80, measure_goal(ruler, P80, target=60.0), WEEKS, date(2026, 4, 6)) == ()
