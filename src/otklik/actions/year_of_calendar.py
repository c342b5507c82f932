"""A calendar through a year, day by day, for people to look at."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from otklik.schemas.calendar_views import CalendarDay, CalendarMonth, CalendarYear, DayKind
from otklik.schemas.calendars import Calendar, CalendarBook, Slot

if TYPE_CHECKING:
    from otklik.clock.spans import Spans

_DAY = timedelta(days=1)
_DAY_S = 86_400


def year_of_calendar(book: CalendarBook, calendar: str, year: int) -> CalendarYear:
    """Every day of a year by the version in force on it; days nobody knows are marked, never guessed."""
    days = days_of_calendar(book.versions[calendar], date(year, 1, 1), date(year, 12, 31))
    months = [
        CalendarMonth(date(year, number, 1), tuple(found)) for number, found in groupby(days, lambda one: one.day.month)
    ]
    return CalendarYear(calendar, year, tuple(months))


def days_of_calendar(versions: Sequence[Calendar], first: date, last: date) -> Iterator[CalendarDay]:
    """The dates of a range, both ends included."""
    open_s = _open_seconds(versions, first, last)
    for day in _dates(first, last):
        version = version_on(versions, day)
        known = version is not None and _is_known(versions[version], day)
        if version is None or not known:
            yield CalendarDay(day, "unknown", version=version)
        else:
            yield _shown(versions[version], day, version, open_s.get(day))


def version_on(versions: Sequence[Calendar], day: date) -> int | None:
    """Which version holds on a date; None = it is before the first one."""
    begun = [n for n, version in enumerate(versions) if version.valid_from is None or version.valid_from <= day]
    return begun[-1] if begun else None


def _shown(calendar: Calendar, day: date, version: int, open_s: int | None) -> CalendarDay:
    from otklik.clock.days import day_slots

    slots, usual = day_slots(calendar, day), calendar.weekly.get(day.weekday(), ())
    breaks = calendar.breaks.get(day, ())
    kind = _kind(slots, usual, breaks, day in calendar.holidays)
    return CalendarDay(day, kind, slots, usual, breaks, open_s, version)


def _kind(slots: tuple[Slot, ...], usual: tuple[Slot, ...], breaks: tuple[Slot, ...], is_holiday: bool) -> DayKind:
    if not slots:
        return "holiday" if usual or is_holiday else "closed"
    if not usual:
        return "moved"
    if breaks or _length(slots) < _length(usual):
        return "shorter"
    return "usual" if slots == usual else "longer"


def _length(slots: tuple[Slot, ...]) -> int:
    return sum((end - start) % _DAY_S or _DAY_S for start, end in slots)


def _is_known(calendar: Calendar, day: date) -> bool:
    return calendar.known_years is None or calendar.known_years[0] <= day.year <= calendar.known_years[1]


def _open_seconds(versions: Sequence[Calendar], first: date, last: date) -> dict[date, int]:
    """Open time from local midnight to midnight, for days on which some version holds."""
    import numpy as np

    from otklik.base.units import US, to_us
    from otklik.clock.zones import local_to_utc

    def midnight_us(day: date, zone: str) -> int:
        return to_us(local_to_utc(datetime(day.year, day.month, day.day), zone))  # noqa: DTZ001 (a wall clock)

    days = [day for day in _dates(first, last) if version_on(versions, day) is not None]
    zones = [versions[version_on(versions, day) or 0].time_zone for day in days]
    edges = [(midnight_us(day, zone), midnight_us(day + _DAY, zone)) for day, zone in zip(days, zones, strict=True)]
    spans = _spans(versions, first - 2 * _DAY, last + 2 * _DAY)
    before = np.concatenate([[0], np.cumsum(spans.closes - spans.opens)])

    def position(us: int) -> int:
        k = int(np.searchsorted(spans.opens, us, side="right")) - 1
        return 0 if k < 0 else int(before[k] + min(us, spans.closes[k]) - spans.opens[k])

    return {day: (position(end) - position(start)) // US for day, (start, end) in zip(days, edges, strict=True)}


def _spans(versions: Sequence[Calendar], first: date, last: date) -> "Spans":
    """What is open by each version on the dates on which it holds."""
    from otklik.clock.days import slots_and_cuts
    from otklik.clock.spans import Spans, open_spans

    slots, cuts = [], []
    for n, version in enumerate(versions):
        begins = max(first, version.valid_from) if version.valid_from else first
        follows = versions[n + 1].valid_from if n + 1 < len(versions) else None
        begun, cut = slots_and_cuts(version, begins, min(last, follows - _DAY) if follows else last)
        slots.append(begun)
        cuts.append(cut)
    return open_spans(Spans.joined(slots), Spans.joined(cuts))


def _dates(first: date, last: date) -> list[date]:
    return [first + n * _DAY for n in range((last - first).days + 1)]
