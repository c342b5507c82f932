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
            for first, last in _occurrences(event, event.decoded("DTSTART")):
                _close(closed, first, last, here)
    return closed


def _end(event: Any, start: Any) -> Any:
    if "DTEND" in event:
        return event.decoded("DTEND")
    if "DURATION" in event:
        return start + event.decoded("DURATION")
    return start + (_ONE_DAY if not isinstance(start, datetime) else timedelta())


def _occurrences(event: Any, start: Any) -> list[tuple[Any, Any]]:
    """Every beginning, and the end where it has one of its own (RDATE with a period); RFC 5545, 3.8.5."""
    end = _end(event, start)
    left_out = {_naive(moment, start) for moment in _dates(event, "EXDATE")}
    begins = {moment: moment + (end - start) for moment in _repeats(event, start)}
    for moment in _dates(event, "RDATE"):
        first, last = moment if isinstance(moment, tuple) else (moment, None)
        first = _like(first, start)
        last = first + last if isinstance(last, timedelta) else last
        begins[first] = first + (end - start) if last is None else last
    return [(first, last) for first, last in begins.items() if _naive(first, start) not in left_out]


def _repeats(event: Any, start: Any) -> list[Any]:
    if "RRULE" not in event:
        return [start]
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    rule = event["RRULE"].to_ical().decode().replace("Z", "")
    repeats = rrulestr(rule, dtstart=_naive(start, start)).between(_FIRST, _LAST, inc=True)
    return [_like(moment, start) for moment in repeats]


def _dates(event: Any, name: str) -> list[Any]:
    return [moment.dt for dates in _listed(event.get(name)) for moment in dates.dts]


def _like(moment: Any, start: Any) -> Any:
    """A date where the event is of whole days; else an instant, by the event's own clock where it names none."""
    if not isinstance(start, datetime):
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.timetz())
    return moment if moment.tzinfo else moment.replace(tzinfo=start.tzinfo)


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


def _naive(moment: Any, start: Any) -> datetime:
    """The reading of the event's own clock."""
    if isinstance(moment, datetime):
        there = start.tzinfo if isinstance(start, datetime) else None
        return (moment.astimezone(there) if moment.tzinfo and there else moment).replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001


def _second(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
