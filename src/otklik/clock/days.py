"""One version of a calendar over a range of local dates, turned into slots and cuts in UTC."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from otklik.base.units import US
from otklik.clock.spans import Spans
from otklik.clock.zones import LocalTime
from otklik.schemas.calendars import Calendar, Slot

DAY_S: Final = 86_400
EPOCH_DAY: Final = date(1970, 1, 1)
_WHOLE_DAY: Final[tuple[Slot, ...]] = ((0, DAY_S),)


def slots_and_cuts(calendar: Calendar, first: date, last: date) -> tuple[Spans, Spans]:
    """Return the slots that begin on the local dates [first, last] and what is cut out of these dates.

    A slot belongs to the date it begins on and may run into the next. A holiday closes its date from midnight to
    midnight, the tail of yesterday's night shift included; a break cuts from whatever is open.
    """
    if last < first:
        return Spans.none(), Spans.none()
    local = LocalTime(calendar.time_zone, _day(first) * DAY_S, (_day(last) + 2) * DAY_S)
    begun = _slots(calendar, first, last)
    cut = _cuts(calendar, first, last)
    return _to_utc(begun, local), _to_utc(cut, local)


def day_slots(calendar: Calendar, day: date) -> tuple[Slot, ...]:
    """Return the slots that begin on a local date, breaks not yet cut."""
    if day in calendar.holidays:
        return ()
    if day in calendar.special_days:
        return calendar.special_days[day]
    yearly = calendar.yearly_days.get(f"{day:%m-%d}")
    return calendar.weekly.get(day.weekday(), ()) if yearly is None else yearly


def _slots(calendar: Calendar, first: date, last: date) -> dict[Slot, list[npt.NDArray[np.int64]]]:
    days = np.arange(_day(first), _day(last) + 1, dtype=np.int64)
    special = _special_dates(calendar, first, last)
    is_plain = ~np.isin(days, np.array([_day(d) for d in special], np.int64))
    weekday = (days + EPOCH_DAY.weekday()) % 7
    begun: dict[Slot, list[npt.NDArray[np.int64]]] = defaultdict(list)
    for number, slots in calendar.weekly.items():
        for slot in slots:
            begun[slot].append(days[is_plain & (weekday == number)])
    for day in special:
        for slot in day_slots(calendar, day):
            begun[slot].append(np.array([_day(day)], np.int64))
    return begun


def _special_dates(calendar: Calendar, first: date, last: date) -> list[date]:
    named = {d for d in (*calendar.holidays, *calendar.special_days) if first <= d <= last}
    if calendar.yearly_days:
        span = range((last - first).days + 1)
        named |= {d for d in (first + timedelta(days=n) for n in span) if f"{d:%m-%d}" in calendar.yearly_days}
    return sorted(named)


def _cuts(calendar: Calendar, first: date, last: date) -> dict[Slot, list[npt.NDArray[np.int64]]]:
    closed: dict[date, tuple[Slot, ...]] = {day: _WHOLE_DAY for day in calendar.holidays}
    cut: dict[Slot, list[npt.NDArray[np.int64]]] = defaultdict(list)
    for day, slots in (*closed.items(), *calendar.breaks.items()):
        for slot in slots if first <= day <= last else ():
            cut[slot].append(np.array([_day(day)], np.int64))
    return cut


def _to_utc(begun: dict[Slot, list[npt.NDArray[np.int64]]], local: LocalTime) -> Spans:
    parts = []
    for (start, end), lists in begun.items():
        midnight = np.concatenate(lists) * DAY_S
        length = end if end > start else end + DAY_S
        opens, closes = local.reached(midnight + start), local.reached(midnight + length)
        there = closes > opens
        parts.append(Spans(opens[there] * US, closes[there] * US))
    return Spans.joined(parts)


def _day(day: date) -> int:
    return (day - EPOCH_DAY).days
