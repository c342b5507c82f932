"""The company's calendars, compiled for as much time as the batches turn out to span."""

from collections.abc import Iterable
from threading import Lock

import numpy as np

from otklik.base.errors import UserError
from otklik.clock import NO_CALENDAR, ClockTable, CompiledBook, compile_book
from otklik.schemas.calendars import CalendarBook

_YEAR_US = 366 * 86_400_000_000
NO_CLOCK = CompiledBook(
    ClockTable(0, 0, np.zeros((0, 1), np.int32), np.zeros((0, 3), np.int64), np.zeros(1, np.int64)), (), NO_CALENDAR, {}
)
"""No calendar at all: business time is null everywhere."""


def needed_by(book: CalendarBook | None, teams: Iterable[str | None]) -> CalendarBook | None:
    """Leave out calendars that no team of a log works by: what nobody needs must not stop a log it does not reach."""
    if book is None:
        return None
    present = {team: book.team_calendars[team] for team in teams if team in book.team_calendars}
    used = {book.default, *present.values()}
    versions = {id_: versions for id_, versions in book.versions.items() if id_ in used}
    return CalendarBook(versions=versions, default=book.default, team_calendars=present)


class Clocks:
    """A calendar book up to an instant, compiled again when a batch begins earlier than any before it."""

    def __init__(self, book: CalendarBook | None, end_us: int) -> None:
        self._book = book
        self._end_us = end_us
        self._compiled: CompiledBook | None = None
        self._lock = Lock()

    def covering(self, start_us: int) -> CompiledBook:
        """Return the book compiled from that instant or earlier; raise YearsUnknown if a calendar does not reach."""
        if self._book is None or not self._book.versions:
            return NO_CLOCK
        start_us = min(start_us, self._end_us)
        with self._lock:
            if self._compiled is None:
                self._compiled = compile_book(self._book, start_us, self._end_us)
            elif start_us < self._compiled.table.start_us:
                self._compiled = _with_room(self._book, start_us, self._end_us)
            return self._compiled


def _with_room(book: CalendarBook, start_us: int, end_us: int) -> CompiledBook:
    """Compile for a year more than needed, so that the next batch need not; for what is needed if years are unknown."""
    try:
        return compile_book(book, start_us - _YEAR_US, end_us)
    except UserError:
        return compile_book(book, start_us, end_us)
