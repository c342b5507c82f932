"""Find the weeks from which on a bound number is another, and say how they lie to something that was done."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.take_weeks import take_weeks
from otklik.schemas.goal_changes import Relation, Shift, Shifts
from otklik.schemas.goals import Bound

AROUND: Final = 13
"""So many weeks before and after are looked at."""
FEWEST: Final = 8
"""Of fewer weeks before or after nothing is said."""
SOON: Final = 42
"""A change later than so many days after something was done is not told beside it."""
SMALLEST_SHARE: Final = 0.03
"""A share that moves by less is taken for the same; of other numbers it is a tenth."""
_WEEK: Final = timedelta(days=7)


def find_shifts(
    ruler: GoalRuler, bound: Bound, begun: date, done: date, until: date, target: float | None = None
) -> Shifts | None:
    """The change points in the weeks around [begun, done], weeks from Monday on that are over by `until`.

    `target` is the wait a percentile is aimed at. None where the percentile of some week was not reached: too many of
    its requests were never served, and the week has no level.
    """
    from otklik.goals.weeks import Days

    reading = measure_goal(ruler, bound, target=target)
    known = reading.days[0].day if reading.days else until
    monday = begun - timedelta(days=begun.weekday())
    last = min(until, done + (AROUND + 1) * _WEEK)
    firsts = [monday + n * _WEEK for n in range(-AROUND, (last - monday).days // 7 + 1)]
    weeks = [Days(day, day + timedelta(days=6)) for day in firsts if day >= known]
    values = take_weeks(ruler.by(bound), bound, reading, weeks, last)
    told = [(week, value) for week, value in zip(weeks, values, strict=False) if value is not None]
    if any(math.isinf(value) for _, value in told):
        return None
    return Shifts(
        weeks_before=sum(week.last < begun for week, _ in told), weeks_after=sum(week.first > done for week, _ in told),
        shifts=_shifts([week.first for week, _ in told], [value for _, value in told], bound),
    )  # fmt: skip


def relate(found: Shifts, begun: date, done: date) -> tuple[Relation, ...]:
    """How the change points lie to what was begun and done: the last one before it, then those until soon after it.

    That it lies there says nothing of causes. A week counts as before when it is over before the first day.
    """
    if min(found.weeks_before, found.weeks_after) < FEWEST:
        return (Relation(kind="too-short"),)
    before = [one for one in found.shifts if one.week + timedelta(days=6) < begun]
    since = [one for one in found.shifts[len(before) :] if (one.week - done).days <= SOON]
    told = [Relation(kind="before", shift=before[-1])] if before else []
    for one in since:
        days = (one.week - done).days
        told.append(Relation(kind="after" if days > 0 else "during", shift=one, days=days))
    return tuple(told if since else [*told, Relation(kind="none")])


def _shifts(weeks: Sequence[date], values: Sequence[float], bound: Bound) -> tuple[Shift, ...]:
    from otklik.stats import ChangeRule, change_points

    if bound.statistic == "share":
        changes = change_points(values, ChangeRule(floor=SMALLEST_SHARE))
        return tuple(Shift(week=weeks[one.at], before=one.before, after=one.after) for one in changes)
    changes = change_points([math.log1p(value) for value in values])
    return tuple(
        Shift(week=weeks[one.at], before=math.expm1(one.before), after=math.expm1(one.after)) for one in changes
    )
