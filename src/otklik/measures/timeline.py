"""The events of one request as the measures see them: what each means to the customer, whose turn it is, two clocks."""

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from otklik.clock import ClockTable, position_us
from otklik.measures.codes import (
    ACKNOWLEDGES,
    ANSWERS,
    ASKS,
    ASSIGNED,
    BY_AGENT,
    BY_CUSTOMER,
    CANCELLED,
    CREATED,
    CUSTOMER_WROTE,
    CUSTOMERS_TURN,
    DELETED,
    IS_CANCELLED,
    IS_DONE,
    IS_GONE,
    IS_OPEN,
    IS_RESOLVED,
    IS_STEP,
    MERGED,
    MESSAGE,
    NONE,
    OUR_TURN,
    REOPENS,
    RESOLVED,
    RESOLVES,
    STATUS,
    THIRD_PARTYS_TURN,
    UNCLOCKED,
    WAITING_CUSTOMER,
    WAITING_THIRD_PARTY,
)


class EventColumns(NamedTuple):
    """The events of many requests, sorted by request and order; every entry a code (NONE = null) or microseconds.

    `calendar_of_team` has one entry a team code and, last, the calendar of everybody else.
    """

    at: Sequence[int]
    kind: Sequence[int]
    by: Sequence[int]
    public: Sequence[int]
    status: Sequence[int]
    team: Sequence[int]
    assignee: Sequence[int]
    activity: Sequence[int]
    calendar_of_team: Sequence[int]


class Life(NamedTuple):
    """One request up to the horizon: places 0..n-1 are its events, place n is the horizon.

    `end` is the place where its life ends (n while it is open), `outcome` how, `asked` the first message that waits
    for an answer (NONE: nobody asked), `unclocked` 1 where some stretch of it has no calendar.
    """

    n: int
    end: int
    outcome: int
    asked: int
    unclocked: int


class Timeline(NamedTuple):
    """The arrays of one request, one entry a place; all but the two clocks say how it is after the event.

    They are buffers that the next request writes over, with room for the longest and its horizon.
    """

    at: MutableSequence[int]
    business: MutableSequence[int]
    marks: MutableSequence[int]
    turn: MutableSequence[int]
    status: MutableSequence[int]
    team: MutableSequence[int]
    assignee: MutableSequence[int]


def read_timeline(
    log: EventColumns, clock: ClockTable, lo: int, hi: int, horizon: int, has_trail: int, paper: Timeline
) -> Life:
    """Read what the events `lo..hi` of one request mean.

    Input     log: EventColumns; lo < hi, all by `horizon` (microseconds); has_trail: the source tells the states
    Output    paper is filled; returns the Life
    Unit      microseconds, UTC
    Open end  an open request ends at place n, the horizon
    Errors    none; the range of the clock table is the caller's to check
    Source    docs/method: whose turn, resolution and reopening, business time
    """
    n, end, outcome = mark_events(log, lo, hi, paper)
    asked = mark_asking(n, paper.marks)
    lay_turns(log, lo, n, has_trail, paper)
    paper.at[n] = horizon
    unclocked = lay_business(log, clock, n, outcome, paper)
    return Life(n, end, outcome, asked, unclocked)


def mark_events(log: EventColumns, lo: int, hi: int, paper: Timeline) -> tuple[int, int, int]:
    """Mark each event by what it means, carry the state and the holders forward, and find how the life ended.

    Input     log: EventColumns, lo..hi one request; paper: at, marks, status, team, assignee are written
    Output    (number of events seen, place where the life ends, outcome IS_...)
    Unit      places on the timeline
    Open end  an open request ends at place n, the horizon
    Errors    none
    Source    docs/method: resolution, reopens; a cancellation is final unless the request was done before that instant
    """
    status = team = assignee = resolved = NONE
    for event in range(lo, hi):
        place = event - lo
        kind = log.kind[event]
        marks = meaning(kind, log.by[event], log.public[event]) | (IS_STEP if log.activity[event] else 0)
        leaves = kind in (MERGED, DELETED)
        if kind == CANCELLED and (resolved == NONE or paper.at[resolved] == log.at[event]):
            leaves = True
            if resolved != NONE:
                paper.marks[resolved] &= ~RESOLVES
        said = log.status[event]
        if said != NONE and not leaves:
            if said >= RESOLVED and status < RESOLVED:
                marks |= RESOLVES
                resolved = place
            elif said < RESOLVED and status >= RESOLVED:
                marks |= REOPENS
                resolved = NONE
            status = said
        team = holder_after(team, log.team[event], kind)
        assignee = holder_after(assignee, log.assignee[event], kind)
        paper.at[place] = log.at[event]
        paper.marks[place] = marks | (IS_DONE if status >= RESOLVED else 0)
        paper.status[place] = status
        paper.team[place] = team
        paper.assignee[place] = assignee
        if leaves:
            return place + 1, place, IS_CANCELLED if kind == CANCELLED else IS_GONE
    n = hi - lo
    if resolved == NONE:
        return n, n, IS_OPEN
    return n, resolved, IS_RESOLVED


