"""Replies: how many answers it took."""

from collections.abc import Sequence

from otklik.measures.codes import ANSWERS
from otklik.measures.intervals import Intervals
from otklik.measures.occurrences import count_marked
from otklik.measures.timeline import Life


def replies(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How many answers it took: public human messages.

    Input     life: Life; marks: of its events
    Output    out: one interval of no length a public human message;
              returns the state
    Unit      count
    Open end  running while the request is open: it may become more
    Errors    none
    Source    docs/method/replies.md
    """
    return count_marked(life, marks, ANSWERS, out)
