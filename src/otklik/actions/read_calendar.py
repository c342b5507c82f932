"""Calendars from text, from a preset's name, from files of strangers; and written as text again."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from otklik.schemas.calendars import CalendarBook, Slot

CPU_S = 20
Tell = Callable[[str, object], None]


def read_calendar(text: str, name: str = "calendars") -> CalendarBook:
    """Read what `write_calendar` wrote, or anybody's TOML; empty = none. Raises CalendarFileError."""
    from otklik.clock.calendar_file import parse_calendars

    return parse_calendars(text, name, None) if text.strip() else CalendarBook()


def write_calendar(book: CalendarBook) -> str:
    """Write a book as TOML; no calendars = ''."""
    from otklik.clock.calendar_writer import write_calendars

    return write_calendars(book) if book.versions else ""


def hours_text(slots: Iterable[Slot]) -> str:
    """Write the hours of a day as people do: '09:00-13:00, 14:00-18:00'; closed = ''."""
    from otklik.clock.calendar_writer import write_hours

    return write_hours(slots)


def preset_calendar(text: str, time_zone: str | None, name: str) -> CalendarBook:
    """The calendar of a preset ('ru', '24x7', 'mon-fri 9-18 Europe/Moscow') under a name of its own.

    Raises UnknownCalendarText, UnknownTimeZone, ZoneNeeded.
    """
    from otklik.clock.presets import preset_calendar as calendar_of

    made = replace(calendar_of(text.strip(), time_zone), id=name)
    return CalendarBook(versions={name: (made,)}, default=name)


def read_uploaded_calendar(path: Path, name: str) -> CalendarBook:
    """Read a TOML file of a stranger, in a child process with limits; `name` is what errors call it."""
    told = _in_child("read_toml", path, name)
    return read_calendar(str(told["text"]), name)


def read_uploaded_holidays(path: Path, name: str, time_zone: str) -> tuple[set[date], dict[date, tuple[Slot, ...]]]:
    """Read the closed days and hours of a stranger's iCalendar file, in a child process with limits."""
    told = _in_child("read_ics", path, name, time_zone)
    hours = {date.fromisoformat(day): tuple((a, b) for a, b in slots) for day, slots in told["hours"].items()}
    return {date.fromisoformat(day) for day in told["days"]}, hours


def _in_child(function: str, path: Path, name: str, *more: object) -> dict[str, Any]:
    from otklik.intake.sandbox import Call, Limits, run_child

    call = Call(f"{__name__}:{function}", (str(path), name, *more))
    return dict(run_child(call, name, Limits(cpu_s=CPU_S)))


def read_toml(tell: Tell, path: str, name: str) -> None:
    """Be the child: read calendars and say them in our own words."""
    from otklik.base.errors import FileError
    from otklik.base.text import N_

    try:
        text = Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(file=name, reason=N_("it is not UTF-8 text")) from None
    tell("text", write_calendar(read_calendar(text, name)))


def read_ics(tell: Tell, path: str, name: str, time_zone: str) -> None:
    """Be the child: read the closed times of an iCalendar file."""
    from otklik.base.errors import FileError
    from otklik.clock.holiday_file import read_holiday_file
    from otklik.clock.zones import zone

    try:
        found = read_holiday_file(Path(path), zone(time_zone))
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        raise FileError(file=name, reason=str(error)[:200] or type(error).__name__) from None
    tell("days", sorted(day.isoformat() for day in found.days))
    tell("hours", {day.isoformat(): slots for day, slots in found.hours.items()})
