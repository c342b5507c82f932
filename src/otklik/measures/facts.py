"""What comes out: one row a request and one row a wait, as Arrow."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.measures.catalog import COUNTS, PER_REQUEST, TIMES
from otklik.measures.codes import (
    DONE,
    ENDED_BY,
    ENDED_BY_CANCELLATION,
    ENDED_BY_RESOLUTION,
    NEVER,
    RESOLVED_UNANSWERED,
    RUNNING,
    STATES,
    STILL_WAITING,
)
from otklik.measures.columns import Batch
from otklik.measures.kernel import OPEN_END, US_PER_S, Facts, WaitRows
from otklik.schemas.events import UTC_US

STATE: Final = pa.dictionary(pa.int8(), pa.string())


def facts_schema() -> pa.Schema:
    """One row a request: who, its life, and for each measure its seconds in both clocks (or count) and its state.

    Input     nothing
    Output    `{measure}_s`, `{measure}_business_s`, `{measure}_state`; for counts `{measure}`, `{measure}_state`
    Unit      seconds; counts
    Open end  `ended_at` is null while a request is open
    Errors    none
    Source    docs/method
    """
    fields = [
        pa.field("source", pa.string(), nullable=False),
        pa.field("request", pa.string(), nullable=False),
        pa.field("opened_at", UTC_US, nullable=False),
        pa.field("ended_at", UTC_US),
    ]
    for measure in TIMES:
        fields.append(pa.field(f"{measure.id}_s", pa.float64()))
        fields.append(pa.field(f"{measure.id}_business_s", pa.float64()))
        fields.append(pa.field(f"{measure.id}_state", STATE, nullable=False))
    for measure in COUNTS:
        fields.append(pa.field(measure.id, pa.int32()))
        fields.append(pa.field(f"{measure.id}_state", STATE, nullable=False))
    return pa.schema(fields)


def waits_schema() -> pa.Schema:
    """One row a wait: whose, the how-manieth, from when to when, in both clocks, its state and what ended it."""
    return pa.schema(
        [
            pa.field("source", pa.string(), nullable=False),
            pa.field("request", pa.string(), nullable=False),
            pa.field("n", pa.int32(), nullable=False),
            pa.field("start", UTC_US, nullable=False),
            pa.field("end", UTC_US, nullable=False),
            pa.field("wait_s", pa.float64(), nullable=False),
            pa.field("wait_business_s", pa.float64()),
            pa.field("state", STATE, nullable=False),
            pa.field("ended_by", STATE),
        ]
    )


def facts_table(batch: Batch, facts: Facts) -> pa.RecordBatch:
    """Turn what the kernel wrote into rows of facts_schema, one for each request that has begun.

    Input     batch: names of n requests; facts: filled arrays of n
    Output    RecordBatch of facts_schema
    Unit      seconds
    Open end  ended_at is null while a request is open; values are null where the state has none
    Errors    none
    Source    docs/method
    """
    state = np.asarray(facts.state, np.int8)
    elapsed, business = np.asarray(facts.elapsed, np.float64), np.asarray(facts.business, np.float64)
    counts = np.asarray(facts.counts, np.int32)
    ended = np.asarray(facts.ended, np.int64)
    has_value = state <= NEVER
    arrays = [
        batch.source,
        batch.request,
        _instants(np.asarray(facts.opened, np.int64)),
        _instants(ended, ended != OPEN_END),
    ]
    for place in range(len(TIMES)):
        valid = has_value[place]
        arrays.append(_with_nulls(elapsed[place], valid, pa.float64()))
        arrays.append(_with_nulls(business[place], valid & (business[place] == business[place]), pa.float64()))
        arrays.append(_words(state[place], STATES))
    for place in range(len(COUNTS)):
        row = len(TIMES) + place
        arrays.append(_with_nulls(counts[place], has_value[row], pa.int32()))
        arrays.append(_words(state[row], STATES))
    schema = facts_schema()
    table = pa.RecordBatch.from_arrays([_fitting(a, f) for a, f in zip(arrays, schema, strict=True)], schema=schema)
    is_there = np.asarray(facts.is_there, np.bool_)
    return table if is_there.all() else table.filter(pa.array(is_there))


def waits_table(batch: Batch, wait_rows: WaitRows, n: int) -> pa.RecordBatch:
    """Turn the first n waits that the kernel wrote into rows of waits_schema.

    Input     batch: names of the requests; wait_rows: filled arrays of at least n
    Output    RecordBatch of waits_schema
    Unit      seconds
    Open end  a running wait ends at the horizon; ended_by is null
    Errors    none
    Source    docs/method/waits.md
    """
    request = pa.array(np.asarray(wait_rows.request[:n], np.int64))
    start, end = np.asarray(wait_rows.start[:n], np.int64), np.asarray(wait_rows.end[:n], np.int64)
    business = np.asarray(wait_rows.business[:n], np.float64)
    why = np.asarray(wait_rows.why[:n], np.int8)
    state = np.full(n, DONE, np.int8)
    state[why == STILL_WAITING] = RUNNING
    state[(why == ENDED_BY_CANCELLATION) | (why == RESOLVED_UNANSWERED)] = NEVER
    ended_by = np.where(why == RESOLVED_UNANSWERED, ENDED_BY_RESOLUTION, why).astype(np.int8)
    schema = waits_schema()
    arrays = [
        batch.source.take(request),
        batch.request.take(request),
        pa.array(np.asarray(wait_rows.n[:n], np.int32)),
        _instants(start),
        _instants(end),
        pa.array((end - start) / US_PER_S),
        _with_nulls(business, business == business, pa.float64()),
        _words(state, STATES),
        pa.DictionaryArray.from_arrays(pa.array(ended_by, mask=why == STILL_WAITING), list(ENDED_BY)),
    ]
    return pa.RecordBatch.from_arrays([_fitting(a, f) for a, f in zip(arrays, schema, strict=True)], schema=schema)


def new_facts(n: int) -> Facts:
    """Empty arrays for the values of n requests."""
    arrays: list[Any] = [
        np.empty(n, np.int8),
        np.empty(n, np.int64),
        np.empty(n, np.int64),
        np.empty((len(TIMES), n), np.float64),
        np.empty((len(TIMES), n), np.float64),
        np.empty((len(COUNTS), n), np.int32),
        np.zeros((len(PER_REQUEST), n), np.int8),  # a request that is not there yet gets no state
    ]
    return Facts(*arrays)


def new_wait_rows(n: int) -> WaitRows:
    """Empty arrays for at most n waits."""
    types = (np.int32, np.int32, np.int64, np.int64, np.float64, np.int8)
    arrays: list[Any] = [np.empty(n, kind) for kind in types]
    return WaitRows(*arrays)


def _with_nulls(values: npt.NDArray[Any], valid: npt.NDArray[np.bool_], kind: pa.DataType) -> pa.Array:
    bits = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [bits, pa.py_buffer(np.ascontiguousarray(values))])


def _instants(values: npt.NDArray[np.int64], valid: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    if valid is None:
        return pa.array(values).view(UTC_US)
    return _with_nulls(values, valid, UTC_US)


def _words(codes: npt.NDArray[np.int8], words: tuple[str, ...]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes), list(words))


def _fitting(array: pa.Array, field: pa.Field) -> pa.Array:
    return array if array.type == field.type else array.cast(field.type)
