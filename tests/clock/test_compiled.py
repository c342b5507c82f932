from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.base.units import to_us
from otklik.clock import (
    MISS,
    NO_CALENDAR,
    BusinessClock,
    compile_book,
    deadline_us,
    last_moment_us,
    load_calendar_book,
    moment_us,
    position_us,
    positions,
)
from otklik.clock.errors import YearsUnknown
from otklik.schemas.calendars import Calendar, CalendarBook
from tests.clock.strategies import instants, versioned

HOUR_US = 3_600_000_000


def us(text):
    return to_us(datetime.fromisoformat(text).replace(tzinfo=UTC))


def compiled(preset, start="2025-03-03", end="2025-03-31"):
    return compile_book(load_calendar_book(preset), us(start), us(end))


def test_a_position_is_the_open_time_so_far():
    table = compiled("mon-fri 9-18 UTC").table
    assert position_us(table, 0, us("2025-03-03T09:00")) == 0
    assert position_us(table, 0, us("2025-03-03T12:00")) == 3 * HOUR_US
    assert position_us(table, 0, us("2025-03-04T00:00")) == 9 * HOUR_US


def test_an_instant_outside_the_range_is_a_miss_and_never_a_number():
    table = compiled("mon-fri 9-18 UTC").table
    assert position_us(table, 0, us("2025-03-02T23:59:59")) == MISS
    assert position_us(table, 0, us("2025-03-31T00:00:00.000001")) == MISS
    assert position_us(table, 0, us("2025-03-31")) == 20 * 9 * HOUR_US


def test_no_calendar_is_a_miss():
    table = compiled("mon-fri 9-18 UTC").table
    assert position_us(table, NO_CALENDAR, us("2025-03-05")) == MISS
    assert moment_us(table, NO_CALENDAR, 5) == last_moment_us(table, NO_CALENDAR, 5) == MISS


def test_a_position_names_a_closing_and_the_opening_after_it():
    table = compiled("mon-fri 9-18 UTC").table
    assert moment_us(table, 0, 9 * HOUR_US) == us("2025-03-03T18:00")
    assert last_moment_us(table, 0, 9 * HOUR_US) == us("2025-03-04T09:00")
    assert last_moment_us(table, 0, 20 * 9 * HOUR_US) == MISS
    assert moment_us(table, 0, 0) == us("2025-03-03")


def test_a_deadline_ends_at_closing_and_backwards_at_opening():
    table = compiled("mon-fri 9-18 UTC").table
    friday = us("2025-03-07T17:00")
    assert deadline_us(table, 0, friday, HOUR_US) == us("2025-03-07T18:00")
    assert deadline_us(table, 0, friday, 2 * HOUR_US) == us("2025-03-10T10:00")
    assert deadline_us(table, 0, friday, -8 * HOUR_US) == us("2025-03-07T09:00")
    assert deadline_us(table, 0, us("2025-03-08"), 0) == us("2025-03-08")


def test_a_deadline_beyond_the_range_is_a_miss():
    table = compiled("mon-fri 9-18 UTC").table
    assert deadline_us(table, 0, us("2025-03-28T17:00"), 2 * HOUR_US) == MISS
    assert deadline_us(table, 0, us("2025-03-03T10:00"), -2 * HOUR_US) == MISS
    assert deadline_us(table, 0, us("2024-03-03T10:00"), HOUR_US) == MISS


def test_several_spans_within_one_hour():
    """Open for the first five minutes of every quarter."""
    quarters = tuple((9 * 3600 + n * 900, 9 * 3600 + n * 900 + 300) for n in range(4))
    book = CalendarBook({"c": (Calendar("c", "UTC", {0: quarters}),)}, "c")
    table = compile_book(book, us("2025-03-03"), us("2025-03-04")).table
    minutes = [position_us(table, 0, us(f"2025-03-03T09:{m:02}")) // 60_000_000 for m in (0, 3, 14, 17, 30, 49, 59)]
    assert minutes == [0, 3, 5, 7, 10, 19, 20]
    fast = positions(table, 0, np.array([us("2025-03-03T09:49")]), engine="compiled")
    assert fast[0] // 60_000_000 == 19


def test_a_calendar_without_hours_stands_still():
    table = compile_book(
        CalendarBook({"c": (Calendar("c", "UTC", {}),)}, "c"), us("2025-03-03"), us("2025-03-09")
    ).table
    assert position_us(table, 0, us("2025-03-05")) == 0
    assert moment_us(table, 0, 1) == last_moment_us(table, 0, 0) == MISS


def test_many_calendars_do_not_mix():
    book = CalendarBook(
        versions={
            "short": (Calendar("short", "UTC", {0: ((9 * 3600, 10 * 3600),)}),),
            "empty": (Calendar("empty", "UTC", {}),),
            "always": load_calendar_book("24x7").versions["24x7"],
        },
        default="always",
        team_calendars={"second line": "short"},
    )
    built = compile_book(book, us("2025-03-03"), us("2025-03-09"))
    at = us("2025-03-08T12:00")
    answers = [position_us(built.table, code, at) for code in range(3)]
    assert answers == [HOUR_US, 0, at - us("2025-03-03")]
    assert built.ids == ("short", "empty", "always")
    assert built.code_of_team("second line") == 0
    assert built.code_of_team("nobody") == built.code_of_team(None) == built.default == 2


def test_no_book_means_no_calendar():
    assert compile_book(CalendarBook(), us("2025-03-03"), us("2025-03-04")).code_of_team("x") == NO_CALENDAR


def test_a_range_beyond_the_known_years_cannot_be_compiled():
    with pytest.raises(YearsUnknown):
        compiled("ru", "2027-06-01", "2028-06-01")


def test_a_range_that_begins_in_the_middle_of_an_hour():
    table = compiled("mon-fri 9-18 UTC", "2025-03-03T08:47:11", "2025-03-03T17:30").table
    assert position_us(table, 0, us("2025-03-03T10:00")) == HOUR_US
    assert position_us(table, 0, us("2025-03-03T17:30")) == 8.5 * HOUR_US


@settings(max_examples=60, deadline=None)
@given(st.data(), versioned())
def test_the_table_agrees_with_the_clock(data, case):
    versions, middle = case
    start, end = sorted(data.draw(st.tuples(instants(middle), instants(middle))))
    wide = timedelta(days=6)
    day = datetime(middle.year, middle.month, middle.day, tzinfo=UTC)
    table = compile_book(CalendarBook({"c": versions}, "c"), to_us(day - wide), to_us(day + wide)).table
    clock = BusinessClock(versions, start, end)
    low, high = (position_us(table, 0, to_us(at)) for at in (start, end))
    assert high - low == clock.elapsed(start, end).us
    if high > low:
        assert deadline_us(table, 0, to_us(start), high - low) == to_us(
            clock.add(start, timedelta(microseconds=high - low))
        )
        assert deadline_us(table, 0, to_us(end), low - high) == to_us(
            clock.add(end, timedelta(microseconds=low - high))
        )


def test_holidays_of_one_version_do_not_reach_into_the_next():
    weekly = {day: ((0, 86_400),) for day in range(7)}
    closed = [date(2025, 3, 5), date(2025, 3, 10), date(2025, 3, 12)]
    first = Calendar("c", "UTC", weekly, holidays=frozenset(closed))
    second = Calendar("c", "UTC", weekly, valid_from=date(2025, 3, 10))
    book = CalendarBook({"c": (first, second)}, "c")
    table = compile_book(book, us("2025-03-03"), us("2025-03-17")).table
    assert position_us(table, 0, us("2025-03-17")) == 13 * 24 * HOUR_US
