"""One touch: was the customer served by one single answer."""

from collections.abc import Sequence

from otklik.measures.codes import (
    ANSWERS,
    BOTH,
    CUSTOMER_WROTE,
    DONE,
    HAPPENED,
    IS_OPEN,
    IS_RESOLVED,
    NEVER,
    NOBODY_ASKED,
    NONE,
    NOT_APPLICABLE,
    NOT_COUNTED,
    NOT_ONE_TOUCH,
    REOPENS,
    RUNNING,
)
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def one_touch(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """Was the customer served by one single answer: resolved, one public human message, never reopened.

    An answer to a thanks after the resolution does not spoil it.

    Input     life: Life; marks: of its events
    Output    out: one interval of no length at that answer, counted if it was enough; returns the state
    Unit      count: 1 or 0
    Open end  running, and 0, while the request is open; never if it was cancelled; not applicable where nobody asked
    Errors    none
    Source    docs/method/one_touch.md
    """
    if life.asked == NONE:
        add(out, 0, life.end, NOT_COUNTED, NOBODY_ASKED)
        return NOT_APPLICABLE
    answers = 0
    last = 0
    reopened = 0
    said_goodbye = 0
    for place in range(life.n):
        if marks[place] & CUSTOMER_WROTE and place > life.end:
            said_goodbye = 1
        if marks[place] & ANSWERS and not said_goodbye:
            answers += 1
            last = place
        if marks[place] & REOPENS:
            reopened = 1
    if life.outcome == IS_RESOLVED and answers == 1 and not reopened:
        add(out, last, last, BOTH, HAPPENED)
    else:
        add(out, last, last, NOT_COUNTED, NOT_ONE_TOUCH)
    if life.outcome == IS_OPEN:
        return RUNNING
    return DONE if life.outcome == IS_RESOLVED else NEVER
