"""Arrow events to the arrays that the measures walk: codes for words, and where each request begins."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.errors import OtklikError
from otklik.measures.codes import NONE
from otklik.measures.timeline import EventColumns
from otklik.schemas.events import By, Kind, Status

NEEDED = ("source", "request", "at", "kind", "by", "team", "assignee", "public", "status", "activity")
"""The columns of the log that the measures read; a batch may leave out the others."""


Rows: TypeAlias = pa.RecordBatch | pa.Table


class UnsortedEvents(OtklikError):
    """A batch whose events are not in order within a request: a mistake of the caller."""


class Batch(NamedTuple):
    """A batch of whole requests, ready for the kernel; `source` and `request` name each request."""

    columns: EventColumns
    first: npt.NDArray[np.int64]
    source: pa.Array
    request: pa.Array


def read_batch(events: Rows, calendar_of: Callable[[str | None], int]) -> Batch:
    """Turn events sorted by (source, request, at, seq), whole requests only, into arrays.

    Input     events: the NEEDED columns of schemas.events.EVENTS, words plain or dictionary-coded; calendar_of: team
              to calendar code
    Output    Batch; the arrays are read-only views of the Arrow buffers where the types allow it
    Unit      microseconds since 1970 UTC
    Open end  does not apply
    Errors    UnsortedEvents when time goes back within a request; ValueError for an unknown kind, by or status
    Source    DESIGN 5: one definition, two speeds
    """
    column = {name: _whole(events.column(name)) for name in NEEDED}
    at = instants(column["at"])
    first = request_bounds(column["source"], column["request"])
    _check_order(at, first)
    team, teams = coded(column["team"])
    assignee, _ = coded(column["assignee"])
    calendars = np.array([*(calendar_of(name) for name in teams), calendar_of(None)], np.int32)
    arrays: list[Any] = [
        at,
        _enum_codes(column["kind"], Kind),
        _enum_codes(column["by"], By),
        _flags(column["public"]),
        _enum_codes(column["status"], Status),
        team,
        assignee,
        _flags(pc.is_valid(column["activity"])),
        _frozen(calendars),
    ]
    starts = pa.array(first[:-1])
    return Batch(EventColumns(*arrays), first, column["source"].take(starts), column["request"].take(starts))


def request_bounds(source: pa.Array, request: pa.Array) -> npt.NDArray[np.int64]:
    """Where each request begins, and at last the number of events."""
    if not len(request):
        return _frozen(np.zeros(1, np.int64))
    changes = _changes(request)
    if not _is_constant(source):
        changes |= _changes(source)
    inner = np.flatnonzero(changes) + 1
    return _frozen(np.concatenate(([0], inner, [len(request)])).astype(np.int64))


def coded(column: pa.Array) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Words as codes and the list of words; NONE for a null."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    indices = column.indices
    if indices.null_count:
        indices = pc.fill_null(indices, pa.scalar(NONE, indices.type))
    codes = indices.to_numpy(zero_copy_only=False)
    return _frozen(codes.astype(np.int32, copy=False)), column.dictionary.to_pylist()


def instants(column: pa.Array) -> npt.NDArray[np.int64]:
    """Microseconds since 1970 UTC; nanoseconds and seconds are cast."""
    column = column.cast(pa.timestamp("us", tz=column.type.tz)).view(pa.int64())
    return _frozen(column.to_numpy(zero_copy_only=False))


def whole_requests(batches: Iterable[Rows]) -> Iterator[Rows]:
    """Cut sorted batches anew where one of them ends in the middle of a request.

    Input     batches: sorted by (source, request, at, seq), cut anywhere
    Output    batches of whole requests, in the same order; the request across a cut comes as a batch of its own
    Unit      does not apply
    Open end  does not apply
    Errors    none
    Source    DESIGN 5: whoever can hand over sorted batches can run the measures
    """
    open_request: list[Rows] = []
    some = (batch for batch in batches if batch.num_rows)
    for batch, following in pairwise(chain(some, [None])):
        goes_on = following is not None and _name_at(batch, -1) == _name_at(following, 0)
        if open_request:
            end = _bounds(batch)[1]
            open_request.append(batch.slice(0, end))
            batch = batch.slice(end)
            if goes_on and not batch.num_rows:
                continue
            yield _joined(open_request)
            open_request = []
        if goes_on:
            start = _bounds(batch)[-2]
            open_request = [batch.slice(start)]
            batch = batch.slice(0, start)
        if batch.num_rows:
            yield batch


def _bounds(rows: Rows) -> npt.NDArray[np.int64]:
    return request_bounds(_whole(rows.column("source")), _whole(rows.column("request")))


def _joined(pieces: Sequence[Rows]) -> Rows:
    tables = [piece if isinstance(piece, pa.Table) else pa.Table.from_batches([piece]) for piece in pieces]
    plain = pa.schema([(field.name, _plain(field.type)) for field in tables[0].schema])
    return pa.concat_tables([table.cast(plain) for table in tables]).combine_chunks().to_batches()[0]


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _name_at(batch: Rows, place: int) -> tuple[object, ...]:
    return tuple(batch.column(name)[place].as_py() for name in ("source", "request"))


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        column = column.combine_chunks()
        return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    return column


def _changes(column: pa.Array) -> npt.NDArray[np.bool_]:
    if pa.types.is_dictionary(column.type):
        column = column.indices
    changes: npt.NDArray[np.bool_]
    if pa.types.is_integer(column.type):
        codes = column.to_numpy(zero_copy_only=False)
        changes = codes[1:] != codes[:-1]
    else:
        earlier = column.slice(0, len(column) - 1)
        changes = pc.not_equal(column.slice(1), earlier).to_numpy(zero_copy_only=False)
    return changes


def _is_constant(column: pa.Array) -> bool:
    """Whether every row of a column says the same; its first and last alone would hide what lies between."""
    if pa.types.is_dictionary(column.type):
        ends = pc.min_max(column.indices)
        return bool(ends["min"] == ends["max"])
    return bool(pc.all(pc.equal(column, column[0])).as_py())


def _check_order(at: npt.NDArray[np.int64], first: npt.NDArray[np.int64]) -> None:
    back = np.flatnonzero(at[1:] < at[:-1]) + 1
    if len(np.setdiff1d(back, first, assume_unique=True)):
        raise UnsortedEvents("events go back in time within a request")


def _enum_codes(column: pa.Array, words: type[IntEnum]) -> npt.NDArray[np.int8]:
    codes, names = coded(column)
    table = np.array([*(words[name] if name is not None else NONE for name in names), NONE], np.int8)
    return _frozen(table[codes])


def _flags(column: pa.Array) -> npt.NDArray[np.int8]:
    return _frozen(column.to_numpy(zero_copy_only=False).view(np.int8))


def _frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Arrow's own buffers are read-only; the others follow, so that one compiled form serves all."""
    array.flags.writeable = False
    return array
