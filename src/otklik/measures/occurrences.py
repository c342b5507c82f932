"""Counts: how often something happened to a request, each time an interval of no length."""

from collections.abc import Sequence

from otklik.measures.codes import BOTH, DONE, HAPPENED, IS_OPEN, NONE, RUNNING
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def count_marked(life: Life, marks: Sequence[int], mark: int, out: Intervals) -> int:
    """Count the events that carry a mark; running while the request is open."""
    for place in range(life.n):
        if marks[place] & mark:
            add(out, place, place, BOTH, HAPPENED)
    return RUNNING if life.outcome == IS_OPEN else DONE


def count_hand_overs(life: Life, holders: Sequence[int], out: Intervals) -> int:
    """Count the changes from one holder to another; the first one to hold it is no change."""
    holder = NONE
    for place in range(life.n):
        following = holders[place]
        if following != NONE:
            if holder != NONE and holder != following:
                add(out, place, place, BOTH, HAPPENED)
            holder = following
    return RUNNING if life.outcome == IS_OPEN else DONE
