"""Longest wait: the one the customer will remember."""

from collections.abc import Sequence

from otklik.measures.codes import (
    BUSINESS,
    DONE,
    ELAPSED,
    ENDED_BY_CANCELLATION,
    NEVER,
    NOT_APPLICABLE,
    RESOLVED_UNANSWERED,
    RUNNING,
    SHORTER_WAIT,
)
from otklik.measures.intervals import COUNTED, END, START, WHY, Intervals, is_unclocked, place_of
from otklik.measures.timeline import Life
from otklik.measures.waits import waits


def longest_wait(life: Life, at: Sequence[int], business: Sequence[int], marks: Sequence[int], out: Intervals) -> int:
    """The longest time the customer had to wait for one answer, the wait that still runs included.

    Input     life: Life; at, business, marks: of its events
    Output    out: all waits; the longest on the wall clock counts in elapsed time, the longest in working time (it
              may be another one) in business time; the first of equals; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  running while any wait runs, since it may become the longest; never, if the longest was given up or
              closed unanswered
    Errors    none
    Source    docs/method/longest_wait.md
    """
    state = waits(life, marks, out)
    if state == NOT_APPLICABLE:
        return NOT_APPLICABLE
    longest = longest_business = 0
    longest_us = longest_business_us = -1
    for interval in range(out[0]):
        place = place_of(interval)
        start, end = out[place + START], out[place + END]
        if at[end] - at[start] > longest_us:
            longest = place
            longest_us = at[end] - at[start]
        unclocked = life.unclocked and is_unclocked(marks, start, end)
        if business[end] - business[start] > longest_business_us and not unclocked:
            longest_business = place
            longest_business_us = business[end] - business[start]
    if state != RUNNING:
        why = out[longest + WHY]
        state = NEVER if why in (ENDED_BY_CANCELLATION, RESOLVED_UNANSWERED) else DONE
    if not longest_business:  # no wait lies wholly under a calendar
        longest_business = longest
    for interval in range(out[0]):
        place = place_of(interval)
        counted = (ELAPSED if place == longest else 0) | (BUSINESS if place == longest_business else 0)
        out[place + COUNTED] = counted
        if not counted:
            out[place + WHY] = SHORTER_WAIT
    return state
