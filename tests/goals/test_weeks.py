from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.weeks import (
    Days,
    cycle_weeks,
    final_window,
    totals,
    turned,
    weekly_table,
    weeks_before,
    window_so_far,
)
from otklik.schemas.goals import DayCount

JANUARY, MARCH = date(2027, 1, 1), date(2027, 3, 31)


def days_of(first: date, count: int, n: int = 10, k: int = 8) -> list[DayCount]:
    return [DayCount(day=first + timedelta(days=i), n=n, k=k) for i in range(count)]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
def test_the_weeks_of_a_cycle_follow_each_other_and_cover_it(start, length):
    end = start + timedelta(days=length - 1)
    weeks = cycle_weeks(start, end)
    assert sum(week.length for week in weeks) == length
    assert (weeks[0].first, weeks[-1].last) == (start, end)
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(weeks))
    assert all(week.length == 7 for week in weeks[:-1])
    assert len(weeks) == 1 or 4 <= weeks[-1].length <= 10


def test_a_quarter_of_ninety_days_has_thirteen_weeks():
    weeks = cycle_weeks(JANUARY, MARCH)
    assert (len(weeks), weeks[-1].length) == (13, 6)


def test_weeks_before_a_cycle_are_whole():
    weeks = weeks_before(JANUARY, JANUARY - timedelta(days=20))
    assert [week.length for week in weeks] == [7, 7]
    assert weeks[-1].last == JANUARY - timedelta(days=1)
    assert weeks_before(JANUARY, JANUARY + timedelta(days=3)) == []


def test_the_weekly_table_counts_history_down_and_the_cycle_up():
    table = weekly_table(days_of(JANUARY - timedelta(days=15), 30), JANUARY, MARCH)
    assert [week.number for week in table] == [-1, 0, 1, 2, 3]
    assert [week.n for week in table] == [70, 70, 70, 70, 10]
    assert table[-1].last == JANUARY + timedelta(days=14)
    assert table[0].share == pytest.approx(0.8)
    assert weekly_table([], JANUARY, MARCH) == []


def test_a_week_with_nobody_stays_in_the_table():
    rows = [row for row in days_of(JANUARY, 21) if row.day not in Days(date(2027, 1, 8), date(2027, 1, 14))]
    table = weekly_table(rows, JANUARY, MARCH, until=date(2027, 1, 21))
    assert [week.share for week in table] == [0.8, None, 0.8]


@given(st.integers(0, 60), st.integers(1, 60))
def test_weeks_lose_no_request_of_the_cycle(before, inside):
    rows = days_of(JANUARY - timedelta(days=before), before + inside)
    table = weekly_table(rows, JANUARY, MARCH)
    assert sum(week.n for week in table if week.number > 0) == 10 * inside


def test_the_window_of_a_grade():
    assert final_window(JANUARY, MARCH, 28) == (date(2027, 3, 4), MARCH)
    assert final_window(JANUARY, MARCH, None) == (JANUARY, MARCH)
    assert window_so_far(JANUARY, MARCH, 28, date(2027, 1, 10)) == (date(2026, 12, 14), date(2027, 1, 10))
    assert window_so_far(JANUARY, MARCH, 28, date(2027, 5, 1)) == final_window(JANUARY, MARCH, 28)
    assert window_so_far(JANUARY, MARCH, None, date(2027, 2, 1)) == (JANUARY, date(2027, 2, 1))
    assert Days(MARCH, JANUARY).length == 0


def test_misses_turn_into_hits():
    rows = days_of(JANUARY, 3)
    assert totals(turned(rows)) == (30, 6)
    assert turned(turned(rows)) == rows
    assert totals(rows, Days(JANUARY, JANUARY)) == (10, 8)
