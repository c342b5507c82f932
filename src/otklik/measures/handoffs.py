"""Handoffs: how often the request went from one person to another."""

from collections.abc import Sequence

from otklik.measures.intervals import Intervals
from otklik.measures.occurrences import count_hand_overs
from otklik.measures.timeline import Life


def handoffs(life: Life, assignee: Sequence[int], out: Intervals) -> int:
    """How often the request went from one person to another.

    Input     life: Life; assignee: of its events
    Output    out: one interval of no length each time another one holds it than the last who did; the first holder
              is no handoff, nor is letting go and taking it again; returns the state
    Unit      count
    Open end  running while the request is open: it may become more
    Errors    none
    Source    docs/method/handoffs.md
    """
    return count_hand_overs(life, assignee, out)
