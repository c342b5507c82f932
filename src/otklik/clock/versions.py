"""The versions of a calendar as one line of open time: each day by the version in force on it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from otklik.base.units import from_us, to_us
from otklik.clock.days import slots_and_cuts
from otklik.clock.errors import CalendarStartsLater, OutOfRange, YearsUnknown
from otklik.clock.spans import Spans, open_spans
from otklik.clock.zones import zone
from otklik.schemas.calendars import Calendar

_MARGIN = timedelta(days=2)
FIRST_US = to_us(datetime(1900, 1, 1, tzinfo=UTC))
LAST_US = to_us(datetime(2200, 1, 1, tzinfo=UTC))
"""Outside these years nobody knows the law of any zone, and a log that says so is wrong."""


def spans_of(versions: Sequence[Calendar], start_us: int, end_us: int) -> Spans:
    """Return the open time between two instants, sorted and apart, cut at both ends.

    A slot belongs to the version in force on the local date on which it begins. Raises YearsUnknown or
    CalendarStartsLater where a day in the range is not known, OutOfRange before 1900 and after 2200.
    """
    for at in (start_us, end_us):
        if not FIRST_US <= at <= LAST_US:
            raise OutOfRange(at=readable(at), start=readable(FIRST_US), end=readable(LAST_US))
    _check_known(versions, start_us, end_us)
    slots, cuts = [], []
    for n, version in enumerate(versions):
        first, last = _dates_in_force(versions, n, start_us, end_us)
        begun, cut = slots_and_cuts(version, first, last)
        slots.append(begun)
        cuts.append(cut)
    spans = open_spans(Spans.joined(slots), Spans.joined(cuts))
    opens, closes = np.maximum(spans.opens, start_us), np.minimum(spans.closes, end_us)
    inside = closes > opens
    return Spans(opens[inside], closes[inside])


def _check_known(versions: Sequence[Calendar], start_us: int, end_us: int) -> None:
    """Raise unless every local day of the range lies in the years and versions that the calendar knows."""
    start, first_version = from_us(start_us), versions[0]
    day = start.astimezone(zone(first_version.time_zone)).date()
    if first_version.valid_from and day < first_version.valid_from:
        raise CalendarStartsLater(
            calendar=first_version.id, valid_from=first_version.valid_from.isoformat(), day=day.isoformat()
        )
    for n, version in enumerate(versions):
        first, last = _dates_in_force(versions, n, start_us, end_us, margin=timedelta())
        _check_years(version, first, last)


def known_range_us(versions: Sequence[Calendar]) -> tuple[int, int]:
    """Return the instants between which every day is known."""
    low, high = FIRST_US, LAST_US
    first = versions[0]
    if first.valid_from:
        low = max(low, _midnight_us(first.valid_from, first.time_zone))
    if first.known_years:
        low = max(low, _midnight_us(date(first.known_years[0], 1, 1), first.time_zone))
    last = versions[-1]
    if last.known_years:
        high = min(high, _midnight_us(date(last.known_years[1] + 1, 1, 1), last.time_zone) - 1)
    return low, high


def _dates_in_force(
    versions: Sequence[Calendar], n: int, start_us: int, end_us: int, margin: timedelta = _MARGIN
) -> tuple[date, date]:
    """First and last local date, inside the range with a margin, on which version `n` is in force."""
    here = zone(versions[n].time_zone)
    first = from_us(start_us).astimezone(here).date() - margin
    last = from_us(end_us).astimezone(here).date() + margin
    begins = versions[n].valid_from
    follows = versions[n + 1].valid_from if n + 1 < len(versions) else None
    return max(first, begins or first), min(last, follows - timedelta(days=1) if follows else last)


def _check_years(version: Calendar, first: date, last: date) -> None:
    if version.known_years is None or last < first:
        return
    low, high = version.known_years
    if first.year < low or last.year > high:
        year = first.year if first.year < low else last.year
        raise YearsUnknown(calendar=version.id, first=low, last=high, year=year)


def _midnight_us(day: date, zone_name: str) -> int:
    return to_us(datetime(day.year, day.month, day.day, tzinfo=zone(zone_name)))


def readable(us: int) -> str:
    """Write an instant for an error message, even one that no calendar has."""
    try:
        return from_us(us).isoformat(sep=" ", timespec="seconds")
    except OverflowError:
        return f"{us} us"
