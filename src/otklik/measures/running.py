"""Run the kernel over one batch, plain or compiled, and hand its arrays on as Arrow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

import numpy as np
import pyarrow as pa

from otklik.base.units import to_us
from otklik.clock import ClockTable
from otklik.measures.catalog import availability
from otklik.measures.columns import Batch, coded
from otklik.measures.facts import facts_table, new_facts, new_wait_rows, waits_table
from otklik.measures.intervals import Intervals
from otklik.measures.kernel import Facts, RequestRows, WaitRows, measure_requests
from otklik.measures.timeline import Timeline
from otklik.schemas.events import Can

T = TypeVar("T", bound=tuple[Any, ...])
LONGEST_FREE = 4096
"""Room on the paper for requests of this many events; longer ones get a bigger sheet."""


def run(
    batch: Batch, clock: ClockTable, until: Mapping[str, datetime], can: Mapping[str, Can], engine: str
) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """Measure one batch.

    Input     batch: whole requests; clock: table that covers them; until, can: by source; engine: plain or compiled
    Output    facts and waits (measures.facts_schema, measures.waits_schema)
    Unit      seconds; counts
    Open end  what is open runs to the horizon of its source
    Errors    KeyError for a source that nobody described
    Source    DESIGN 5: one definition, two speeds
    """
    rows = request_rows(batch, until, can)
    longest = max(LONGEST_FREE, int(np.diff(batch.first).max(initial=0)))
    facts, wait_rows = new_facts(len(batch.request)), new_wait_rows(len(batch.columns.at))
    if engine == "plain":
        return _run_plain(batch, clock, rows, longest, facts, wait_rows)
    from otklik.measures.compiling import compiled_kernel

    n_waits = compiled_kernel()(
        batch.columns, clock, rows, new_paper(longest), new_intervals(longest), facts, wait_rows
    )
    return facts_table(batch, facts), waits_table(batch, wait_rows, n_waits)


def _run_plain(
    batch: Batch, clock: ClockTable, rows: RequestRows, longest: int, facts: Facts, wait_rows: WaitRows
) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """Lists and memory views instead of arrays: the same walk, several times quicker in plain Python."""
    listed_facts, listed_waits = listed(facts), listed(wait_rows)
    n_waits = measure_requests(
        listed(batch.columns),
        viewed(clock),
        listed(rows),
        listed(new_paper(longest)),
        [0] * len(new_intervals(longest)),
        listed_facts,
        listed_waits,
    )
    return facts_table(batch, listed_facts), waits_table(batch, listed_waits, n_waits)


def request_rows(batch: Batch, until: Mapping[str, datetime], can: Mapping[str, Can]) -> RequestRows:
    """Look up for each request of a batch what is known about its source."""
    source, names = coded(batch.source)
    horizon = np.array([to_us(until[name]) for name in names], np.int64)
    available = np.array([availability(can[name]) for name in names], np.int64)
    has_trail = np.array([Can.status in can[name] for name in names], np.int8)
    arrays: list[Any] = [batch.first, horizon[source], available[source], has_trail[source]]
    return RequestRows(*arrays)


def new_paper(longest: int) -> Timeline:
    """An empty timeline with room for that many events and the horizon."""
    types = (np.int64, np.int64, np.int32, np.int32, np.int32, np.int32, np.int32)
    arrays: list[Any] = [np.zeros(longest + 1, kind) for kind in types]
    return Timeline(*arrays)


def new_intervals(longest: int) -> Intervals:
    """An empty interval list with room for all that a request of that many events can give."""
    return cast("Intervals", np.zeros(1 + 4 * (longest + 2), np.int64))


def listed(arrays: T) -> T:
    """The same named tuple with lists for arrays."""
    return type(arrays)(*(a.tolist() if isinstance(a, np.ndarray) else a for a in arrays))


def viewed(clock: ClockTable) -> ClockTable:
    """The same table behind memory views, which give plain numbers one by one much sooner than arrays do."""
    return ClockTable(clock.start_us, clock.end_us, *(_view(array) for array in clock[2:]))


def _view(array: Any) -> Any:
    return memoryview(array)
