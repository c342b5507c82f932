"""Waits: every time the customer had to wait for an answer."""

from collections.abc import Sequence

from otklik.measures.codes import (
    ANSWERED,
    ANSWERS,
    ASKS,
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
    RESOLVED_UNANSWERED,
    RESOLVES,
    RUNNING,
    STILL_WAITING,
)
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def waits(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """Every time the customer had to wait for an answer: several messages in a row are one wait.

    Input     life: Life; marks: of its events
    Output    out: one counted interval a wait, from the oldest unanswered customer message to the next public human
              message, or the resolution; `why` says how it ended; returns the state of the last
    Unit      places on the timeline; seconds, one row a wait, in the table of waits
    Open end  the last wait runs to the horizon while the request is open; never, if the customer gave up (cancelled),
              or the request was resolved and no person ever answered
    Errors    none
    Source    docs/method/waits.md
    """
    if life.asked == NONE:
        add(out, 0, life.end, NOT_COUNTED, NOBODY_ASKED)
        return NOT_APPLICABLE
    by_resolution = ENDED_BY_RESOLUTION if is_ever_answered(life, marks) else RESOLVED_UNANSWERED
    since = NONE
    for place in range(life.asked, life.n):
        mark = marks[place]
        if since != NONE and mark & (ANSWERS | RESOLVES):
            add(out, since, place, BOTH, ANSWERED if mark & ANSWERS else by_resolution)
            since = NONE
        if since == NONE and mark & ASKS:
            since = place
    if since == NONE:
        return DONE if by_resolution == ENDED_BY_RESOLUTION else NEVER
    if life.outcome == IS_OPEN:
        add(out, since, life.end, BOTH, STILL_WAITING)
        return RUNNING
    if life.outcome == IS_CANCELLED:
        add(out, since, life.end, BOTH, ENDED_BY_CANCELLATION)
        return NEVER
    add(out, since, since, BOTH, by_resolution)
    return DONE if by_resolution == ENDED_BY_RESOLUTION else NEVER


def is_ever_answered(life: Life, marks: Sequence[int]) -> bool:
    """Whether any person answered after the customer asked; if not, a resolution is no answer either."""
    place = life.asked + 1
    while place < life.n and not marks[place] & ANSWERS:
        place += 1
    return place < life.n
