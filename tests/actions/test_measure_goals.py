"""The number of a goal, its window, and how it came about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import EmptyLog, GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import refresh_facts
from otklik.goals.day_counts import hits_needed
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS
from otklik.schemas.goal_results import Reading
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.log import ImportCount, ServiceLog
from otklik.store import ServiceStore

Kept = tuple[Shelf, ServiceLog, Yardstick]
ZONE = "Europe/Moscow"
SHARE = Bound(measure="first_reply", within_s=3600)
P90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], ZONE, "Our hours")


def test_the_number_is_over_the_last_days_and_the_table_over_all(ruler: GoalRuler) -> None:
    told = measure_goal(ruler, SHARE)
    assert (told.basis.first, told.basis.last) == (date(2026, 6, 3), date(2026, 6, 30))
    inside = [day for day in told.days if day.day >= told.basis.first]
    assert (told.n, told.k) == (sum(day.n for day in inside), sum(day.k for day in inside))
    assert told.number.value == told.k / told.n
    assert told.number.low is not None and told.number.high is not None
    assert told.number.low < told.number.value < told.number.high
    assert told.days[0].day == date(2025, 7, 1)


def test_a_number_says_how_it_came_about(ruler: GoalRuler) -> None:
    basis = measure_goal(ruler, SHARE.model_copy(update={"clock": "business"})).basis
    assert (basis.calendar, basis.zone, basis.as_of) == ("Our hours", ZONE, ruler.as_of)
    assert basis.ripe_until is not None and basis.ripe_until < ruler.as_of - timedelta(minutes=59)
    assert basis.log == ruler.shelf.state and basis.step == ruler.shelf.snapshot.step
    assert measure_goal(ruler, SHARE).basis.calendar is None, "elapsed time asks for no calendar"
    counted = Bound(measure="reopens", which=Slice(cohort="resolved"))
    assert measure_goal(ruler, counted).basis.ripe_until is None


def test_without_a_window_it_is_everything_from_the_first_day(ruler: GoalRuler) -> None:
    told = measure_goal(ruler, SHARE.model_copy(update={"window_days": None}))
    assert told.basis.first == told.days[0].day
    assert told.n == sum(day.n for day in told.days)


def test_a_percentile_within_a_time_is_a_share_of_the_same_days(ruler: GoalRuler) -> None:
    """p90 <= T exactly when nine in ten made it within T: around the p90 itself the verdict turns."""
    first, last = date(2026, 3, 2), date(2026, 3, 29)
    p90 = measure_goal(ruler, P90, first=first, last=last, target=3600.0)
    assert p90.number.value is not None
    for target, met in ((p90.number.value - 1, False), (p90.number.value, True)):
        held = measure_goal(ruler, P90, first=first, last=last + timedelta(days=60), target=target)
        inside = [day for day in held.days if first <= day.day <= last]
        n, k = sum(day.n for day in inside), sum(day.k for day in inside)
        assert n == p90.n, "everybody who came then is old enough by now"
        assert (k >= hits_needed(n, 0.9)) == met


def test_other_times_come_with_the_same_question(ruler: GoalRuler) -> None:
    told = measure_goal(ruler, P90, target=7200.0, also=[3600.0, 14_400.0, 7200.0])
    assert sorted(told.at) == [3600.0, 14_400.0]
    assert sum(day.k for day in told.at[3600.0]) < sum(day.k for day in told.days)
    without = measure_goal(ruler, P90, also=[3600.0])
    assert without.days == () and without.at[3600.0] == told.at[3600.0]


def test_as_of_a_day_in_the_past_nothing_later_counts(ruler: GoalRuler) -> None:
    told = measure_goal(ruler, SHARE, last=date(2026, 2, 15))
    assert told.basis.as_of == datetime(2026, 2, 15, 20, 59, 59, 999_999, tzinfo=UTC)
    assert told.days[-1].day == date(2026, 2, 15)
    assert told.basis.first == date(2026, 1, 19)


def test_counts_are_sums_and_a_backlog_is_its_last_day(ruler: GoalRuler) -> None:
    reopened = measure_goal(ruler, Bound(measure="reopens", statistic="count", which=Slice(cohort="resolved")))
    assert reopened.number.value == reopened.k < reopened.n
    backlog = measure_goal(ruler, Bound(measure="resolution", statistic="count", which=Slice(cohort="open")))
    assert backlog.number.value == backlog.days[-1].n == backlog.n
    young = measure_goal(ruler, Bound(measure="resolution", within_s=86_400.0, which=Slice(cohort="open")))
    assert young.number.value == young.days[-1].k / young.days[-1].n


def test_days_of_an_empty_slice_say_nothing(ruler: GoalRuler) -> None:
    told = measure_goal(ruler, SHARE.model_copy(update={"which": Slice(team=("Nobody",))}))
    assert (told.n, told.days, told.number.value) == (0, (), None)


def test_a_reading_survives_its_own_writing(ruler: GoalRuler) -> None:
    told = measure_goal(ruler, P90, target=7200.0, also=[3600.0])
    assert Reading.model_validate_json(told.model_dump_json()) == told


def test_an_empty_log_says_so(tmp_path: Path, kept: Kept) -> None:
    store = ServiceStore(tmp_path / "log")
    tables = [schema.empty_table() for schema in (EVENTS, REQUESTS, QUARANTINE)]
    store.import_log(ServiceLog(tables[0], tables[1], (), tables[2], ImportCount()))
    refresh_facts(store, Yardstick())
    with pytest.raises(EmptyLog):
        measure_goal(GoalRuler(Shelf.of(tmp_path / "log", Yardstick())), SHARE)
    assert replace(GoalRuler(kept[0]), zone=ZONE).as_of == kept[0].as_of
