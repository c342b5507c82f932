"""The hours that were counted, in the short notation of a calendar preset."""

from itertools import groupby

from otklik.schemas.calendars import Calendar, CalendarBook, Slot

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_summary(book: CalendarBook | None) -> list[str]:
    """Say which hours count: one line a calendar in its latest version, the default one first.

    Input     CalendarBook, or None
    Output    lines like 'mon-fri 09:00-18:00 Europe/Moscow'; empty without calendars
    Unit      local time
    Open end  none
    Errors    none
    Source    schemas.calendars

    >>> weekly = {day: ((32_400, 64_800),) for day in range(5)}
    >>> calendar_summary(CalendarBook({"shop": (Calendar("shop", "Europe/Moscow", weekly),)}, "shop"))
    ['mon-fri 09:00-18:00 Europe/Moscow']
    """
    if book is None:
        return []
    ids = sorted(book.versions, key=lambda name: (name != book.default, name))
    return [_line(book.versions[name][-1]) for name in ids if book.versions[name]]


def _line(calendar: Calendar) -> str:
    parts = []
    for slots, days in groupby(range(7), key=lambda day: calendar.weekly.get(day, ())):
        run = list(days)
        if slots:
            name = DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}"
            parts.append(f"{name} {', '.join(_hours(slot) for slot in slots)}")
    return " ".join(["; ".join(parts), calendar.time_zone])


def _hours(slot: Slot) -> str:
    return "-".join(f"{second // 3600:02}:{second % 3600 // 60:02}" for second in slot)
