"""What every finding looks at: the log and what was measured on it, as columns that lie side by side."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.units import US, from_us, to_us
from otklik.clock.zones import LocalTime
from otklik.findings.columns import codes_of, indices, key_of, micros, numbers
from otklik.findings.durations import NEVER, NOT_AVAILABLE, STATES, Durations
from otklik.findings.trail import Named, Trail, read_trail
from otklik.measures import Measured
from otklik.schemas.events import NONE, Can
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Clock
from otklik.stats.estimate import Floats, Ints

DAY_S = 86_400
EARLIEST_US = to_us(datetime(1900, 1, 1, tzinfo=UTC))
LATEST_US = to_us(datetime(2200, 1, 1, tzinfo=UTC))
"""The years whose local time is worked out; before and after them the offset from UTC is that of the nearest."""


@dataclass(frozen=True)
class Evidence:
    """A measured log; all arrays without another name have one entry a row of the facts."""

    log: ServiceLog
    measured: Measured
    time_zone: str = "UTC"
    focus: str = ""
    """The measure that was asked for instead of the one that answers 'how fast' by itself."""
    clock: Clock = "elapsed"
    """By which clock groups and weeks are compared."""
    _known: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def facts(self) -> pa.Table:
        """One row a request."""
        return self.measured.facts

    @property
    def n(self) -> int:
        """How many requests there are."""
        return int(self.facts.num_rows)

    @property
    def is_process(self) -> bool:
        """Whether every source is a log of steps without customer messages."""
        return bool(self.log.sources) and all(source.is_process for source in self.log.sources)

    @cached_property
    def can(self) -> Can:
        """What at least one source is able to tell."""
        told = Can(0)
        for source in self.log.sources:
            told |= source.can
        return told

    @cached_property
    def keys(self) -> pa.Array:
        """Source and request in one, to find the same request in another table."""
        return key_of(self.facts)

    @cached_property
    def opened_us(self) -> Ints:
        """When each request came."""
        return micros(self.facts["opened_at"])

    @cached_property
    def ended_us(self) -> Ints:
        """When each request ended; NONE while it is open."""
        return micros(self.facts["ended_at"])

    @cached_property
    def horizon_us(self) -> Ints:
        """Until when each request's source is complete."""
        ends = {source: to_us(at) for source, at in self.measured.horizon.items()}
        names = self.facts["source"].combine_chunks().dictionary_encode()
        of_source = np.array([ends[name] for name in names.dictionary.to_pylist()], dtype=np.int64)
        return of_source[names.indices.to_numpy(zero_copy_only=False)] if self.n else np.empty(0, np.int64)

    @cached_property
    def end_us(self) -> Ints:
        """When each request ended, or the horizon."""
        return np.where(self.ended_us == NONE, self.horizon_us, self.ended_us)

    @cached_property
    def as_of(self) -> datetime | None:
        """The latest horizon."""
        return max(self.measured.horizon.values(), default=None)

    @cached_property
    def wall(self) -> "Wall":
        """The company's wall clock."""
        start = max(EARLIEST_US, int(self.opened_us.min())) if self.n else 0
        end = min(LATEST_US, int(self.horizon_us.max())) if self.n else 0
        return Wall(LocalTime(self.time_zone, start // US - DAY_S * 31, end // US + DAY_S * 31))

    @cached_property
    def trail(self) -> Trail:
        """The events up to the horizon."""
        return read_trail(self.log.events, self.keys, self.horizon_us)

    @cached_property
    def requests(self) -> pa.Table:
        """The descriptions of the requests, in the order of the facts; null where there is none."""
        place = pc.index_in(self.keys, value_set=key_of(self.log.requests))
        return self.log.requests.take(place)

    def held_last(self, holder: str) -> Named:
        """Return who holds each request at the horizon, team or assignee (n,); from the facts or the trail."""
        if holder in self.facts.column_names:
            kept = self.facts[holder].combine_chunks()
            coded = kept if pa.types.is_dictionary(kept.type) else kept.dictionary_encode()
            return Named(indices(coded.indices), coded.dictionary.to_pylist())
        told: Named = getattr(self.trail, holder)
        return Named(self.trail.at_end(told.code, self.n), told.names)

    def states(self, measure: str) -> dict[str, int]:
        """How many requests (or waits) are in which state of a measure."""
        codes = self._state_codes(measure)
        tally = np.bincount(codes, minlength=len(STATES))
        return {name: int(tally[code]) for code, name in enumerate(STATES) if tally[code]}

    def is_told(self, measure: str) -> bool:
        """Whether the log can tell this measure for at least one request."""
        codes = self._state_codes(measure)
        return bool((codes != NOT_AVAILABLE).any())

    def durations(self, measure: str, clock: Clock = "elapsed") -> Durations:
        """Everyone to whom a measure applies; empty in a clock without calendar."""
        key = (measure, clock)
        if key not in self._known:
            self._known[key] = self._read_durations(measure, clock)
        found: Durations = self._known[key]
        return found

    def in_focus(self, measure: str) -> tuple[Clock, Durations]:
        """Return the durations by the clock asked for; by the wall clock where the log has no such time."""
        asked = self.durations(measure, self.clock)
        return (self.clock, asked) if asked.n else ("elapsed", self.durations(measure))

    def counts(self, measure: str) -> Floats:
        """Values of a count measure (n,), NaN where it does not apply."""
        return numbers(self.facts[measure])

    @cached_property
    def wait_rows(self) -> Ints:
        """The row of the facts each wait belongs to."""
        return indices(pc.index_in(key_of(self.measured.waits), value_set=self.keys))

    def _state_codes(self, measure: str) -> Ints:
        table = self.measured.waits if measure == "waits" else self.facts
        column = table["state" if measure == "waits" else f"{measure}_state"]
        if measure == "waits" and not table.num_rows:
            # no wait at all: say what the requests say of their longest one
            column = self.facts["longest_wait_state"]
        return codes_of(column, STATES)

    def _read_durations(self, measure: str, clock: Clock) -> Durations:
        suffix = "_s" if clock == "elapsed" else "_business_s"
        if measure == "waits":
            table, name, rows = self.measured.waits, f"wait{suffix}", self.wait_rows
            state, ended = codes_of(table["state"], STATES), micros(table["end"])
        else:
            table, name, rows = self.facts, f"{measure}{suffix}", np.arange(self.n)
            state, ended = codes_of(table[f"{measure}_state"], STATES), self.end_us
        value = numbers(table[name])
        there = np.flatnonzero((state <= NEVER) & ~np.isnan(value))
        rows, value, state, ended = rows[there], value[there], state[there], ended[there]
        return Durations(rows, value, state, value + self._until_horizon_s(rows, state, ended, clock))

    def _until_horizon_s(self, rows: Ints, state: Ints, ended_us: Ints, clock: Clock) -> Floats:
        """How much longer each that ended unanswered was followed."""
        more = np.zeros(rows.size)
        gone = np.flatnonzero(state == NEVER)
        horizon, ended = self.horizon_us[rows[gone]], ended_us[gone]
        if clock == "elapsed" or not gone.size:
            more[gone] = (horizon - ended) / US
            return more
        more[gone] = self._open_time_s(rows[gone], np.minimum(ended, horizon), horizon)
        return more

    def _open_time_s(self, rows: Ints, start_us: Ints, end_us: Ints) -> Floats:
        """Open time by the calendar of the team that held each last; NaN where neither it nor the book has one."""
        from otklik.clock import MISS, compile_book, elapsed

        book = self.measured.book
        assert book is not None, "working time without a calendar"
        compiled = compile_book(book, int(start_us.min()), int(end_us.max()) + 1)
        team = self.held_last("team")
        held, names = team.code[rows], team.names
        code_of = np.array([*(compiled.code_of_team(name) for name in names), compiled.default], dtype=np.int32)
        open_us = elapsed(compiled.table, code_of[held], start_us, end_us).us
        return np.where(open_us == MISS, np.nan, open_us / US)


@dataclass(frozen=True)
class Wall:
    """Instants as the company's wall clock shows them."""

    local: LocalTime

    def day(self, at_us: Ints) -> Ints:
        """Whole number of the local day (days since 1970)."""
        return self._seconds(at_us) // DAY_S

    def second(self, at_us: Ints) -> Ints:
        """Seconds since local midnight by the clock on the wall."""
        return self._seconds(at_us) % DAY_S

    def hour(self, at_us: Ints) -> Ints:
        """Local hour 0..23."""
        return self._seconds(at_us) % DAY_S // 3600

    def weekday(self, at_us: Ints) -> Ints:
        """Local weekday, 0 = Monday."""
        return (self.day(at_us) + 3) % 7

    def start_of_day(self, day: int) -> datetime:
        """Return the instant at which a local day begins."""
        return from_us(int(self.local.reached(np.array([day * DAY_S]))[0]) * US)

    def _seconds(self, at_us: Ints) -> Ints:
        return self.local.walls(np.asarray(at_us) // US)
