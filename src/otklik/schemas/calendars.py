"""A calendar: weekly hours, holidays, moved and shortened days, time zone, valid from; versioned."""

from dataclasses import dataclass, field
from datetime import date

Slot = tuple[int, int]
"""Local seconds of the day [from, to): an end that is not after the start runs into the next day; 86400 = 24:00."""


@dataclass(frozen=True)
class Calendar:
    """One version of one calendar.

    `weekly` maps a weekday (0 = Monday) to its slots, a missing day is closed. On a date, weaker to stronger:
    `weekly`, `yearly_days` ("MM-DD"), `special_days` (replace the slots; () = closed), `holidays` (closed all day).
    `breaks` cut from whatever is open on the date.
    """

    id: str
    time_zone: str
    weekly: dict[int, tuple[Slot, ...]]
    holidays: frozenset[date] = frozenset()
    special_days: dict[date, tuple[Slot, ...]] = field(default_factory=dict)
    breaks: dict[date, tuple[Slot, ...]] = field(default_factory=dict)
    yearly_days: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    valid_from: date | None = None
    name: str = ""
    known_years: tuple[int, int] | None = None
    """First and last year whose holidays are known; asking outside is an error, never a guess. None = any year."""


@dataclass(frozen=True)
class CalendarBook:
    """The calendars a company works by: versions of the default one, and those of single teams.

    `versions` maps a calendar id to its versions in order of `valid_from` (the first may be None = since ever).
    `team_calendars` maps a team to a calendar id; every other team, and nobody, works by `default`.
    `default` None means no calendar: business time is null, never zero.
    """

    versions: dict[str, tuple[Calendar, ...]] = field(default_factory=dict)
    default: str | None = None
    team_calendars: dict[str, str] = field(default_factory=dict)
