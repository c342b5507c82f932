"""The interval list: sums in either clock, null where no calendar applies."""

from otklik.measures.codes import BOTH, BUSINESS, ELAPSED, NOT_COUNTED, UNCLOCKED
from otklik.measures.intervals import UNKNOWN_US, add, business_us, cleared, counted, elapsed_us, is_unclocked
from otklik.measures.timeline import Life

AT = [0, 10, 30, 60]
OPEN = [0, 4, 4, 9]
CLOCKED, PARTLY = Life(3, 3, 0, 0, 0), Life(3, 3, 0, 0, 1)


def a_list(*intervals):
    out = [0] * 50
    for start, end, counts in intervals:
        add(out, start, end, counts, 0)
    return out


def test_each_clock_sums_what_counts_in_it():
    out = a_list((0, 1, BOTH), (1, 2, NOT_COUNTED), (2, 3, ELAPSED), (0, 3, BUSINESS))
    assert elapsed_us(AT, out) == 10 + 30
    assert business_us(CLOCKED, OPEN, [0] * 4, out) == 4 + 9
    assert counted(out) == 3


def test_a_stretch_without_calendar_makes_working_time_unknown():
    marks = [0, UNCLOCKED, 0, 0]
    assert business_us(PARTLY, OPEN, marks, a_list((0, 2, BOTH))) == UNKNOWN_US
    assert business_us(PARTLY, OPEN, marks, a_list((0, 1, BOTH), (1, 2, NOT_COUNTED))) == 4


def test_nothing_counted_is_zero_only_under_a_calendar():
    marks = [0, UNCLOCKED, 0, 0]
    assert business_us(PARTLY, OPEN, marks, a_list((2, 3, NOT_COUNTED))) == 0
    assert business_us(PARTLY, OPEN, marks, a_list((1, 2, NOT_COUNTED))) == UNKNOWN_US


def test_an_instant_belongs_to_the_stretch_that_begins_there():
    assert is_unclocked([0, UNCLOCKED], 1, 1)
    assert not is_unclocked([0, UNCLOCKED], 0, 0)


def test_a_cleared_list_is_empty():
    assert counted(cleared(a_list((0, 1, BOTH)))) == 0
