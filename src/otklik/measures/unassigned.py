"""Unassigned: how long before anybody took it."""

from collections.abc import Sequence

from otklik.measures.codes import (
    BOTH,
    DONE,
    IS_OPEN,
    NEVER,
    NOBODY_HELD_IT,
    NONE,
    NOT_COUNTED,
    RUNNING,
    SOMEBODY_HELD_IT,
)
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def unassigned(life: Life, assignee: Sequence[int], out: Intervals) -> int:
    """How long before anybody took it.

    Input     life: Life; assignee: of its events
    Output    out: from the first event to the first that names a holder, then the rest, not counted; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  running to the horizon while open and unassigned; never, if it ended without anybody holding it
    Errors    none
    Source    docs/method/unassigned.md
    """
    for place in range(min(life.n, life.end + 1)):
        if assignee[place] != NONE:
            add(out, 0, place, BOTH, NOBODY_HELD_IT)
            if life.end > place:
                add(out, place, life.end, NOT_COUNTED, SOMEBODY_HELD_IT)
            return DONE
    add(out, 0, life.end, BOTH, NOBODY_HELD_IT)
    return RUNNING if life.outcome == IS_OPEN else NEVER
