"""Change calendars by hand: a day, a version, holidays of a country, who works by which; every change a new book."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal, TypeVar

from otklik.actions.year_of_calendar import version_on
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.calendars import Calendar, CalendarBook, Slot

K = TypeVar("K")
V = TypeVar("V")
Wish = Literal["as-usual", "closed", "hours", "shorter", "like", "every-year"]
"""closed: all day; hours: these on that date; shorter: ends earlier; like: as on a weekday; every-year: each year."""
SHORTER_BY_S = 3600
MOST_CALENDARS, MOST_VERSIONS = 50, 100


class DayUnknown(UserError):
    """A date before the first version: facts `day`, `calendar`."""

    code = "calendar-day-unknown"
    message = N_("The calendar %(calendar)s does not hold yet on %(day)s.")
    hint = N_("Let its first version begin earlier.")


class VersionTaken(UserError):
    """Versions need an order: facts `calendar`."""

    code = "calendar-version-taken"
    message = N_("Two versions of %(calendar)s would begin on the same day, or in the wrong order.")
    hint = N_("Give this version a day of its own, between the version before and the one after.")


class OverlappingSpans(UserError):
    """Spans of a day that have time in common: facts `text`."""

    code = "overlapping-spans"
    message = N_("The hours %(text)s overlap.")
    hint = N_("Join them into one.")


class TooMany(UserError):
    """More than anybody needs: facts `most`."""

    code = "too-many-calendars"
    message = N_("There is room for %(most)s.")
    hint = N_("Take away what is not needed any more.")


@dataclass(frozen=True)
class DayWish:
    """What a date is to be."""

    wish: Wish
    slots: tuple[Slot, ...] = ()
    weekday: int = 0


def read_hours(text: str) -> tuple[Slot, ...]:
    """Read the hours of a day, '9-13, 14-18' or nothing = closed; raise BadHours, OverlappingSpans."""
    from otklik.clock.hours import overlap, parse_slots

    slots = parse_slots(text) if text.strip() else ()
    if overlap(slots):
        raise OverlappingSpans(text=text)
    return slots


def change_day(book: CalendarBook, calendar: str, day: date, wish: DayWish) -> CalendarBook:
    """Make a date what is wished, in the version that holds on it; raise DayUnknown."""
    versions = book.versions[calendar]
    n = version_on(versions, day)
    if n is None:
        raise DayUnknown(day=day.isoformat(), calendar=versions[0].name or calendar)
    return change_version(book, calendar, n, _with_day(versions[n], day, wish))


def _with_day(version: Calendar, day: date, wish: DayWish) -> Calendar:
    from otklik.clock.days import day_slots
    from otklik.clock.hours import shortened

    plain = replace(
        version,
        holidays=version.holidays - {day},
        special_days=_without(version.special_days, day),
        breaks=_without(version.breaks, day),
    )
    yearly = _without(version.yearly_days, f"{day:%m-%d}")
    match wish.wish:
        case "as-usual":
            return replace(plain, yearly_days=yearly)
        case "closed":
            return replace(plain, holidays=plain.holidays | {day})
        case "every-year":
            return replace(plain, yearly_days={**yearly, f"{day:%m-%d}": wish.slots})
        case "shorter":
            slots = shortened(day_slots(plain, day), SHORTER_BY_S)
        case "like":
            slots = version.weekly.get(wish.weekday, ())
        case _:
            slots = wish.slots
    return replace(plain, special_days={**plain.special_days, day: slots})


def _without(table: Mapping[K, V], key: K) -> dict[K, V]:
    return {one: value for one, value in table.items() if one != key}


def change_version(book: CalendarBook, calendar: str, n: int, version: Calendar) -> CalendarBook:
    """Put another version in the place of the n-th; raise VersionTaken, UnknownTimeZone."""
    from otklik.clock.zones import zone

    zone(version.time_zone)
    versions = (*book.versions[calendar][:n], version, *book.versions[calendar][n + 1 :])
    return _with_versions(book, calendar, versions)


def add_version(book: CalendarBook, calendar: str, begins: date) -> CalendarBook:
    """Let a copy of what holds on a day begin on it, to be changed from there on; raise VersionTaken."""
    versions = book.versions[calendar]
    n = version_on(versions, begins)
    if len(versions) >= MOST_VERSIONS:
        raise TooMany(most=MOST_VERSIONS)
    place = 0 if n is None else n + 1
    made = replace(versions[n or 0], valid_from=begins)
    return _with_versions(book, calendar, (*versions[:place], made, *versions[place:]))


def drop_version(book: CalendarBook, calendar: str, n: int) -> CalendarBook:
    """Take a version away: the one before holds on. The last one stays."""
    versions = book.versions[calendar]
    left = (*versions[:n], *versions[n + 1 :])
    return _with_versions(book, calendar, left) if left else book


def _with_versions(book: CalendarBook, calendar: str, versions: tuple[Calendar, ...]) -> CalendarBook:
    for earlier, later in pairwise(versions):
        if later.valid_from is None or (earlier.valid_from and later.valid_from <= earlier.valid_from):
            raise VersionTaken(calendar=later.name or calendar)
    return replace(book, versions={**book.versions, calendar: versions})


def take_holidays(book: CalendarBook, calendar: str, n: int, country: str) -> CalendarBook:
    """Take over the public holidays of a country, its moved and shortened days, for all the years it knows.

    Days that were put in by hand stay as they are. Raises UnknownCountry.
    """
    from otklik.clock.public_holidays import public_holidays

    known = public_holidays(country)
    version = book.versions[calendar][n]
    own = version.special_days
    made = replace(
        version,
        holidays=version.holidays | (known.days_off - own.keys()),
        special_days={**known.special_days(version.weekly), **own},
        known_years=_both(version, known.known_years),
    )
    return change_version(book, calendar, n, made)


def _both(version: Calendar, years: tuple[int, int]) -> tuple[int, int]:
    """Years that were known before, and those known now; a calendar for any year learns which ones it knows."""
    before = version.known_years or years
    return min(before[0], years[0]), max(before[1], years[1])


def close_times(
    book: CalendarBook, calendar: str, n: int, days: Iterable[date], hours: Mapping[date, tuple[Slot, ...]]
) -> CalendarBook:
    """Close whole days, and some hours of others."""
    version = book.versions[calendar][n]
    breaks = dict(version.breaks)
    for day, slots in hours.items():
        breaks[day] = tuple(sorted({*breaks.get(day, ()), *slots}))
    return change_version(book, calendar, n, replace(version, holidays=version.holidays | set(days), breaks=breaks))


def add_calendars(book: CalendarBook, others: CalendarBook) -> CalendarBook:
    """Add the calendars of another book, each under a name of its own; the first one ever becomes the default."""
    if len(book.versions) + len(others.versions) > MOST_CALENDARS:
        raise TooMany(most=MOST_CALENDARS)
    versions, new_name = dict(book.versions), {}
    for id_, those in others.versions.items():
        new_name[id_] = free_name(id_, versions)
        versions[new_name[id_]] = tuple(replace(one, id=new_name[id_]) for one in those)
    default = book.default or new_name.get(str(others.default))
    return replace(book, versions=versions, default=default)


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """The name itself, or with a number behind it where it is taken."""
    names = set(taken)
    numbered = (f"{wanted}-{n}" for n in range(2, len(names) + 3))
    return wanted if wanted not in names else next(name for name in numbered if name not in names)


def drop_calendar(book: CalendarBook, calendar: str) -> CalendarBook:
    """Take a calendar away; its teams work by the default. Without the default the next one is it, or there is none."""
    versions = _without(book.versions, calendar)
    teams = {team: id_ for team, id_ in book.team_calendars.items() if id_ != calendar}
    default = book.default if book.default in versions else next(iter(versions), None)
    return replace(book, versions=versions, team_calendars=teams, default=default)


def assign_calendars(book: CalendarBook, default: str, teams: Mapping[str, str]) -> CalendarBook:
    """Say who works by which; names that are not calendars are passed over."""
    known = {team: id_ for team, id_ in teams.items() if id_ in book.versions and team}
    return replace(book, default=default if default in book.versions else book.default, team_calendars=known)
