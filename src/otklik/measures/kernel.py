"""The loop over requests: one source, run as it is for a few and compiled for millions."""

import math
from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from otklik.clock import ClockTable
from otklik.measures.acknowledgement import acknowledgement
from otklik.measures.codes import IS_GONE, IS_OPEN, NEVER, NOT_APPLICABLE, NOT_AVAILABLE
from otklik.measures.customer_messages import customer_messages
from otklik.measures.first_reply import first_reply
from otklik.measures.first_resolution import first_resolution
from otklik.measures.handoffs import handoffs
from otklik.measures.hands_on import hands_on
from otklik.measures.intervals import (
    END,
    START,
    WHY,
    Intervals,
    business_us,
    cleared,
    counted,
    elapsed_us,
    is_unclocked,
    place_of,
)
from otklik.measures.longest_wait import longest_wait
from otklik.measures.one_touch import one_touch
from otklik.measures.reopens import reopens
from otklik.measures.replies import replies
from otklik.measures.resolution import resolution
from otklik.measures.steps import steps
from otklik.measures.team_handoffs import team_handoffs
from otklik.measures.timeline import EventColumns, Life, Timeline, read_timeline
from otklik.measures.unassigned import unassigned
from otklik.measures.waiting_on_customer import waiting_on_customer
from otklik.measures.waiting_on_third_party import waiting_on_third_party
from otklik.measures.waiting_on_us import waiting_on_us
from otklik.measures.waits import waits

US_PER_S = 1e6
OPEN_END = -(1 << 62)
"""`ended_at` of a request that is still open."""
N_TIMES = 10
"""How many durations have a column a request; the counts follow them in `Facts.state`."""
WAITS_BIT = 17
"""Where in the bits of availability the waits stand: after all that have columns."""


class RequestRows(NamedTuple):
    """Which events make up each request, and what its source can tell: one entry a request but for `first`.

    `first` has one more entry: the events of request r are first[r] .. first[r + 1] - 1.
    """

    first: Sequence[int]
    horizon: Sequence[int]
    available: Sequence[int]
    has_trail: Sequence[int]


class Facts(NamedTuple):
    """Where the values go: [measure][request] in seconds, counts and codes; business NaN = unknown."""

    is_there: MutableSequence[int]
    opened: MutableSequence[int]
    ended: MutableSequence[int]
    elapsed: Sequence[MutableSequence[float]]
    business: Sequence[MutableSequence[float]]
    counts: Sequence[MutableSequence[int]]
    state: Sequence[MutableSequence[int]]


class WaitRows(NamedTuple):
    """Where the waits go: one entry a wait; `why` as in codes."""

    request: MutableSequence[int]
    n: MutableSequence[int]
    start: MutableSequence[int]
    end: MutableSequence[int]
    business: MutableSequence[float]
    why: MutableSequence[int]


def measure_requests(
    log: EventColumns,
    clock: ClockTable,
    rows: RequestRows,
    paper: Timeline,
    out: Intervals,
    facts: Facts,
    wait_rows: WaitRows,
) -> int:
    """Measure every request of a batch: each walked once, then asked for each measure.

    Input     log: events sorted by request and order; rows: n requests; paper, out: buffers for the longest request
    Output    facts and wait_rows are filled; returns the number of waits
    Unit      seconds (facts), microseconds (waits)
    Open end  events after the horizon are not seen; a request that begins later is not there
    Errors    none
    Source    docs/method
    """
    n_waits = 0
    for row in range(len(rows.horizon)):
        lo = rows.first[row]
        hi = rows.first[row + 1]
        horizon = rows.horizon[row]
        while hi > lo and log.at[hi - 1] > horizon:
            hi -= 1
        facts.is_there[row] = 1 if hi > lo else 0
        if hi == lo:
            continue
        life = read_timeline(log, clock, lo, hi, horizon, rows.has_trail[row], paper)
        available = rows.available[row]
        facts.opened[row] = paper.at[0]
        facts.ended[row] = OPEN_END if life.outcome == IS_OPEN else paper.at[life.end]
        if life.outcome == IS_GONE:
            leave_out(facts.state, row, available)
            continue
        measure_times(life, paper, out, facts, row, available)
        measure_counts(life, paper, out, facts, row, available)
        if available >> WAITS_BIT & 1:
            n_waits = list_waits(life, paper, out, row, wait_rows, n_waits)
    return n_waits


