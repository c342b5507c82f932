"""Customer messages: how often the customer had to write."""

from collections.abc import Sequence

from otklik.measures.codes import CUSTOMER_WROTE
from otklik.measures.intervals import Intervals
from otklik.measures.occurrences import count_marked
from otklik.measures.timeline import Life


def customer_messages(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How often the customer had to write: every message, a thanks included.

    Input     life: Life; marks: of its events
    Output    out: one interval of no length a customer's message, a creation that carries one included;
              returns the state
    Unit      count
    Open end  running while the request is open: it may become more
    Errors    none
    Source    docs/method/customer_messages.md
    """
    return count_marked(life, marks, CUSTOMER_WROTE, out)
