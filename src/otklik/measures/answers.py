"""From the first message that asks to the first event that answers: what a first reply and an acknowledgement share."""

from collections.abc import Sequence

from otklik.measures.codes import (
    ANSWERED,
    BOTH,
    DONE,
    ENDED_BY_CANCELLATION,
    ENDED_BY_RESOLUTION,
    IS_CANCELLED,
    IS_OPEN,
    NEVER,
    NOBODY_ASKED,
    NONE,
    NOT_APPLICABLE,
    NOT_COUNTED,
    RUNNING,
    STILL_WAITING,
)
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def first_answer(life: Life, marks: Sequence[int], answer: int, out: Intervals) -> int:
    """How long the customer waits from asking to the first event marked `answer`.

    Input     life: Life; marks: of its events; answer: one bit of `marks`
    Output    out: the time before anybody asked (not counted), then the wait; returns the state
    Unit      places on the timeline
    Open end  unanswered: running to the horizon while the request is open, never once it ended
    Errors    none
    Source    docs/method/first_reply.md
    """
    asked = life.asked
    if asked == NONE:
        add(out, 0, life.end, NOT_COUNTED, NOBODY_ASKED)
        return NOT_APPLICABLE
    if asked > 0:
        add(out, 0, asked, NOT_COUNTED, NOBODY_ASKED)
    for place in range(asked + 1, life.n):
        if marks[place] & answer:
            add(out, asked, place, BOTH, ANSWERED)
            return DONE
    if life.outcome == IS_OPEN:
        add(out, asked, life.end, BOTH, STILL_WAITING)
        return RUNNING
    cancelled = life.outcome == IS_CANCELLED
    add(out, asked, life.end, BOTH, ENDED_BY_CANCELLATION if cancelled else ENDED_BY_RESOLUTION)
    return NEVER
