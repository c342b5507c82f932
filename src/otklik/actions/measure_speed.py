"""Measure a log by a calendar: one row of facts a request, one row a wait."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.base.progress import Progress, no_progress
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.log import ServiceLog

if TYPE_CHECKING:
    from otklik.measures import Measured


@dataclass(frozen=True)
class Yardstick:
    """By which hours and up to which instant to measure; `calendar` is a preset, a TOML file, or None."""

    calendar: str | None = None
    as_of: datetime | None = None
    time_zone: str | None = None
    """The company's zone, for a preset that names none."""
    only: str = ""
    """Of several calendars this one, whoever holds the request."""

    def book(self) -> CalendarBook | None:
        """Load the calendars, or None where nobody named any."""
        book = self._every()
        if book is None or not self.only:
            return book
        return CalendarBook(versions={self.only: book.versions[self.only]}, default=self.only)

    def _every(self) -> CalendarBook | None:
        if self.calendar is None:
            return None
        from otklik.clock import load_calendar_book

        path = Path(self.calendar)
        is_file = path.suffix == ".toml" or path.is_file()
        return load_calendar_book(path if is_file else self.calendar, time_zone=self.time_zone)


def measure_speed(log: ServiceLog, yardstick: Yardstick, progress: Progress = no_progress) -> "Measured":
    """Every measure of every request in both clocks."""
    from otklik.base.text import N_
    from otklik.measures import measure_log

    progress(N_("Measuring"), 0, None)
    return measure_log(log, yardstick.book(), as_of=yardstick.as_of)
