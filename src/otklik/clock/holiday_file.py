"""Closed days from an iCalendar file: whole days, hours, and what repeats."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from otklik.schemas.calendars import Slot

_FIRST: Final = datetime(1970, 1, 1)  # noqa: DTZ001
_LAST: Final = datetime(2045, 12, 31)  # noqa: DTZ001
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class ClosedTimes:
    """Days closed from midnight to midnight, and hours closed on other days, in the calendar's zone."""

    days: set[date]
    hours: dict[date, tuple[Slot, ...]]


def read_holiday_file(path: Path, here: ZoneInfo) -> ClosedTimes:
    """Read every event as time in which we are closed; cancelled ones are left out.

    Repeating events count from 1970 to 2045. Raises OSError or ValueError when it is no iCalendar file.
    """
    from icalendar import Calendar

    closed = ClosedTimes(set(), {})
    calendar = Calendar.from_ical(path.read_bytes())
    for event in calendar.walk("VEVENT"):
        if str(event.get("STATUS", "")).upper() != "CANCELLED" and "DTSTART" in event:
            start, end = _start_and_end(event)
            for first in _occurrences(event, start):
                _close(closed, first, first + (end - start), here)
    return closed


def _start_and_end(event: Any) -> tuple[Any, Any]:
    start = event.decoded("DTSTART")
    if "DTEND" in event:
        return start, event.decoded("DTEND")
    if "DURATION" in event:
        return start, start + event.decoded("DURATION")
    return start, start + (_ONE_DAY if not isinstance(start, datetime) else timedelta())


def _occurrences(event: Any, start: Any) -> list[Any]:
    if "RRULE" not in event:
        return [start]
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    whole_days = not isinstance(start, datetime)
    wall = datetime(start.year, start.month, start.day) if whole_days else start.replace(tzinfo=None)  # noqa: DTZ001
    left_out = {_naive(moment.dt) for dates in _listed(event.get("EXDATE")) for moment in dates.dts}
    rule = event["RRULE"].to_ical().decode().replace("Z", "")
    repeats = rrulestr(rule, dtstart=wall).between(_FIRST, _LAST, inc=True)
    kept = [moment for moment in repeats if moment not in left_out]
    return [moment.date() for moment in kept] if whole_days else [m.replace(tzinfo=start.tzinfo) for m in kept]


def _close(closed: ClosedTimes, start: Any, end: Any, here: ZoneInfo) -> None:
    if not isinstance(start, datetime):
        closed.days.update(start + n * _ONE_DAY for n in range(max(1, (end - start).days)))
        return
    opens, closes = (m.replace(tzinfo=here) if m.tzinfo is None else m.astimezone(here) for m in (start, end))
    day = opens.date()
    while day <= closes.date():
        begin = _second(opens) if day == opens.date() else 0
        stop = _second(closes) if day == closes.date() else 86_400
        if stop > begin:
            closed.hours[day] = (*closed.hours.get(day, ()), (begin, stop))
        day += _ONE_DAY


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _naive(moment: Any) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001


def _second(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