def meaning(kind: int, by: int, public: int) -> int:
    """What an event says to or from the customer: a message does, and so does a public creation."""
    if kind == MESSAGE or (kind == CREATED and public):
        if by == BY_CUSTOMER:
            return CUSTOMER_WROTE
        if public:
            return ANSWERS | ACKNOWLEDGES if by == BY_AGENT else ACKNOWLEDGES
    return 0


def holder_after(before: int, said: int, kind: int) -> int:
    """Who holds it after an event: a null means nobody where the event is about holding, else it says nothing."""
    return said if said != NONE or kind == ASSIGNED else before


def mark_asking(n: int, marks: MutableSequence[int]) -> int:
    """Mark the customer messages that wait for an answer; return the place of the first, or NONE.

    Input     marks of n events
    Output    ASKS set in `marks`
    Unit      places on the timeline
    Open end  a message in a done state waits only if a later event reopens the request or a human answers it
    Errors    none
    Source    docs/method/waits.md: 'thanks' after resolution
    """
    asked = NONE
    revived = 0
    for step in range(n):
        place = n - 1 - step
        mark = marks[place]
        if mark & CUSTOMER_WROTE and (revived or place == 0 or not mark & IS_DONE):
            marks[place] = mark | ASKS
            asked = place
        if mark & (ANSWERS | REOPENS):
            revived = 1
    return asked


def lay_turns(log: EventColumns, lo: int, n: int, has_trail: int, paper: Timeline) -> None:
    """Write whose turn it is after each event.

    Input     log and lo for the kinds; paper: marks and status of n events
    Output    paper.turn: OUR_TURN, CUSTOMERS_TURN or THIRD_PARTYS_TURN
    Unit      codes
    Open end  the last turn holds until the horizon
    Errors    none
    Source    docs/method/waiting_on_customer.md
    """
    claimed = 0  # the customer wrote, and it is not answered yet
    answered = 0  # the last word was ours
    before = NONE
    for place in range(n):
        marks = paper.marks[place]
        status = paper.status[place]
        handed = status == WAITING_CUSTOMER and (status != before or is_said_again(log, lo + place, status))
        if handed or marks & (RESOLVES | ANSWERS):
            claimed = 0
        if marks & ANSWERS:
            answered = 1
        if marks & CUSTOMER_WROTE:
            claimed = 1
            answered = 0
        paper.turn[place] = turn_after(status, claimed, answered, has_trail)
        before = status


def is_said_again(log: EventColumns, event: int, status: int) -> bool:
    """An event about the state names the state that already was: somebody meant it."""
    return log.kind[event] == STATUS and log.status[event] == status


def turn_after(status: int, claimed: int, answered: int, has_trail: int) -> int:
    """Whose turn it is by the state; without a trail of states, by who wrote last."""
    if status == WAITING_THIRD_PARTY:
        return THIRD_PARTYS_TURN
    if status >= RESOLVED or status == WAITING_CUSTOMER:
        return OUR_TURN if claimed else CUSTOMERS_TURN
    return CUSTOMERS_TURN if answered and not has_trail else OUR_TURN


def lay_business(log: EventColumns, clock: ClockTable, n: int, outcome: int, paper: Timeline) -> int:
    """Write the working time lived up to each place, each stretch by the calendar of the team that held it.

    Input     paper: at and team of n events, at[n] = horizon; log.calendar_of_team
    Output    paper.business, and UNCLOCKED in paper.marks; returns 1 where any stretch has no calendar
    Unit      microseconds of open time since the first event
    Open end  laid up to the horizon only while the request is open
    Errors    none
    Source    DESIGN 4; docs/method: hand-over between calendars
    """
    unclocked = 0
    total = 0
    paper.business[0] = 0
    calendar = log.calendar_of_team[paper.team[0]]
    position = position_us(clock, calendar, paper.at[0]) if calendar >= 0 else 0
    for place in range(1, n + 1):
        if calendar < 0:
            paper.marks[place - 1] |= UNCLOCKED
            unclocked = 1
        if place == n and outcome != IS_OPEN:
            break
        if calendar >= 0:
            after = position_us(clock, calendar, paper.at[place])
            total += after - position
            position = after
        paper.business[place] = total
        if place < n:
            following = log.calendar_of_team[paper.team[place]]
            if following != calendar:
                calendar = following
                position = position_us(clock, calendar, paper.at[place]) if calendar >= 0 else 0
    return unclocked
