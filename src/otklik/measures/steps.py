"""Steps: how many steps of the process the request went through."""

from collections.abc import Sequence

from otklik.measures.codes import IS_STEP
from otklik.measures.intervals import Intervals
from otklik.measures.occurrences import count_marked
from otklik.measures.timeline import Life


def steps(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How many steps of the process the request went through.

    Input     life: Life; marks: of its events
    Output    out: one interval of no length an event that carries the source's own step;
              returns the state
    Unit      count
    Open end  running while the request is open: it may become more
    Errors    none
    Source    docs/method/steps.md
    """
    return count_marked(life, marks, IS_STEP, out)
