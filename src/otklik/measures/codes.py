"""The numbers that stand for words inside the measures; the words themselves are at the doors of the room."""

from typing import Final

from otklik.schemas.events import By, Kind, Status

NONE: Final = -1
"""A null in every array of codes."""

# What the log says. Plain numbers, because the measures run both as Python and compiled.
CREATED: Final = int(Kind.created)
MESSAGE: Final = int(Kind.message)
ASSIGNED: Final = int(Kind.assigned)
STATUS: Final = int(Kind.status)
MERGED: Final = int(Kind.merged)
CANCELLED: Final = int(Kind.cancelled)
DELETED: Final = int(Kind.deleted)
BY_CUSTOMER: Final = int(By.customer)
BY_AGENT: Final = int(By.agent)
WAITING_CUSTOMER: Final = int(Status.waiting_customer)
WAITING_THIRD_PARTY: Final = int(Status.waiting_third_party)
RESOLVED: Final = int(Status.resolved)
"""This state and every one after it is *done*: {resolved, closed}."""

# What an event means to the customer: bits of `Timeline.marks`.
CUSTOMER_WROTE: Final = 1
ASKS: Final = 2
"""A customer message that waits for an answer; a 'thanks' after resolution does not."""
ANSWERS: Final = 4
"""A public human message."""
ACKNOWLEDGES: Final = 8
"""A public message by anyone or anything but the customer."""
RESOLVES: Final = 16
"""Enters the done set from outside."""
REOPENS: Final = 32
IS_DONE: Final = 64
IS_STEP: Final = 128
UNCLOCKED: Final = 256
"""From this event to the next one nobody's calendar applies: business time is unknown."""

# Whose turn it is after an event.
OUR_TURN: Final = 0
CUSTOMERS_TURN: Final = 1
THIRD_PARTYS_TURN: Final = 2

# How the life of a request stands at the horizon.
IS_OPEN: Final = 0
IS_RESOLVED: Final = 1
IS_CANCELLED: Final = 2
IS_GONE: Final = 3
"""Merged, deleted or spam: it leaves the measures."""

# The state of a measured value; the order is part of the contract: a value exists up to NEVER.
DONE: Final = 0
RUNNING: Final = 1
NEVER: Final = 2
NOT_APPLICABLE: Final = 3
NOT_AVAILABLE: Final = 4
STATES: Final = ("done", "running", "never", "not_applicable", "not_available")

# In which clock an interval counts; a value is the sum of what counts.
NOT_COUNTED: Final = 0
ELAPSED: Final = 1
BUSINESS: Final = 2
BOTH: Final = 3

# Why an interval counts, or why it does not: places in WHYS.
ANSWERED: Final = 0
ENDED_BY_RESOLUTION: Final = 1
ENDED_BY_CANCELLATION: Final = 2
STILL_WAITING: Final = 3
NOBODY_ASKED: Final = 4
SHORTER_WAIT: Final = 5
BEING_SERVED: Final = 6
RESOLVED_BUT_REOPENED: Final = 7
AFTER_RESOLUTION: Final = 8
OUR_MOVE: Final = 9
CUSTOMERS_MOVE: Final = 10
THIRD_PARTYS_MOVE: Final = 11
NOBODY_HELD_IT: Final = 12
SOMEBODY_HELD_IT: Final = 13
HAPPENED: Final = 14
NOT_ONE_TOUCH: Final = 15
LEFT_THE_MEASURES: Final = 16
SERVED_LIVE: Final = 17
RESOLVED_UNANSWERED: Final = 18
WHYS: Final = (
    "answered",
    "ended_by_resolution",
    "ended_by_cancellation",
    "still_waiting",
    "nobody_asked",
    "shorter_wait",
    "being_served",
    "resolved_but_reopened",
    "after_resolution",
    "our_move",
    "customers_move",
    "third_partys_move",
    "nobody_held_it",
    "somebody_held_it",
    "happened",
    "not_one_touch",
    "left_the_measures",
    "served_live",
    "resolved_unanswered",
)
ENDED_BY: Final = ("reply", "resolution", "cancellation")
"""How a wait ended, by the same places as the first three of WHYS."""
