"""Resolution: how long from asking to being served for good."""

from collections.abc import Sequence

from otklik.measures.codes import (
    BEING_SERVED,
    BOTH,
    DONE,
    ENDED_BY_CANCELLATION,
    IS_CANCELLED,
    IS_OPEN,
    NEVER,
    REOPENS,
    RESOLVED_BUT_REOPENED,
    RESOLVES,
    RUNNING,
)
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def resolution(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How long from the first event to the last resolution: what came before a reopening counts as well.

    Input     life: Life; marks: of its events
    Output    out: being served, and resolved but reopened, in turn; all of it counts; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  running to the horizon while the request is open, also after a reopening; never, if it was cancelled
    Errors    none
    Source    docs/method/resolution.md
    """
    start = 0
    why = RESOLVED_BUT_REOPENED if marks[0] & RESOLVES and life.end > 0 else BEING_SERVED
    for place in range(1, life.end):
        mark = marks[place]
        if mark & (RESOLVES | REOPENS):
            add(out, start, place, BOTH, why)
            start = place
            why = RESOLVED_BUT_REOPENED if mark & RESOLVES else BEING_SERVED
    if life.outcome == IS_CANCELLED:
        why = ENDED_BY_CANCELLATION
    add(out, start, life.end, BOTH, why)
    if life.outcome == IS_OPEN:
        return RUNNING
    return NEVER if life.outcome == IS_CANCELLED else DONE