def measure_times(life: Life, paper: Timeline, out: Intervals, facts: Facts, row: int, available: int) -> None:
    """Ask for every duration, in the order of catalog.TIMES.

    Input     life, paper: the request; out: buffer; available: bits of what its source can tell
    Output    facts.elapsed, facts.business and facts.state of one row
    Unit      seconds
    Open end  as each measure says
    Errors    none
    Source    docs/method, one page a measure
    """
    marks, turn, assignee = paper.marks, paper.turn, paper.assignee
    state = first_reply(life, marks, cleared(out))
    keep_time(life, paper, out, facts, row, available, 0, state)
    state = acknowledgement(life, marks, cleared(out))
    keep_time(life, paper, out, facts, row, available, 1, state)
    state = longest_wait(life, paper.at, paper.business, marks, cleared(out))
    keep_time(life, paper, out, facts, row, available, 2, state)
    state = resolution(life, marks, cleared(out))
    keep_time(life, paper, out, facts, row, available, 3, state)
    state = first_resolution(life, marks, cleared(out))
    keep_time(life, paper, out, facts, row, available, 4, state)
    state = waiting_on_us(life, turn, cleared(out))
    keep_time(life, paper, out, facts, row, available, 5, state)
    state = waiting_on_customer(life, turn, cleared(out))
    keep_time(life, paper, out, facts, row, available, 6, state)
    state = waiting_on_third_party(life, turn, cleared(out))
    keep_time(life, paper, out, facts, row, available, 7, state)
    state = unassigned(life, assignee, cleared(out))
    keep_time(life, paper, out, facts, row, available, 8, state)
    state = hands_on(life, assignee, cleared(out))
    keep_time(life, paper, out, facts, row, available, 9, state)


def measure_counts(life: Life, paper: Timeline, out: Intervals, facts: Facts, row: int, available: int) -> None:
    """Ask for every count, in the order of catalog.COUNTS."""
    marks = paper.marks
    keep_count(out, facts, row, available, 0, replies(life, marks, cleared(out)))
    keep_count(out, facts, row, available, 1, customer_messages(life, marks, cleared(out)))
    keep_count(out, facts, row, available, 2, handoffs(life, paper.assignee, cleared(out)))
    keep_count(out, facts, row, available, 3, team_handoffs(life, paper.team, cleared(out)))
    keep_count(out, facts, row, available, 4, reopens(life, marks, cleared(out)))
    keep_count(out, facts, row, available, 5, steps(life, marks, cleared(out)))
    keep_count(out, facts, row, available, 6, one_touch(life, marks, cleared(out)))


def keep_time(
    life: Life, paper: Timeline, out: Intervals, facts: Facts, row: int, available: int, column: int, state: int
) -> None:
    """Write one duration in both clocks and its state."""
    if not available >> column & 1:
        state = NOT_AVAILABLE
    facts.state[column][row] = state
    if state <= NEVER:
        facts.elapsed[column][row] = elapsed_us(paper.at, out) / US_PER_S
        working_us = business_us(life, paper.business, paper.marks, out)
        facts.business[column][row] = working_us / US_PER_S if working_us >= 0 else math.nan


def keep_count(out: Intervals, facts: Facts, row: int, available: int, column: int, state: int) -> None:
    """Write one count and its state."""
    if not available >> (N_TIMES + column) & 1:
        state = NOT_AVAILABLE
    facts.state[N_TIMES + column][row] = state
    if state <= NEVER:
        facts.counts[column][row] = counted(out)


def leave_out(state: Sequence[MutableSequence[int]], row: int, available: int) -> None:
    """Merged, deleted or spam: not applicable everywhere."""
    for column in range(len(state)):
        state[column][row] = NOT_APPLICABLE if available >> column & 1 else NOT_AVAILABLE


def list_waits(life: Life, paper: Timeline, out: Intervals, row: int, wait_rows: WaitRows, n_waits: int) -> int:
    """Write the waits of one request behind those before it; return how many there are now.

    Input     life, paper: the request; out: buffer; n_waits: how many are written already
    Output    wait_rows filled from n_waits on
    Unit      microseconds; business in seconds, NaN where no calendar applies
    Open end  the running wait ends at the horizon
    Errors    none
    Source    docs/method/waits.md
    """
    if waits(life, paper.marks, cleared(out)) == NOT_APPLICABLE:
        return n_waits
    for interval in range(out[0]):
        place = place_of(interval)
        start, end = out[place + START], out[place + END]
        unclocked = life.unclocked and is_unclocked(paper.marks, start, end)
        wait_rows.request[n_waits] = row
        wait_rows.n[n_waits] = interval
        wait_rows.start[n_waits] = paper.at[start]
        wait_rows.end[n_waits] = paper.at[end]
        wait_rows.business[n_waits] = (
            math.nan if unclocked else (paper.business[end] - paper.business[start]) / US_PER_S
        )
        wait_rows.why[n_waits] = out[place + WHY]
        n_waits += 1
    return n_waits
