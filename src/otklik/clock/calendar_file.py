"""Calendars from a TOML file; every error names the file, the line and the rule."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

from otklik.base.errors import FileError, UserError
from otklik.base.text import N_
from otklik.base.units import parse_duration_s
from otklik.clock.days import DAY_S
from otklik.clock.errors import (
    BadValue,
    CalendarFileError,
    HolidayFileUnreadable,
    MissingKey,
    NotToml,
    OverlappingHours,
    UnknownCalendar,
    UnknownKey,
    VersionsOutOfOrder,
    WrongType,
)
from otklik.clock.holiday_file import read_holiday_file
from otklik.clock.hours import overlap, parse_days, parse_slot, parse_week, shortened
from otklik.clock.public_holidays import PublicHolidays, public_holidays, zone_of_country
from otklik.clock.toml_lines import Path as TomlPath
from otklik.clock.toml_lines import TomlLines
from otklik.clock.zones import zone
from otklik.schemas.calendars import Calendar, CalendarBook, Slot

T = TypeVar("T")
Days = dict[date, tuple[Slot, ...]]
_FILE_KEYS: Final = ("default", "teams", "calendars")
_KEYS: Final = (
    "name", "time_zone", "valid_from", "country", "weekly", "holidays", "holiday_files", "special_days",
    "yearly_days", "breaks", "moved_days", "shortened_days", "shorter_by", "known_years",
)  # fmt: skip
_HOURS_EXAMPLE: Final = 'mon-fri = ["09:00-13:00", "14:00-18:00"]'


def read_calendar_file(path: Path) -> CalendarBook:
    """Read a calendar file; raise FileError, or a CalendarFileError for what breaks a rule."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else N_("it is not UTF-8 text")
        raise FileError(file=str(path), reason=reason or str(error)) from None
    return parse_calendars(text, str(path), path.parent)


def parse_calendars(text: str, name: str, folder: Path | None) -> CalendarBook:
    """Read calendars from TOML text; `name` is what errors call it, `folder` where its holiday files are looked for.

    None as `folder`: the text comes from outside and may name no files.
    """
    try:
        tree = tomllib.loads(text)
    except RecursionError:
        raise NotToml(file=name, line=1, key="", reason=N_("too deeply nested")) from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        reason = str(error).partition(" (at ")[0]
        line = int(place[1]) if place else len(text.splitlines())
        raise NotToml(file=name, line=line, key="", reason=reason) from None
    return _File(name, folder, TomlLines(text)).book(tree)


