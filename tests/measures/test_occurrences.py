"""Counts: each occurrence an interval of no length."""

from otklik.measures.codes import ANSWERS, DONE, IS_OPEN, IS_RESOLVED, NONE, RUNNING
from otklik.measures.intervals import counted
from otklik.measures.occurrences import count_hand_overs, count_marked
from otklik.measures.timeline import Life


def test_marked_events_count_in_order():
    out = [0] * 30
    assert count_marked(Life(3, 2, IS_RESOLVED, 0, 0), [ANSWERS, 0, ANSWERS | 1], ANSWERS, out) == DONE
    assert counted(out) == 2
    assert (out[1], out[5]) == (0, 2)


def test_changes_of_holder_count_across_nobody():
    out = [0] * 60
    assert count_hand_overs(Life(6, 6, IS_OPEN, 0, 0), [NONE, 4, NONE, 4, 5, 4], out) == RUNNING
    assert counted(out) == 2
