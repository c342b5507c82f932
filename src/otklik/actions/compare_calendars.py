"""What other calendars would change: the open hours of each month, the days that differ, who works by which."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from otklik.actions.year_of_calendar import days_of_calendar
from otklik.schemas.calendar_views import BookChange, CalendarChange, CalendarDay, DayChange, MonthHours
from otklik.schemas.calendars import Calendar, CalendarBook

MOST_DAYS = 400
"""More days than this are counted, not listed."""


def compare_calendars(before: CalendarBook, after: CalendarBook, first: date, last: date) -> BookChange:
    """Compare two books over the dates [first, last]; a book without calendars is no working hours at all."""
    names = list(dict.fromkeys([*before.versions, *after.versions]))
    return BookChange(
        first=first,
        last=last,
        calendars=tuple(
            _change(name, before.versions.get(name, ()), after.versions.get(name, ()), first, last) for name in names
        ),
        default=(before.default, after.default),
        teams=_teams(before, after),
    )


def _change(
    name: str, before: Sequence[Calendar], after: Sequence[Calendar], first: date, last: date
) -> CalendarChange:
    old, new = (_days(versions, first, last) for versions in (before, after))
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if _hours(one) != _hours(other)]
    newest = (after or before)[-1]
    return CalendarChange(
        calendar=name,
        name=newest.name or name,
        is_new=not before,
        is_gone=not after,
        time_zone=((before or after)[-1].time_zone, newest.time_zone),
        months=_months(old, new),
        days=tuple(DayChange(*pair) for pair in pairs[:MOST_DAYS]) if before and after else (),
        n_days=len(pairs) if before and after else 0,
    )


def _days(versions: Sequence[Calendar], first: date, last: date) -> list[CalendarDay | None]:
    if not versions:
        return [None] * ((last - first).days + 1)
    return list(days_of_calendar(versions, first, last))


def _hours(day: CalendarDay | None) -> object:
    """What of a day can be measured."""
    return None if day is None or day.kind == "unknown" else (day.slots, day.breaks, day.open_s)


def _months(old: Sequence[CalendarDay | None], new: Sequence[CalendarDay | None]) -> tuple[MonthHours, ...]:
    def month(pair: tuple[CalendarDay | None, CalendarDay | None]) -> date:
        found = pair[0] or pair[1]
        assert found is not None
        return found.day.replace(day=1)

    found = []
    for first, pairs in groupby(zip(old, new, strict=True), month):
        sides = list(zip(*pairs, strict=True))
        found.append(MonthHours(first, _open_s(sides[0]), _open_s(sides[1])))
    return tuple(found)


def _open_s(days: Sequence[CalendarDay | None]) -> int | None:
    known = [day.open_s for day in days if day is not None and day.open_s is not None]
    return sum(known) if len(known) == len(days) else None


def _teams(before: CalendarBook, after: CalendarBook) -> tuple[tuple[str, str | None, str | None], ...]:
    """Teams whose calendar differs; a team that is not named works by the default."""
    names = sorted({*before.team_calendars, *after.team_calendars})
    pairs = [(team, before.team_calendars.get(team), after.team_calendars.get(team)) for team in names]
    return tuple(pair for pair in pairs if pair[1] != pair[2])