@dataclass(frozen=True)
class _File:
    """One calendar file being read."""

    name: str
    folder: Path | None
    lines: TomlLines

    def book(self, tree: Mapping[str, Any]) -> CalendarBook:
        self.check_keys(tree, (), _FILE_KEYS)
        calendars = self.table(tree.get("calendars", {}), ("calendars",), "[calendars.main]")
        if not calendars:
            raise self.broken(MissingKey, ("calendars",), key="calendars")
        versions = {id_: self.versions(id_, block) for id_, block in calendars.items()}
        teams = self.table(tree.get("teams", {}), ("teams",), '"Second line" = "main"')
        default = tree.get("default", next(iter(versions)) if len(versions) == 1 else None)
        if default is None:
            raise self.broken(MissingKey, (), key="default")
        for path, id_ in ((("default",), default), *((("teams", team), id_) for team, id_ in teams.items())):
            if not isinstance(id_, str) or id_ not in versions:
                raise self.broken(UnknownCalendar, path, value=id_, known=", ".join(versions))
        return CalendarBook(versions=versions, default=default, team_calendars=dict(teams))

    def versions(self, id_: str, block: object) -> tuple[Calendar, ...]:
        path = ("calendars", id_)
        if isinstance(block, list):
            read = tuple(self.calendar(id_, version, (*path, n)) for n, version in enumerate(block))
        else:
            read = (self.calendar(id_, block, path),)
        if not read:
            raise self.broken(MissingKey, (*path, "weekly"), key="weekly")
        for n, (earlier, later) in enumerate(pairwise(read), start=1):
            if later.valid_from is None or (earlier.valid_from and later.valid_from <= earlier.valid_from):
                raise self.broken(VersionsOutOfOrder, (*path, n, "valid_from"), key=id_)
        return read

    def calendar(self, id_: str, block: object, path: TomlPath) -> Calendar:
        """Read one version; own days beat those of the country, and own holidays beat everything."""
        entry = self.table(block, path, 'time_zone = "Europe/Moscow"')
        self.check_keys(entry, path, _KEYS)
        country = self.text(entry, path, "country")
        known = self.checked(path, "country", public_holidays, country) if country else None
        weekly = self.weekly(entry, path)
        given = self.days(entry, path, "special_days") | self.moved_days(entry, path, weekly)
        special = (dict(known.special_days(weekly)) if known else {}) | given
        closed, breaks = self.holidays(entry, path)
        yearly = self.yearly_days(entry, path)
        special |= self.shortened_days(entry, path, _hours_of_day(weekly, yearly, special))
        valid_from = entry.get("valid_from")
        return Calendar(
            id=id_,
            name=self.text(entry, path, "name") or id_,
            time_zone=self.time_zone(entry, path, country),
            weekly=weekly,
            holidays=frozenset(closed | ((known.days_off if known else frozenset()) - given.keys())),
            special_days=special,
            breaks=_together(breaks, self.days(entry, path, "breaks", may_overlap=True)),
            yearly_days=yearly,
            valid_from=None if valid_from is None else self.date((*path, "valid_from"), valid_from),
            known_years=self.known_years(entry, path, known),
        )

    def weekly(self, entry: Mapping[str, Any], path: TomlPath) -> dict[int, tuple[Slot, ...]]:
        path = (*path, "weekly")
        if "weekly" not in entry:
            raise self.broken(MissingKey, path, key="weekly")
        if isinstance(entry["weekly"], str):
            return self.checked(path[:-1], "weekly", parse_week, entry["weekly"])
        weekly: dict[int, tuple[Slot, ...]] = {}
        for days, hours in self.table(entry["weekly"], path, _HOURS_EXAMPLE).items():
            slots = self.slots((*path, days), hours)
            for day in self.checked(path, days, parse_days, days):
                weekly[day] = slots
        return weekly

    def days(self, entry: Mapping[str, Any], path: TomlPath, key: str, *, may_overlap: bool = False) -> Days:
        table = self.table(entry.get(key, {}), (*path, key), '2025-12-31 = ["09:00-15:00"]')
        return {
            self.date((*path, key, day), day): self.slots((*path, key, day), hours, may_overlap=may_overlap)
            for day, hours in table.items()
        }

    def known_years(
        self, entry: Mapping[str, Any], path: TomlPath, known: PublicHolidays | None
    ) -> tuple[int, int] | None:
        """Return the years given, else those for which the country's holidays are known."""
        if "known_years" not in entry:
            return known.known_years if known else None
        years = self.list(entry, path, "known_years", "[2005, 2027]")
        if len(years) != 2 or any(type(year) is not int for year in years) or years[0] > years[1]:
            raise self.broken(WrongType, (*path, "known_years"), wanted="known_years = [2005, 2027]")
        return years[0], years[1]

    def yearly_days(self, entry: Mapping[str, Any], path: TomlPath) -> dict[str, tuple[Slot, ...]]:
        path = (*path, "yearly_days")
        table = self.table(entry.get("yearly_days", {}), path, '12-31 = ["09:00-15:00"]')
        for day in table:
            self.date((*path, day), f"2024-{day}")
        return {day: self.slots((*path, day), hours) for day, hours in table.items()}

    def moved_days(self, entry: Mapping[str, Any], path: TomlPath, weekly: Mapping[int, tuple[Slot, ...]]) -> Days:
        path = (*path, "moved_days")
        moved: Days = {}
        for day, like in self.table(entry.get("moved_days", {}), path, '2025-11-01 = "fri"').items():
            weekday = self.checked(path, day, parse_days, str(like))[0]
            moved[self.date((*path, day), day)] = weekly.get(weekday, ())
        return moved

    def shortened_days(
        self, entry: Mapping[str, Any], path: TomlPath, hours: Callable[[date], tuple[Slot, ...]]
    ) -> Days:
        by = self.text(entry, path, "shorter_by") or "1h"
        by_s = int(min(DAY_S, self.checked(path, "shorter_by", parse_duration_s, by)))
        days = self.dates(entry, path, "shortened_days")
        return {day: shortened(hours(day), by_s) for day in days}

    def holidays(self, entry: Mapping[str, Any], path: TomlPath) -> tuple[set[date], Days]:
        """Return the days closed all day and the hours closed, from the list and from the iCal files."""
        closed, breaks = set(self.dates(entry, path, "holidays")), Days()
        zone_name = self.time_zone(entry, path, self.text(entry, path, "country"))
        for file in self.list(entry, path, "holiday_files", '["company.ics"]'):
            try:
                if self.folder is None:
                    raise ValueError(N_("files cannot be named here; upload this one by itself"))
                found = read_holiday_file(self.folder / str(file), zone(zone_name))
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                place = (*path, "holiday_files")
                raise self.broken(HolidayFileUnreadable, place, str(file), value=file, reason=reason) from None
            closed |= found.days
            breaks = _together(breaks, found.hours)
        return closed, breaks

    def time_zone(self, entry: Mapping[str, Any], path: TomlPath, country: str) -> str:
        name = self.text(entry, path, "time_zone")
        if not name and not country:
            raise self.broken(MissingKey, (*path, "time_zone"), key="time_zone")
        if not name:
            return self.checked(path, "country", zone_of_country, country)
        self.checked(path, "time_zone", zone, name)
        return name

    def slots(self, path: TomlPath, hours: object, *, may_overlap: bool = False) -> tuple[Slot, ...]:
        texts = [hours] if isinstance(hours, str) else hours
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self.broken(WrongType, path, wanted=_HOURS_EXAMPLE)
        parts = [part for text in texts for part in text.split(",")]
        key = str(path[-1])
        slots = tuple(sorted(self.checked(path[:-1], key, parse_slot, part) for part in parts))
        if overlap(slots) and not may_overlap:
            raise self.broken(OverlappingHours, path, value=", ".join(parts))
        return slots

    def dates(self, entry: Mapping[str, Any], path: TomlPath, key: str) -> list[date]:
        return [self.date((*path, key), day) for day in self.list(entry, path, key, "[2025-12-31, 2026-01-09]")]

    def date(self, path: TomlPath, value: object) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            rule = N_("this is not a date; write it like 2025-12-31.")
            raise self.broken(BadValue, path, str(value), value=value, rule=rule) from None

    def list(self, entry: Mapping[str, Any], path: TomlPath, key: str, example: str) -> list[Any]:
        value = entry.get(key, [])
        if not isinstance(value, list):
            raise self.broken(WrongType, (*path, key), wanted=f"{key} = {example}")
        return value

    def table(self, value: object, path: TomlPath, example: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise self.broken(WrongType, path, wanted=example)
        return value

    def text(self, entry: Mapping[str, Any], path: TomlPath, key: str) -> str:
        value = entry.get(key, "")
        if not isinstance(value, str):
            raise self.broken(WrongType, (*path, key), wanted=f'{key} = "..."')
        return value

    def check_keys(self, table: Mapping[str, Any], path: TomlPath, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                raise self.broken(UnknownKey, (*path, key), key=key, known=", ".join(known))

    def checked(self, path: TomlPath, key: str, read: Callable[[str], T], value: str) -> T:
        """Read a value; when that fails, say in which line, keeping what was wrong with it as the rule."""
        try:
            return read(value)
        except UserError as error:
            raise self.broken(BadValue, (*path, key), value, value=value, rule=_rule(error)) from None

    def broken(self, kind: type[CalendarFileError], path: TomlPath, holding: str = "", **facts: object) -> UserError:
        names = [str(part) for part in path if not isinstance(part, int)]
        facts = {"file": self.name, "line": self.lines.line(path, holding), "key": names[-1] if names else "", **facts}
        return kind(**facts)


def _hours_of_day(
    weekly: Mapping[int, tuple[Slot, ...]],
    yearly: Mapping[str, tuple[Slot, ...]],
    special: Mapping[date, tuple[Slot, ...]],
) -> Callable[[date], tuple[Slot, ...]]:
    """Tell the hours of a date: its own, else those of every year, else those of its weekday."""

    def hours(day: date) -> tuple[Slot, ...]:
        if day in special:
            return special[day]
        return yearly.get(f"{day:%m-%d}", weekly.get(day.weekday(), ()))

    return hours


def _together(some: Mapping[date, tuple[Slot, ...]], more: Mapping[date, tuple[Slot, ...]]) -> Days:
    """The slots of both on every date; they may overlap, closed is closed."""
    return {day: tuple(sorted({*some.get(day, ()), *more.get(day, ())})) for day in {*some, *more}}


def _rule(error: UserError) -> str:
    """Return the advice that goes with an error and needs no facts to be filled in."""
    return error.hint if error.hint and "%" not in error.hint else error.message % error.facts
