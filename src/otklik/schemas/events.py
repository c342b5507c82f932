"""The service log, version 1: what an event, a request and a quarantined row look like as Arrow."""

from enum import IntEnum, IntFlag
from typing import Final

import pyarrow as pa

LOG_VERSION: Final = 1


class Kind(IntEnum):
    """What happened. The order breaks ties between events of the same instant and source order."""

    created = 0
    message = 1
    note = 2
    assigned = 3
    step = 4
    status = 5
    merged = 6
    cancelled = 7
    deleted = 8
    rated = 9


class By(IntEnum):
    """Who did it."""

    customer = 0
    agent = 1
    bot = 2
    rule = 3
    system = 4


class Status(IntEnum):
    """State of the request after the event; NONE in arrays means the event says nothing about it."""

    new = 0
    open = 1
    waiting_customer = 2
    waiting_third_party = 3
    resolved = 4
    closed = 5


NONE: Final = -1
"""Code of a null in every code array."""

LIVE_CHANNELS: Final = frozenset({"phone", "walk-in"})
"""Channels in which a request opened by an agent was served face to face: it has no first reply to wait for."""


class Can(IntFlag):
    """What a source is able to tell; a measure whose needs are not met is `not available`, never guessed."""

    messages = 1  # every customer message and every public answer
    first_reply = 2  # at least the first human answer
    resolution = 4  # when it was resolved
    status = 8  # the full trail of states (reopenings, pauses)
    assignee = 16  # who held it, over time
    team = 32  # which team held it, over time
    steps = 64  # the source's own steps
    acknowledgement = 128  # answers by machines as well


MODES: Final = ("events", "messages", "dates")
"""Three ways a source knows the past: full trail; messages + field history; only a few dates."""

UTC_US: Final = pa.timestamp("us", tz="UTC")
CODED: Final = pa.dictionary(pa.int32(), pa.string())

EVENTS: Final = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("request", pa.string(), nullable=False),
        pa.field("at", UTC_US, nullable=False),
        pa.field("seq", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("by", pa.string(), nullable=False),
        pa.field("actor", pa.string()),
        pa.field("team", pa.string()),
        pa.field("assignee", pa.string()),
        pa.field("public", pa.bool_(), nullable=False),
        pa.field("channel", pa.string()),
        pa.field("status", pa.string()),
        pa.field("activity", pa.string()),
    ]
)

REQUESTS: Final = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("request", pa.string(), nullable=False),
        pa.field("customer", pa.string()),
        pa.field("subject", pa.string()),
        pa.field("channel", pa.string()),
        pa.field("category", pa.string()),
        pa.field("priority", pa.string()),
        pa.field("segment", pa.string()),
        pa.field("language", pa.string()),
        pa.field("opened_at", UTC_US),
        pa.field("attributes", pa.map_(pa.string(), pa.string())),
    ]
)

QUARANTINE: Final = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("row", pa.int64()),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("detail", pa.string()),
        pa.field("raw", pa.string()),
    ]
)
