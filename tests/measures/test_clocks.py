"""Calendars compiled for as much time as the batches turn out to span."""

from datetime import date

import pytest

from otklik.clock import YearsUnknown, load_calendar_book
from otklik.measures.clocks import NO_CLOCK, Clocks, needed_by
from otklik.schemas.calendars import Calendar, CalendarBook
from tests.measures.conftest import office_book

DAY = 86_400_000_000
NOW = 20_000 * DAY


def test_no_book_and_an_empty_book_are_no_clock():
    assert Clocks(None, NOW).covering(0) is NO_CLOCK
    assert Clocks(CalendarBook(), NOW).covering(0) is NO_CLOCK


def test_an_earlier_batch_widens_the_range_and_a_later_one_does_not():
    clocks = Clocks(office_book(), NOW)
    first = clocks.covering(NOW - 10 * DAY)
    assert clocks.covering(NOW - 5 * DAY) is first
    wider = clocks.covering(NOW - 20 * DAY)
    assert wider.table.start_us <= NOW - 20 * DAY
    assert wider.table.end_us == NOW


def test_years_a_calendar_does_not_know_are_an_error_and_not_a_guess():
    clocks = Clocks(load_calendar_book("ru"), NOW)
    assert clocks.covering(NOW - 10 * DAY).default >= 0
    with pytest.raises(YearsUnknown):
        clocks.covering(-20 * 366 * DAY)


def test_a_batch_after_the_horizon_needs_no_more_than_the_horizon():
    assert Clocks(office_book(), NOW).covering(NOW + DAY).table.start_us == NOW


def test_a_calendar_nobody_works_by_stops_nothing():
    late = Calendar("new", "UTC", {0: ((0, 86_400),)}, valid_from=date(2025, 6, 1))
    old = Calendar("main", "UTC", {0: ((0, 86_400),)})
    book = CalendarBook({"main": (old,), "new": (late,)}, "main", {"New team": "new"})
    assert set(needed_by(book, ["First line", None]).versions) == {"main"}
    assert set(needed_by(book, ["New team"]).versions) == {"main", "new"}
    assert needed_by(None, ["New team"]) is None
