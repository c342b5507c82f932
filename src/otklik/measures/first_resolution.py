"""First resolution: how long until we first said that it was done."""

from collections.abc import Sequence

from otklik.measures.codes import (
    AFTER_RESOLUTION,
    BEING_SERVED,
    BOTH,
    DONE,
    ENDED_BY_CANCELLATION,
    IS_OPEN,
    NEVER,
    NOT_COUNTED,
    RESOLVES,
    RUNNING,
)
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def first_resolution(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How long until we first said that it was done; a reopening never changes it.

    Input     life: Life; marks: of its events
    Output    out: from the first event to the first resolution, then the rest, which does not count; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  running to the horizon until then; never, if it was cancelled before
    Errors    none
    Source    docs/method/first_resolution.md
    """
    for place in range(life.n):
        if marks[place] & RESOLVES:
            add(out, 0, place, BOTH, BEING_SERVED)
            if life.end > place:
                add(out, place, life.end, NOT_COUNTED, AFTER_RESOLUTION)
            return DONE
    if life.outcome == IS_OPEN:
        add(out, 0, life.end, BOTH, BEING_SERVED)
        return RUNNING
    add(out, 0, life.end, BOTH, ENDED_BY_CANCELLATION)
    return NEVER
