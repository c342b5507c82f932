"""Hands on: how long somebody held it."""

from collections.abc import Sequence

from otklik.measures.codes import BOTH, NOBODY_HELD_IT, NONE, NOT_COUNTED, SOMEBODY_HELD_IT
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life
from otklik.measures.turns import state_of_part


def hands_on(life: Life, assignee: Sequence[int], out: Intervals) -> int:
    """How long somebody held it, from being taken to being let go or resolved.

    Input     life: Life; assignee: of its events
    Output    out: the life of the request in stretches held (counted) and not held; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  running while the request is open; never, if it was cancelled
    Errors    none
    Source    docs/method/hands_on.md
    """
    start = 0
    for place in range(1, life.end):
        if (assignee[place] == NONE) != (assignee[start] == NONE):
            _add_stretch(assignee[start], start, place, out)
            start = place
    _add_stretch(assignee[start], start, life.end, out)
    return state_of_part(life)


def _add_stretch(holder: int, start: int, end: int, out: Intervals) -> None:
    if holder == NONE:
        add(out, start, end, NOT_COUNTED, NOBODY_HELD_IT)
    else:
        add(out, start, end, BOTH, SOMEBODY_HELD_IT)
