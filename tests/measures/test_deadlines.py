"""When a promise runs out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.clock import OutOfRange, compile_book
from otklik.measures.codes import BOTH, NOT_COUNTED
from otklik.measures.deadlines import WALL_CLOCK, Stretch, due_us, stretches_of, used_us
from otklik.measures.intervals import add
from otklik.measures.running import listed, new_paper
from tests.measures.conftest import office_book

HOUR = 3_600_000_000
MONDAY = (20_150 - (20_150 - 4) % 7) * 24 * HOUR
"""A Monday, 00:00 UTC: 1970-01-05, day 4, was one."""
BOOK = compile_book(office_book(), MONDAY - 24 * HOUR, MONDAY + 60 * 24 * HOUR)
CLOCK = BOOK.table
OFFICE, NIGHT = BOOK.ids.index("office"), BOOK.ids.index("night")


def at(hours):
    return MONDAY + int(hours * HOUR)


def test_an_allowance_counts_open_hours_only():
    now = [Stretch(at(17), at(17), OFFICE, True)]
    assert due_us(now, CLOCK, at(17), 2 * HOUR) == at(24 + 10)


def test_running_out_exactly_at_closing_ends_at_closing():
    assert due_us([Stretch(at(17), at(17), OFFICE, True)], CLOCK, at(17), HOUR) == at(18)


def test_a_pause_that_ended_moves_it_on():
    story = [Stretch(at(9), at(10), OFFICE, True), Stretch(at(10), at(13), OFFICE, False)]
    story.append(Stretch(at(13), at(13), OFFICE, True))
    assert due_us(story, CLOCK, at(9), 2 * HOUR) == at(14)
    assert used_us(story, CLOCK, at(9), at(13)) == HOUR


def test_while_it_is_paused_nobody_can_tell():
    story = [Stretch(at(9), at(10), OFFICE, True), Stretch(at(10), at(12), OFFICE, False)]
    assert due_us(story, CLOCK, at(9), 2 * HOUR) is None


def test_what_ran_out_before_the_pause_stays_where_it_was():
    story = [Stretch(at(9), at(12), OFFICE, True), Stretch(at(12), at(13), OFFICE, False)]
    assert due_us(story, CLOCK, at(9), 2 * HOUR) == at(11)


def test_handed_over_every_stretch_goes_by_its_own_calendar():
    story = [Stretch(at(17), at(20), OFFICE, True), Stretch(at(20), at(20), NIGHT, True)]
    assert due_us(story, CLOCK, at(17), 3 * HOUR) == at(22)


def test_on_the_wall_clock_every_second_counts():
    assert due_us([Stretch(at(17), at(17), WALL_CLOCK, True)], CLOCK, at(17), 30 * HOUR) == at(47)
    assert used_us([Stretch(at(17), at(47), WALL_CLOCK, True)], CLOCK, at(17), at(47)) == 30 * HOUR


def test_longer_than_the_table_reaches_is_an_error_and_not_a_guess():
    with pytest.raises(OutOfRange):
        due_us([Stretch(at(17), at(17), OFFICE, True)], CLOCK, at(17), 10_000 * HOUR)
    with pytest.raises(OutOfRange):
        used_us([Stretch(at(-100), at(17), OFFICE, True)], CLOCK, at(-100), at(17))


def test_the_list_of_a_measure_is_laid_out_event_by_event():
    paper, out = listed(new_paper(3)), [0] * 20
    paper.at[:4] = [at(9), at(10), at(11), at(12)]
    paper.team[:3] = [0, 1, 1]
    add(out, 0, 2, BOTH, 0)
    add(out, 2, 3, NOT_COUNTED, 0)
    assert stretches_of(out, paper, [OFFICE, NIGHT]) == [
        Stretch(at(9), at(10), OFFICE, True),
        Stretch(at(10), at(11), NIGHT, True),
        Stretch(at(11), at(12), NIGHT, False),
    ]
    assert {stretch.calendar for stretch in stretches_of(out, paper, None)} == {WALL_CLOCK}


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=6), st.integers(1, 30))
def test_what_is_used_by_the_deadline_is_the_allowance(pieces, allowance):
    story, now = [], at(9)
    for hours, runs in pieces:
        story.append(Stretch(now, now + hours * HOUR, OFFICE, runs))
        now += hours * HOUR
    due = due_us([*story, Stretch(now, now, OFFICE, True)], CLOCK, at(9), allowance * HOUR)
    lasting = [*story, Stretch(now, max(now, due), OFFICE, True)]
    assert used_us(lasting, CLOCK, at(9), due) == allowance * HOUR
