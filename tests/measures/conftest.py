"""The case stands in the docstring of the test; what was measured is asked under it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from otklik.measures import Measured, explain, measure_log
from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Explanation
from tests.measures.log_lines import SOURCE, read_lines

HOUR = 3600


@dataclass(frozen=True)
class Case:
    """A log and what it measures to; times in seconds."""

    log: ServiceLog
    measured: Measured

    def fact(self, request: str, column: str) -> object:
        """One cell of the facts."""
        return self.row(request)[column]

    def row(self, request: str) -> dict[str, object]:
        """The facts of one request."""
        return next(row for row in self.measured.facts.to_pylist() if row["request"] == request)

    def elapsed(self, request: str, measure: str) -> tuple[object, object]:
        """State and elapsed seconds."""
        row = self.row(request)
        return row[f"{measure}_state"], row[f"{measure}_s"]

    def business(self, request: str, measure: str) -> object:
        """Working seconds."""
        return self.row(request)[f"{measure}_business_s"]

    def count(self, request: str, measure: str) -> tuple[object, object]:
        """State and value of a count."""
        row = self.row(request)
        return row[f"{measure}_state"], row[measure]

    def waits(self, request: str) -> list[tuple[object, object, object]]:
        """State, seconds and what ended it, wait by wait."""
        rows = [row for row in self.measured.waits.to_pylist() if row["request"] == request]
        return [(row["state"], row["wait_s"], row["ended_by"]) for row in rows]

    def explain(self, request: str, measure: str) -> Explanation:
        """The interval list behind one number."""
        return explain(self.log, self.measured.book, SOURCE, request, measure)


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Case:
    """What the log in the docstring measures to, around the clock."""
    return case_of(request, None)


@pytest.fixture
def measured_in_office_hours(request: pytest.FixtureRequest) -> Case:
    """The same by office hours, Mon-Fri 9-18 UTC; the team 'night' works 18-02."""
    return case_of(request, office_book())


@pytest.fixture
def measure_lines() -> Callable[..., Case]:
    """Measure lines given as text."""

    def measure(text: str, book: CalendarBook | None = None, as_of: datetime | None = None) -> Case:
        log = read_lines(text)
        return Case(log, measure_log(log, book, as_of=as_of))

    return measure


def case_of(request: pytest.FixtureRequest, book: CalendarBook | None) -> Case:
    """Measure the docstring of the test that asks."""
    log = read_lines(request.function.__doc__)
    return Case(log, measure_log(log, book))


def office_book() -> CalendarBook:
    """Office hours for everybody, evening hours for the team 'night'."""
    weekdays = range(5)
    office = Calendar("office", "UTC", {day: ((9 * HOUR, 18 * HOUR),) for day in weekdays})
    night = Calendar("night", "UTC", {day: ((18 * HOUR, 2 * HOUR),) for day in weekdays})
    return CalendarBook({"office": (office,), "night": (night,)}, "office", {"night": "night"})
