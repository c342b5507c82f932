"""Grade a key result on the cycles before it: was it ever reached, and how far does a cycle move the number."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from otklik.actions.grade_cycle import BASELINE_DAYS, at_start, grade_number
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import measure_goal, number_of_days
from otklik.actions.take_percentile import take_percentile
from otklik.actions.take_weeks import take_weeks
from otklik.schemas.goal_results import Backtest, PastCycle, Ranged, Reading
from otklik.schemas.goals import Bound, KeyResult

if TYPE_CHECKING:
    from otklik.goals.weeks import Days

CYCLES: Final = 4
"""A year of quarters."""


def backtest_goal(grading: Grading, key_result: KeyResult, *, cycles: int = CYCLES) -> Backtest | None:
    """Grade a bound key result on as many cycles of equal length before it as the log knows; None of any other.

    Everything is told with what is known today, so the last requests of a past cycle are in it whole. A baseline that
    nobody typed is that of the cycle to come.
    """
    bound = key_result.source
    if not isinstance(bound, Bound):
        return None
    grading = grading.by(bound)
    reading = measure_goal(grading.ruler, bound, target=key_result.target)
    if key_result.baseline is None:
        key_result = key_result.model_copy(update={"baseline": at_start(grading, bound, reading).value})
    past = tuple(_past(grading, key_result, reading, days) for days in _cycles_before(grading, reading, cycles))
    return Backtest(key_result=key_result, past=past, moved=_moved(key_result, past), wanted=_step(key_result))


def _cycles_before(grading: Grading, reading: Reading, cycles: int) -> "Iterator[Days]":
    """The newest first; each begins after the log does and ends before the cycle, and before the log does."""
    from otklik.goals.weeks import Days

    if not reading.days:
        return
    length = timedelta(days=grading.days.length)
    end = min(grading.cycle.start - timedelta(days=1), reading.basis.whole_until)
    for _ in range(cycles):
        first = end - length + timedelta(days=1)
        if first < reading.days[0].day:
            return
        yield Days(first, end)
        end = first - timedelta(days=1)


def _past(grading: Grading, key_result: KeyResult, reading: Reading, days: "Days") -> PastCycle:
    from otklik.goals.progress import counts_weeks, keeps
    from otklik.goals.weeks import Days, cycle_weeks, final_window

    bound = reading.basis.bound
    length = bound.window_days or BASELINE_DAYS
    before = Days(days.first - timedelta(days=length), days.first - timedelta(days=1))
    number = _number(grading, bound, reading, final_window(*days, bound.window_days))
    weeks: tuple[float | None, ...] = ()
    if counts_weeks(key_result):
        weeks = take_weeks(grading.ruler, bound, reading, cycle_weeks(*days), days.last)
    grade = grade_number(grading, key_result, number, weeks)
    reached = None if number.value is None else keeps(key_result, number.value)
    if counts_weeks(key_result):
        reached = None if grade.value is None else grade.value >= grading.profile.target_grade
    known = before.first >= reading.days[0].day
    return PastCycle(
        first=days.first,
        last=days.last,
        at_start=_number(grading, bound, reading, before) if known else Ranged(),
        number=number,
        grade=grade,
        reached=reached,
    )


def _number(grading: Grading, bound: Bound, reading: Reading, days: "Days") -> Ranged:
    if bound.statistic == "quantile":
        return take_percentile(grading.ruler.shelf, bound, grading.ruler.zone, days.first, days.last)[0]
    return number_of_days(bound, [day for day in reading.days if day.day in days])[0]


def _step(key_result: KeyResult) -> float | None:
    if key_result.target is None or key_result.baseline is None:
        return None
    return abs(key_result.target - key_result.baseline)


def _moved(key_result: KeyResult, past: tuple[PastCycle, ...]) -> float | None:
    from otklik.goals.progress import is_lower_better

    side = -1.0 if is_lower_better(key_result) else 1.0
    pairs = [(one.at_start.value, one.number.value) for one in past]
    return max((side * (b - a) for a, b in pairs if a is not None and b is not None), default=None)
