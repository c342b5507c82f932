"""The events of all requests as arrays, with the state and the holders carried forward."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.findings.columns import codes_of, indices, key_of, micros
from otklik.schemas.events import NONE, By, Kind, Status
from otklik.stats.estimate import Flags, Ints

KINDS = tuple(kind.name for kind in Kind)
BYS = tuple(by.name for by in By)
STATUSES = tuple(status.name for status in Status)


@dataclass(frozen=True)
class Named:
    """A column of names as codes: NONE = null."""

    code: Ints
    names: list[str]


@dataclass(frozen=True)
class Trail:
    """Events sorted by request and order; `row` is the request's row in the facts; arrays of one entry an event."""

    table: pa.Table
    row: Ints
    at_us: Ints
    kind: Ints
    by: Ints
    public: Flags
    said_status: Ints
    told_at_us: Ints
    """Instants of all events up to the horizon: those after the end of their request as well."""

    @property
    def n(self) -> int:
        """How many events."""
        return int(self.row.size)

    @cached_property
    def is_first(self) -> Flags:
        """Whether the event is the first of its request."""
        first = np.ones(self.n, dtype=np.bool_)
        first[1:] = self.row[1:] != self.row[:-1]
        return first

    @cached_property
    def start(self) -> Ints:
        """For each event the place of its request's first event."""
        return np.maximum.accumulate(np.where(self.is_first, np.arange(self.n), 0))

    @cached_property
    def status(self) -> Ints:
        """State after the event."""
        return self.carried(self.said_status)

    @cached_property
    def is_done(self) -> Flags:
        """Whether the request is resolved or closed after the event."""
        return np.asarray(self.status >= Status.resolved)

    @cached_property
    def was_done(self) -> Flags:
        """Whether the request was resolved or closed before the event."""
        return np.asarray(self.before(self.is_done.astype(np.int64), 0) == 1)

    @cached_property
    def resolves(self) -> Flags:
        """Events that enter the done states from outside."""
        return self.is_done & ~self.was_done

    @cached_property
    def reopens(self) -> Flags:
        """Events that leave the done states."""
        return ~self.is_done & self.was_done

    @cached_property
    def by_customer(self) -> Flags:
        """Messages of the customer, the creation that carries one included."""
        return np.asarray(self._speaks & (self.by == By.customer))

    @cached_property
    def by_human(self) -> Flags:
        """Public messages of people on our side."""
        return np.asarray(self._speaks & self.public & (self.by == By.agent))

    @cached_property
    def by_machine(self) -> Flags:
        """Public messages of bots, rules and systems."""
        return np.asarray(self._speaks & self.public & (self.by > By.agent))

    @cached_property
    def team(self) -> Named:
        """The team holding the request after the event."""
        return self._holder("team")

    @cached_property
    def assignee(self) -> Named:
        """The person holding the request after the event."""
        return self._holder("assignee")

    @cached_property
    def actor(self) -> Named:
        """Who did it."""
        return _named(self.table["actor"])

    @cached_property
    def activity(self) -> Named:
        """The source's own step."""
        return _named(self.table["activity"])

    def carried(self, said: Ints, cleared: Flags | None = None) -> Ints:
        """Carry the last thing said forward within each request; `cleared` events say 'none'."""
        tells = said != NONE if cleared is None else (said != NONE) | cleared
        place = np.maximum.accumulate(np.where(tells, np.arange(self.n), NONE))
        return np.where(place >= self.start, said[place], NONE) if self.n else said

    def before(self, values: Ints, at_first: int) -> Ints:
        """Values at the event before, within the same request."""
        shifted = np.empty_like(values)
        shifted[1:] = values[:-1]
        shifted[self.is_first] = at_first
        return shifted

    def last_within(self, flags: Flags) -> Ints:
        """For each event the place of the latest flagged event up to it in the same request, or NONE."""
        place = np.maximum.accumulate(np.where(flags, np.arange(self.n), NONE)) if self.n else np.empty(0, np.int64)
        return np.where(place >= self.start, place, NONE)

    def next_within(self, flags: Flags) -> Ints:
        """For each event the place of the next flagged event after it in the same request, or NONE."""
        n = self.n
        if not n:
            return np.empty(0, np.int64)
        place = np.minimum.accumulate(np.where(flags, np.arange(n), n)[::-1])[::-1]
        after = np.append(place[1:], n)
        same = after < n
        same[same] = self.row[after[same]] == self.row[same]
        return np.where(same, after, NONE)

    def at_end(self, values: Ints, requests: int) -> Ints:
        """Values after the last event of each request (requests,), NONE where it has no event."""
        last = np.full(requests, NONE, dtype=np.int64)
        ends = np.append(self.is_first[1:], True) if self.n else self.is_first
        last[self.row[ends]] = values[ends]
        return last

    @cached_property
    def _speaks(self) -> Flags:
        return np.asarray((self.kind == Kind.message) | ((self.kind == Kind.created) & self.public))

    def _holder(self, name: str) -> Named:
        column = _named(self.table[name])
        return Named(self.carried(column.code, self.kind == Kind.assigned), column.names)


def read_trail(events: pa.Table, keys: Any, horizon_us: Ints) -> Trail:
    """Lay the events of a log out as arrays, up to the horizon of each request's source.

    Input     events: schemas.events.EVENTS sorted by source, request, at, seq; keys: `key_of` the facts;
              horizon_us (requests,)
    Output    Trail; events of requests that are not in the facts, after the horizon, or after the request was merged,
              deleted or cancelled are left out
    Unit      microseconds, UTC
    Open end  a request simply has no further events
    Errors    none
    Source    the service log, version 1; docs/en/method/resolution.md: how a life ends
    """
    encoded = key_of(events).dictionary_encode()
    place = np.append(indices(pc.index_in(encoded.dictionary, value_set=keys)), NONE)
    row, at_us = place[indices(encoded.indices)], micros(events["at"])
    seen = row != NONE
    seen[seen] = at_us[seen] <= horizon_us[row[seen]]
    if not seen.all():
        events, row, at_us = events.filter(pa.array(seen)), row[seen], at_us[seen]
    return _while_alive(
        Trail(
            events,
            row,
            at_us,
            codes_of(events["kind"], KINDS),
            codes_of(events["by"], BYS),
            np.asarray(events["public"].combine_chunks().to_numpy(zero_copy_only=False), dtype=np.bool_),
            codes_of(events["status"], STATUSES),
            at_us,
        )
    )


def _while_alive(trail: Trail) -> Trail:
    """End each request with the event that merges, deletes or cancels it; such an event says no state.

    A cancellation counts unless the request was done before that instant, as in the measures.
    """
    leaves = np.isin(trail.kind, (Kind.merged, Kind.deleted))
    cancels = np.flatnonzero(trail.kind == Kind.cancelled)
    resolved = trail.last_within(trail.resolves)[cancels]
    at_once = trail.was_done[cancels] & (trail.at_us[resolved] == trail.at_us[cancels])
    leaves[cancels] = at_once | ~trail.was_done[cancels]
    if not leaves.any():
        return trail
    said = np.where(leaves, NONE, trail.said_status)
    said[resolved[at_once]] = NONE
    gone = trail.before(trail.last_within(leaves), NONE) != NONE
    kept = ~gone
    return Trail(
        trail.table.filter(pa.array(kept)),
        trail.row[kept],
        trail.at_us[kept],
        trail.kind[kept],
        trail.by[kept],
        trail.public[kept],
        said[kept],
        trail.told_at_us,
    )


def _named(column: Any) -> Named:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    return Named(indices(encoded.indices), encoded.dictionary.to_pylist())
