"""The interval list of a measured value: from one event to another, in which clock it counts, and why.

A list lies flat in one array, so that both speeds can write it: its length, then four numbers an interval.
"""

from collections.abc import MutableSequence, Sequence
from typing import Final

from otklik.measures.codes import BUSINESS, ELAPSED, UNCLOCKED
from otklik.measures.timeline import Life

Intervals = MutableSequence[int]
"""`[0]` how many intervals; interval k: start, end (places on the timeline), counted, why from `place_of(k)` on."""

START: Final = 0
END: Final = 1
COUNTED: Final = 2
WHY: Final = 3
UNKNOWN_US: Final = -1
"""Business time where no calendar applies; real ones are never below zero."""


def cleared(out: Intervals) -> Intervals:
    """Empty the list for the next measure."""
    out[0] = 0
    return out


def place_of(interval: int) -> int:
    """Where the four numbers of an interval begin."""
    return 1 + 4 * interval


def add(out: Intervals, start: int, end: int, counted: int, why: int) -> None:
    """Note one interval: `counted` is NOT_COUNTED, ELAPSED, BUSINESS or BOTH."""
    place = place_of(out[0])
    out[place + START] = start
    out[place + END] = end
    out[place + COUNTED] = counted
    out[place + WHY] = why
    out[0] += 1


def elapsed_us(at: Sequence[int], out: Intervals) -> int:
    """Sum what counts on the wall clock, in microseconds."""
    total = 0
    for interval in range(out[0]):
        place = place_of(interval)
        if out[place + COUNTED] & ELAPSED:
            total += at[out[place + END]] - at[out[place + START]]
    return total


def business_us(life: Life, business: Sequence[int], marks: Sequence[int], out: Intervals) -> int:
    """Sum what counts in working time.

    Input     life; business, marks: of its events; out: an interval list
    Output    the sum; UNKNOWN_US where no calendar applies
    Unit      microseconds
    Open end  an interval up to the horizon counts that far
    Errors    none
    Source    DESIGN 4: no calendar means null, never zero; where nothing counts, 0 only under a calendar
    """
    total = 0
    anything = 0
    for interval in range(out[0]):
        place = place_of(interval)
        if out[place + COUNTED] & BUSINESS:
            anything = 1
            if life.unclocked and is_unclocked(marks, out[place + START], out[place + END]):
                return UNKNOWN_US
            total += business[out[place + END]] - business[out[place + START]]
    if life.unclocked and not anything:
        for interval in range(out[0]):
            place = place_of(interval)
            if is_unclocked(marks, out[place + START], out[place + END]):
                return UNKNOWN_US
    return total


def is_unclocked(marks: Sequence[int], start: int, end: int) -> bool:
    """Whether some stretch between two places has no calendar; an instant counts as the stretch that begins there."""
    for place in range(start, max(end, start + 1)):  # noqa: SIM110 (numba has no any() over a generator)
        if marks[place] & UNCLOCKED:
            return True
    return False


def counted(out: Intervals) -> int:
    """How many intervals count: the value of a count."""
    total = 0
    for interval in range(out[0]):
        if out[place_of(interval) + COUNTED]:
            total += 1
    return total
