"""Calendars as a TOML file that reads back as the same calendars, whatever holidays become known later."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from otklik.clock.hours import WEEKDAYS
from otklik.schemas.calendars import Calendar, CalendarBook, Slot

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def write_calendars(book: CalendarBook) -> str:
    """Write a book so that `parse_calendars` gives it back; equal books give equal texts.

    Countries are not named: their days stand there one by one. Raises ValueError for a book without a default.

    >>> weekly = {day: ((32_400, 64_800),) for day in range(5)}
    >>> print(write_calendars(CalendarBook({"shop": (Calendar("shop", "Europe/Moscow", weekly),)}, "shop")))
    default = "shop"
    <BLANKLINE>
    [[calendars.shop]]
    time_zone = "Europe/Moscow"
    <BLANKLINE>
    [calendars.shop.weekly]
    mon-fri = ["09:00-18:00"]
    <BLANKLINE>
    """
    if book.default not in book.versions:
        raise ValueError("a file needs calendars, and a default among them")
    lines = [f"default = {_text(str(book.default))}"]
    if book.team_calendars:
        lines += ["", "[teams]"]
        lines += [f"{_key(team)} = {_text(id_)}" for team, id_ in sorted(book.team_calendars.items())]
    for id_, versions in book.versions.items():
        for version in versions:
            lines += ["", *_version(id_, version)]
    return "\n".join(lines) + "\n"


def write_hours(slots: Iterable[Slot]) -> str:
    """Write the hours of a day as people do: '09:00-13:00, 14:00-18:00'; closed = ''."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in slots)


def _version(id_: str, version: Calendar) -> Iterator[str]:
    name = f"calendars.{_key(id_)}"
    yield f"[[{name}]]"
    if version.name and version.name != id_:
        yield f"name = {_text(version.name)}"
    yield f"time_zone = {_text(version.time_zone)}"
    if version.valid_from:
        yield f"valid_from = {version.valid_from.isoformat()}"
    if version.known_years:
        yield f"known_years = [{version.known_years[0]}, {version.known_years[1]}]"
    yield from _holidays(version.holidays)
    yield from _table(f"{name}.weekly", _weekly(version.weekly), even_empty=True)
    yield from _table(f"{name}.special_days", _dated(version.special_days))
    yield from _table(f"{name}.yearly_days", sorted(version.yearly_days.items()))
    yield from _table(f"{name}.breaks", _dated(version.breaks))


def _holidays(days: Iterable[date]) -> Iterator[str]:
    """One line a year: people look for a year first."""
    years = [(year, list(found)) for year, found in groupby(sorted(days), key=lambda day: day.year)]
    if not years:
        return
    yield "holidays = ["
    for _, found in years:
        yield f"  {', '.join(day.isoformat() for day in found)},"
    yield "]"


def _weekly(weekly: Mapping[int, tuple[Slot, ...]]) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """Weekdays in a row with the same hours are written together; one that is not named stays so."""
    for slots, run in groupby(sorted(weekly), key=lambda day: weekly[day]):
        days = list(run)
        while days:
            length = next((n for n in range(1, len(days)) if days[n] != days[0] + n), len(days))
            first, last = WEEKDAYS[days[0]], WEEKDAYS[days[length - 1]]
            yield first if length == 1 else f"{first}-{last}", slots
            days = days[length:]


def _dated(days: Mapping[date, tuple[Slot, ...]]) -> list[tuple[str, tuple[Slot, ...]]]:
    return [(day.isoformat(), slots) for day, slots in sorted(days.items())]


def _table(header: str, rows: Iterable[tuple[str, tuple[Slot, ...]]], *, even_empty: bool = False) -> Iterator[str]:
    written = [f"{key} = [{', '.join(_text(write_hours([slot])) for slot in slots)}]" for key, slots in rows]
    if written or even_empty:
        yield from ("", f"[{header}]", *written)


def _clock(second: int) -> str:
    hours, rest = divmod(second, 3600)
    text = f"{hours:02}:{rest // 60:02}"
    return f"{text}:{rest % 60:02}" if rest % 60 else text


def _key(text: str) -> str:
    return text if text and set(text) <= _BARE else _text(text)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
