"""The weeks of a cycle and the days a number is taken over."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from otklik.schemas.goals import DayCount
from otklik.schemas.grades import WeekCount

SHORTEST_WEEK: Final = 4
"""A last week shorter than this is part of the one before: one day is no week."""


class Days(NamedTuple):
    """From the first to the last day, both inside."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Is the day inside."""
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def length(self) -> int:
        """How many days; 0 where it ends before it begins."""
        return max(0, (self.last - self.first).days + 1)


def cycle_weeks(start: date, end: date) -> list[Days]:
    """The weeks of a cycle, from its first day; the rest of a cycle goes to the last week if it is short.

    >>> [week.length for week in cycle_weeks(date(2027, 1, 1), date(2027, 1, 15))]
    [7, 8]
    """
    starts = [start + timedelta(days=7 * i) for i in range(max(1, -(-((end - start).days + 1) // 7)))]
    if len(starts) > 1 and (end - starts[-1]).days + 1 < SHORTEST_WEEK:
        starts.pop()
    ends = [day - timedelta(days=1) for day in starts[1:]]
    return [Days(first, last) for first, last in zip(starts, [*ends, end], strict=True)]


def weeks_before(start: date, earliest: date) -> list[Days]:
    """Whole weeks before the cycle, the oldest first; one that begins before the earliest day is left out."""
    whole = max(0, (start - earliest).days // 7)
    firsts = [start - timedelta(days=7 * i) for i in range(whole, 0, -1)]
    return [Days(first, first + timedelta(days=6)) for first in firsts]


def weekly_table(rows: Sequence[DayCount], start: date, end: date, *, until: date | None = None) -> list[WeekCount]:
    """Requests and hits by week, from the first whole week before the cycle to the week of the last day known.

    `until` is the last day to look at; by default the last day with requests. Weeks without requests stay in.
    """
    if not rows:
        return []
    last = min(end, until or max(row.day for row in rows))
    before = weeks_before(start, min(row.day for row in rows))
    inside = [week for week in cycle_weeks(start, end) if week.first <= last]
    shown = [Days(week.first, min(week.last, last)) if week.first >= start else week for week in (*before, *inside)]
    counts = [[0, 0] for _ in shown]
    for row in rows:
        at = min((row.day - start).days // 7 + len(before), len(shown) - 1)
        if at >= 0 and row.day in shown[at]:
            counts[at][0] += row.n
            counts[at][1] += row.k
    return [
        WeekCount(number=number, first=week.first, last=week.last, n=n, k=k)
        for number, (week, (n, k)) in enumerate(zip(shown, counts, strict=True), start=1 - len(before))
    ]


def totals(rows: Sequence[DayCount], days: Days | None = None) -> tuple[int, int]:
    """Requests and hits of some days, or of all."""
    inside = [row for row in rows if days is None or row.day in days]
    return sum(row.n for row in inside), sum(row.k for row in inside)


def final_window(start: date, end: date, window_days: int | None) -> Days:
    """The days by which a cycle is graded at its end: the last so many, or the whole cycle."""
    return Days(start if window_days is None else end - timedelta(days=window_days - 1), end)


def window_so_far(start: date, end: date, window_days: int | None, on: date) -> Days:
    """The same days as they can be seen on a day: the last so many up to it, or the cycle so far.

    The last days of a window reach back before the cycle in its first weeks: that is where it comes from.
    """
    last = min(end, on)
    return Days(start if window_days is None else last - timedelta(days=window_days - 1), last)


def rest_of(days: Days, as_of: date) -> Days:
    """The days of these that come after a day; none where it ends before it begins."""
    return Days(max(days.first, as_of + timedelta(days=1)), days.last)


def turned(rows: Sequence[DayCount]) -> list[DayCount]:
    """The same requests with the misses as hits: where a smaller share is better."""
    return [row.model_copy(update={"k": row.n - row.k}) for row in rows]
