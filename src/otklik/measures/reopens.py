"""Reopens: how often done was not done."""

from collections.abc import Sequence

from otklik.measures.codes import REOPENS
from otklik.measures.intervals import Intervals
from otklik.measures.occurrences import count_marked
from otklik.measures.timeline import Life


def reopens(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How often done was not done.

    Input     life: Life; marks: of its events
    Output    out: one interval of no length each time a state leaves {resolved, closed};
              returns the state
    Unit      count
    Open end  running while the request is open: it may become more
    Errors    none
    Source    docs/method/reopens.md
    """
    return count_marked(life, marks, REOPENS, out)
