"""Up to when a request had to come to be old enough today: as old as the time it is held against."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from otklik.base.errors import UserError
from otklik.base.text import N_

if TYPE_CHECKING:
    from otklik.actions.cut_log import Shelf
    from otklik.schemas.calendars import CalendarBook


class NoHours(UserError):
    """A goal in working time, where nobody told the working hours."""

    code = "goal-without-hours"
    message = N_("This goal counts working time, but no working hours are known.")
    hint = N_("Name the working hours, or count elapsed time.")


@dataclass(frozen=True)
class Ripe:
    """The last instant at which a request is old enough, by source and by the calendar of its team.

    Who came early enough is asked, never who was answered: of yesterday's requests the quick ones are answered already
    and the slow ones are not, and counting the first alone would flatter.
    """

    until: Mapping[str, Mapping[str | None, datetime | None]]
    teams: Mapping[str, tuple[str, ...]]

    @property
    def earliest(self) -> datetime | None:
        """Everybody who came until then is old enough."""
        known = [at for by_calendar in self.until.values() for at in by_calendar.values()]
        return None if not known or None in known else min(at for at in known if at is not None)

    def sql(self, name: str, began: str) -> tuple[str, dict[str, Any]]:
        """The condition in SQL, and its values, all of whose names begin with `name`."""
        values: dict[str, Any] = {}
        told = []
        for place, (source, by_calendar) in enumerate(self.until.items()):
            values[f"{name}_source{place}"] = source
            until = " ".join(self._of_calendars(f"{name}_{place}", by_calendar, values))
            told.append(f"when ${name}_source{place} then {began} <= {until}")
        return (f"(case source {' '.join(told)} else false end)" if told else "false"), values

    def _of_calendars(
        self, name: str, by_calendar: Mapping[str | None, datetime | None], values: dict[str, Any]
    ) -> Iterator[str]:
        named = [calendar for calendar in by_calendar if calendar is not None and self.teams.get(calendar)]
        yield "case"
        for number, calendar in enumerate(named):
            values[f"{name}_teams{number}"] = list(self.teams[calendar])
            values[f"{name}_at{number}"] = by_calendar[calendar]
            yield f"when list_contains(${name}_teams{number}, cast(team as varchar)) "
            yield f"then cast(${name}_at{number} as timestamptz)"
        values[f"{name}_else"] = by_calendar[None]
        yield f"when true then cast(${name}_else as timestamptz) end"


def ripen(shelf: "Shelf", clock: str, within_s: float, as_of: datetime) -> Ripe:
    """Say who is old enough for a time, elapsed or open by the calendar of the team that holds the request.

    Raises NoHours where working time is asked for and no hours are known. A calendar that does not reach back far
    enough, or never opens, makes nobody old enough.
    """
    horizons = {source: min(at, as_of) for source, at in shelf.horizon.items()}
    if clock == "elapsed":
        return Ripe({source: {None: _before(at, within_s)} for source, at in horizons.items()}, {})
    book = shelf.yardstick.book()
    if book is None or not book.versions:
        raise NoHours
    teams: dict[str, tuple[str, ...]] = {}
    for team, calendar in book.team_calendars.items():
        teams[calendar] = (*teams.get(calendar, ()), team)
    return Ripe({source: _by_calendar(book, at, within_s) for source, at in horizons.items()}, teams)


def _before(at: datetime, within_s: float) -> datetime | None:
    try:
        return at - timedelta(seconds=within_s)
    except OverflowError:
        return None


def _by_calendar(book: "CalendarBook", at: datetime, within_s: float) -> dict[str | None, datetime | None]:
    found: dict[str | None, datetime | None] = {
        calendar: _open_before(book, calendar, at, within_s) for calendar in set(book.team_calendars.values())
    }
    found[None] = None if book.default is None else _open_before(book, book.default, at, within_s)
    return found


def _open_before(book: "CalendarBook", calendar: str, at: datetime, within_s: float) -> datetime | None:
    from otklik.clock import BusinessClock

    try:
        return BusinessClock(book.versions[calendar], at, at).add(at, -within_s)
    except (UserError, OverflowError):
        return None
