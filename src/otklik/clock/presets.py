"""Calendars by name: '24x7', 'ru', 'de', 'mon-fri 9-18 Europe/Moscow', or a TOML file."""

import re
from pathlib import Path
from typing import Final

from otklik.base.errors import UserError
from otklik.clock.calendar_file import read_calendar_file
from otklik.clock.errors import UnknownCalendarText
from otklik.clock.hours import parse_week
from otklik.clock.public_holidays import public_holidays, zone_of_country
from otklik.clock.zones import zone
from otklik.schemas.calendars import Calendar, CalendarBook, Slot

_ALWAYS: Final = {"24x7", "24/7", "24х7", "круглосуточно"}
_OFFICE: Final[tuple[Slot, ...]] = ((9 * 3600, 18 * 3600),)
_ZONE = re.compile(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)+|UTC|utc")
_COUNTRY = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,4})?")
Weekly = dict[int, tuple[Slot, ...]]


def load_calendar_book(text: str | Path | None, *, time_zone: str | None = None) -> CalendarBook:
    """Return the calendars of a TOML file or of a preset; None = no calendar.

    `time_zone` is used where a preset does not name a zone. Raises UnknownCalendarText, or what the file breaks.

    >>> book = load_calendar_book("mon-fri 9-13,14-18; sat 10-15 Asia/Almaty kz")
    >>> book.versions[book.default][0].time_zone
    'Asia/Almaty'
    """
    if text is None or not str(text).strip():
        return CalendarBook()
    name = str(text).strip()
    if isinstance(text, Path) or name.lower().endswith(".toml") or _is_file(name):
        return read_calendar_file(Path(name))
    calendar = preset_calendar(name, time_zone)
    return CalendarBook(versions={calendar.id: (calendar,)}, default=calendar.id)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # longer than any file name
        return False


def preset_calendar(name: str, time_zone: str | None = None) -> Calendar:
    """Return the calendar that a name stands for; no file is looked at.

    >>> preset_calendar("24x7").weekly[6]
    ((0, 86400),)
    """
    words = name.split()
    zone_name, country = _tail(words)
    if not words and country is None:
        raise UnknownCalendarText(text=name)
    zone_name = zone_name or time_zone or (zone_of_country(country) if country else "UTC")
    zone(zone_name)
    if country is None:
        return Calendar(id=name, name=name, time_zone=zone_name, weekly=_weekly(name, words))
    known = public_holidays(country)
    weekly = _weekly(name, words) if words else {day: _OFFICE for day in range(7) if day not in known.weekend}
    return Calendar(
        id=name,
        name=name,
        time_zone=zone_name,
        weekly=weekly,
        holidays=known.days_off,
        special_days=known.special_days(weekly),
        known_years=known.known_years,
    )


def _tail(words: list[str]) -> tuple[str | None, str | None]:
    """Take the zone and the country off the end of the words, in whatever order they stand."""
    zone_name: str | None = None
    country: str | None = None
    while words:
        if zone_name is None and _ZONE.fullmatch(words[-1]):
            zone_name = words.pop()
        elif country is None and _COUNTRY.fullmatch(words[-1]):
            country = words.pop()
        else:
            break
    return zone_name, country


def _weekly(name: str, words: list[str]) -> Weekly:
    """Read '24x7' or 'mon-fri 9-13,14-18; sat 10-15'."""
    if len(words) == 1 and words[0].lower() in _ALWAYS:
        return dict.fromkeys(range(7), ((0, 86_400),))
    try:
        return parse_week(" ".join(words))
    except UserError:
        raise UnknownCalendarText(text=name) from None
