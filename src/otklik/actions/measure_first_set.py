"""Measure a key result as it was first set, where it is counted otherwise since: both grades need a number each."""

from otklik.actions.grade_cycle import at_start
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import EmptyLog, measure_goal
from otklik.actions.take_weeks import take_weeks
from otklik.base.errors import UserError
from otklik.schemas.goal_results import FirstSet
from otklik.schemas.goals import Bound, KeyResult


def measure_first_set(grading: Grading, first: KeyResult, now: KeyResult) -> FirstSet | None:
    """The number of the first version; None where it is counted as the one of now is, or where no log can tell it."""
    bound = first.source
    if not isinstance(bound, Bound) or counts_alike(first, now):
        return None
    try:
        return _measured(grading.by(bound), first, bound)
    except EmptyLog:
        raise
    except UserError:
        return None


def counts_alike(first: KeyResult, now: KeyResult) -> bool:
    """Whether the number of one is the number of the other: the same source and unit, over the same days."""
    if (first.source, first.unit) != (now.source, now.unit):
        return False
    return first.due == now.due or not isinstance(first.source, Bound)


def _measured(grading: Grading, first: KeyResult, bound: Bound) -> FirstSet:
    from otklik.goals.progress import counts_weeks
    from otklik.goals.weeks import cycle_weeks, window_so_far

    days = grading.days_of(first)
    on = min(grading.on, days.last)
    window = window_so_far(*days, bound.window_days, on)
    reading = measure_goal(grading.ruler, bound, first=window.first, last=window.last, target=first.target)
    weeks: tuple[float | None, ...] = ()
    if counts_weeks(first):
        until = min(reading.basis.whole_until, on)
        weeks = take_weeks(grading.ruler, bound, reading, cycle_weeks(*days), until)
    return FirstSet(bound=bound, number=reading.number, at_start=at_start(grading, bound, reading), weeks=weeks)
