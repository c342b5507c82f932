"""Compare a bound number over some days with the same number over others: the difference, and whether it is real."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from otklik.actions.measure_goals import GoalRuler, measure_goal, number_of_days
from otklik.actions.take_percentile import take_percentile
from otklik.schemas.goal_changes import Change, Window
from otklik.schemas.goal_results import Z95, Ranged, Reading
from otklik.schemas.goals import Bound, DayCount

if TYPE_CHECKING:
    from otklik.goals.weeks import Days

DAYS: Final = 28
SHORTEST: Final = 7
"""Fewer days than a week hold too few weekdays to be compared."""


def compare_windows(
    ruler: GoalRuler, bound: Bound, before: "Days", after: "Days", target: float | None = None
) -> Change | None:
    """The number over two stretches of days; None where the log does not know both of them whole.

    `target` is the wait a percentile is aimed at. The interval of the difference is made of those of both numbers
    (Zou & Donner 2008), which know that the requests of one day share their luck.
    """
    reading = measure_goal(ruler, bound, target=target)
    return change_of(window_of(ruler, reading, before), window_of(ruler, reading, after))


def change_of(before: Window | None, after: Window | None) -> Change | None:
    """The change from one stretch of days to another; None where one of them is not known."""
    if before is None or after is None:
        return None
    return Change(before=before, after=after, difference=difference(before.number, after.number))


def window_of(ruler: GoalRuler, reading: Reading, days: "Days") -> Window | None:
    """The number over some days; None where some of them are not known whole, or nobody came."""
    bound, known = reading.basis.bound, reading.days[0].day if reading.days else None
    if known is None or known > days.first or days.last > reading.basis.whole_until:
        return None
    inside = [day for day in reading.days if day.day in days]
    number, n, _ = number_of_days(bound, inside)
    if bound.statistic == "quantile":
        number, n = take_percentile(ruler.by(bound).shelf, bound, ruler.zone, days.first, days.last)
    elif bound.statistic == "count":
        number = _count(inside, days)
    return Window(first=days.first, last=days.last, number=number, n=n) if number.value is not None else None


def difference(before: Ranged, after: Ranged) -> Ranged:
    """What came after less what was before, with an interval made of both; an open end leaves it open.

    >>> difference(Ranged(value=0.5, low=0.4, high=0.6), Ranged(value=0.8, low=0.72, high=0.9)).value
    0.3
    """
    if before.value is None or after.value is None:
        return Ranged()
    value = after.value - before.value
    low = high = None
    if after.low is not None and before.high is not None:
        low = value - math.hypot(after.value - after.low, before.high - before.value)
    if after.high is not None and before.low is not None:
        high = value + math.hypot(after.high - after.value, before.value - before.low)
    told = [None if one is None else round(one, 12) for one in (value, low, high)]
    return Ranged(value=told[0], low=told[1], high=told[2])


def around(begun: date, done: date, until: date, most: int = DAYS) -> "tuple[Days, Days] | None":
    """As many days before something began as after it was done, up to a day; None while those are too few."""
    from otklik.goals.weeks import Days

    length = min(most, (until - done).days)
    if length < SHORTEST:
        return None
    one = timedelta(days=1)
    return Days(begun - length * one, begun - one), Days(done + one, done + length * one)


def _count(rows: Sequence[DayCount], days: "Days") -> Ranged:
    """How many, in an interval as wide as its days differ."""
    by_day = {row.day: row.k for row in rows if row.day in days}
    each = np.array([by_day.get(days.first + timedelta(days=n), 0) for n in range(days.length)], dtype=np.float64)
    value, wide = float(each.sum()), Z95 * math.sqrt(days.length * float(each.var(ddof=1)))
    return Ranged(value=value, low=max(0.0, value - wide), high=value + wide, how="days")
