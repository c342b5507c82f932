"""Calendars of the conformance files, read as ours."""

from datetime import date

from otklik.schemas.calendars import Calendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_calendar(id_, text):
    """Read one of `calendars`; both kinds of file write them alike."""
    return Calendar(
        id=id_,
        time_zone=text.get("time_zone", "UTC"),
        weekly={WEEKDAYS.index(day[:3].lower()): read_slots(slots) for day, slots in text.get("weekly", {}).items()},
        holidays=frozenset(date.fromisoformat(day) for day in text.get("holidays", ())),
        special_days=read_days(text.get("special_days", {})),
        breaks=read_days(text.get("breaks", {})),
        yearly_days={day: read_slots(slots) for day, slots in text.get("yearly_days", {}).items()},
    )


def read_days(days):
    return {date.fromisoformat(day): read_slots(slots) for day, slots in days.items()}


def read_slots(slots):
    return tuple((read_clock(start) % 86_400, read_clock(end)) for start, end in slots)


def read_clock(text):
    hours, minutes, *seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds[0] if seconds else 0)
