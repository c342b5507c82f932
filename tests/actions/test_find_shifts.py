"""From which week on a number is another, and how that week lies to what was done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.actions import find_shifts as room
from otklik.actions.cut_log import Shelf
from otklik.actions.find_shifts import AROUND, FEWEST, find_shifts, relate
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goal_changes import Shift, Shifts
from otklik.schemas.goals import Bound
from otklik.schemas.log import ServiceLog

SHARE = Bound(measure="first_reply", within_s=3600)
MEDIAN = Bound(measure="first_reply", statistic="quantile", quantile=0.5)
COUNT = Bound(measure="first_reply", statistic="count")
BEGUN, DONE = date(2026, 4, 8), date(2026, 4, 22)
"""Two Wednesdays."""


def shifts(*weeks: date, before: int = AROUND, after: int = AROUND) -> Shifts:
    return Shifts(
        weeks_before=before, weeks_after=after, shifts=tuple(Shift(week=one, before=0.7, after=0.8) for one in weeks)
    )


@pytest.mark.parametrize(
    ("week", "kind", "days"),
    [
        (date(2026, 3, 30), "before", 0),
        (date(2026, 4, 6), "during", -16),
        (date(2026, 4, 13), "during", -9),
        (date(2026, 4, 20), "during", -2),
        (date(2026, 4, 27), "after", 5),
        (date(2026, 6, 1), "after", 40),
    ],
)
def test_a_change_point_lies_before_during_or_after(week: date, kind: str, days: int) -> None:
    """The week in which it began may have changed by it; the week that ended before it began cannot."""
    first = relate(shifts(week), BEGUN, DONE)[0]
    assert first.kind == kind and first.shift is not None and first.shift.week == week
    assert first.days == days


def test_one_that_lies_before_leaves_the_weeks_after_without_any() -> None:
    assert [one.kind for one in relate(shifts(date(2026, 3, 30)), BEGUN, DONE)] == ["before", "none"]


def test_none_and_one_that_comes_after_six_weeks_are_none() -> None:
    assert [one.kind for one in relate(shifts(), BEGUN, DONE)] == ["none"]
    assert [one.kind for one in relate(shifts(date(2026, 6, 8)), BEGUN, DONE)] == ["none"]


def test_of_several_before_only_the_last_is_told_and_all_of_those_after() -> None:
    found = relate(
        shifts(*(date(2026, month, 2) for month in (2, 3)), date(2026, 4, 13), date(2026, 5, 11)), BEGUN, DONE
    )
    assert [(one.kind, one.shift and one.shift.week.month) for one in found] == [
        ("before", 3), ("during", 4), ("after", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [(FEWEST - 1, AROUND), (AROUND, FEWEST - 1)])
def test_of_fewer_than_eight_weeks_on_either_side_nothing_is_told(before: int, after: int) -> None:
    found = relate(shifts(date(2026, 4, 27), before=before, after=after), BEGUN, DONE)
    assert [one.kind for one in found] == ["too-short"]


@given(
    st.lists(st.integers(-13, 13), unique=True).map(sorted),
    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    st.integers(0, 60),
)
def test_every_change_point_is_told_once_at_most_in_order(weeks: list[int], begun: date, length: int) -> None:
    monday = begun - timedelta(days=begun.weekday())
    given_ = [monday + timedelta(days=7 * week) for week in weeks]
    told = [one for one in relate(shifts(*given_), begun, begun + timedelta(days=length)) if one.shift]
    found = [one.shift.week for one in told if one.shift]
    assert found == sorted(set(found)) and set(found) <= set(given_)
    assert all((one.kind == "before") == (one.shift.week + timedelta(days=6) < begun) for one in told if one.shift)


@pytest.fixture
def ruler(kept: tuple[Shelf, ServiceLog, Yardstick]) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


@pytest.mark.parametrize(("bound", "target"), [(SHARE, None), (MEDIAN, 3600.0), (COUNT, None)])
def test_thirteen_weeks_on_either_side_are_looked_at(ruler: GoalRuler, bound: Bound, target: float | None) -> None:
    until = measure_goal(ruler, bound, target=target).basis.whole_until
    done = until - timedelta(days=140)
    found = find_shifts(ruler, bound, done - timedelta(days=7), done, until, target)
    assert found is not None
    assert found.weeks_before in (AROUND - 1, AROUND) and found.weeks_after in (AROUND, AROUND + 1)


def test_a_week_is_what_the_goal_counts_in_it(ruler: GoalRuler, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def noted(weeks: list[date], values: list[float], _: Bound) -> tuple[Shift, ...]:
        seen.extend(values)
        return (Shift(week=weeks[0], before=0, after=1),)

    monkeypatch.setattr(room, "_shifts", noted)
    reading = measure_goal(ruler, SHARE)
    done = reading.basis.whole_until - timedelta(days=140)
    found = find_shifts(ruler, SHARE, done, done, reading.basis.whole_until)
    assert found is not None and found.shifts[0].week.weekday() == 0
    first = found.shifts[0].week
    days = [one for one in reading.days if first <= one.day < first + timedelta(days=7)]
    assert seen[0] == pytest.approx(sum(one.k for one in days) / sum(one.n for one in days))


def test_a_step_in_the_series_is_found_where_it_lies(ruler: GoalRuler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirteen weeks at seven of ten, then eight of ten, with a little noise."""

    def series(_r: GoalRuler, _b: Bound, _reading: object, weeks: list[object], _until: date) -> tuple[float, ...]:
        return tuple((0.7 if n < AROUND else 0.8) + (0.004, -0.003, 0.001)[n % 3] for n in range(len(weeks)))

    monkeypatch.setattr(room, "take_weeks", series)
    until = measure_goal(ruler, SHARE).basis.whole_until
    begun = until - timedelta(days=140)
    found = find_shifts(ruler, SHARE, begun, begun, until)
    assert found is not None and len(found.shifts) == 1
    assert found.shifts[0].week == begun - timedelta(days=begun.weekday())
    assert (found.shifts[0].before, found.shifts[0].after) == (
        pytest.approx(0.7, abs=0.01),
        pytest.approx(0.8, abs=0.01),
    )
    assert [one.kind for one in relate(found, begun, begun)] == ["during"]


def test_a_percentile_that_nobody_knows_yet_makes_no_series(ruler: GoalRuler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "take_weeks", lambda *_: (1.0, float("inf")))
    until = measure_goal(ruler, MEDIAN, target=3600.0).basis.whole_until
    assert find_shifts(ruler, MEDIAN, until - timedelta(days=140), until - timedelta(days=140), until, 3600.0) is None


def test_the_weeks_before_the_record_are_not_there(ruler: GoalRuler) -> None:
    first = measure_goal(ruler, SHARE).days[0].day
    begun = first + timedelta(days=30)
    found = find_shifts(ruler, SHARE, begun, begun, first + timedelta(days=200))
    assert found is not None and found.weeks_before in (3, 4)
    assert relate(found, begun, begun)[0].kind == "too-short"
