"""The order of events in the log, the same however they came: request, instant, place in the source, kind, content."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import Kind
from otklik.store.keys import Rows, flat, starts_of_requests, texts_of

CONTENT = ("kind", "by", "team", "assignee", "public", "status", "activity", "actor", "channel")
"""In this order they break ties; those that no measure reads come last, so that reading without them orders alike."""
IDENTITY = ("source", "request", "at", *CONTENT)
"""What makes two events the same; `seq` is only their order."""

Codes = npt.NDArray[np.int64]


def whole_table(table: pa.Table) -> pa.Table:
    """The same rows in one chunk a column, each dictionary made one."""
    return pa.table([flat(column) for column in table.columns], names=table.column_names)


def at_us(table: pa.Table) -> Codes:
    """The instants as microseconds."""
    instants: Codes = flat(table["at"]).cast(pa.int64()).to_numpy()
    return instants


def ranks(column: pa.ChunkedArray | pa.Array) -> Codes:
    """Number the values so that smaller numbers sort first; null is -1."""
    column = flat(column)
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    values = column.dictionary
    if not len(values):
        return np.full(len(column), -1, np.int64)
    codes: Codes = pc.fill_null(column.indices, -1).to_numpy().astype(np.int64)
    if pc.all(pc.greater(values[1:], values[:-1]), min_count=0).as_py():
        return codes
    place = np.empty(len(values), np.int64)
    place[pc.sort_indices(values).to_numpy()] = np.arange(len(values))
    return np.where(codes < 0, -1, place[codes])


def kind_ranks(column: pa.ChunkedArray) -> Codes:
    """The kinds in the order that breaks ties."""
    coded = flat(column)
    if not pa.types.is_dictionary(coded.type):
        coded = coded.dictionary_encode()
    place = np.array([Kind[name].value for name in coded.dictionary.to_pylist()], np.int64)
    return place[coded.indices.to_numpy()] if len(place) else np.empty(0, np.int64)


def sort_events(events: pa.Table) -> pa.Table:
    """Put events in the order of the log; those already in order are returned as they are."""
    events = whole_table(events)
    if not events.num_rows:
        return events
    leading = [ranks(events["source"]), ranks(events["request"]), at_us(events), _seq(events)]
    order = _sorted_by(leading)
    if order is not None:
        events = events.take(pa.array(order))
        leading = [column[order] for column in leading]
    tied = _tied(leading)
    if not len(tied):
        return events
    present = [name for name in CONTENT[1:] if name in events.column_names]
    content = [kind_ranks(events["kind"]), *(ranks(events[name]) for name in present)]
    again = np.arange(events.num_rows)
    again[tied] = tied[np.lexsort([column[tied] for column in reversed([*leading, *content])])]
    return events.take(pa.array(again))


def sort_by_request(rows: pa.Table) -> pa.Table:
    """Sort by source and request; the rows of one request keep their order."""
    rows = whole_table(rows)
    if rows.num_rows < 2:
        return rows
    order = np.lexsort([ranks(rows["request"]), ranks(rows["source"])])
    return rows if bool((np.diff(order) == 1).all()) else rows.take(pa.array(order))


def _seq(events: pa.Table) -> Codes:
    numbers: Codes = flat(events["seq"]).to_numpy().astype(np.int64)
    return numbers


def _sorted_by(columns: list[Codes]) -> Rows | None:
    equal = np.ones(len(columns[0]) - 1, dtype=bool)
    rising = np.zeros(len(columns[0]) - 1, dtype=bool)
    for column in columns:
        step = np.diff(column)
        rising |= equal & (step > 0)
        equal &= step == 0
    if bool(np.all(rising | equal)):
        return None
    return np.lexsort(columns[::-1])


def _tied(columns: list[Codes]) -> Rows:
    """Rows that share all these columns with a neighbour."""
    equal = np.ones(len(columns[0]) - 1, dtype=bool)
    for column in columns:
        equal &= np.diff(column) == 0
    tied = np.zeros(len(columns[0]), dtype=bool)
    tied[1:] |= equal
    tied[:-1] |= equal
    return np.flatnonzero(tied)


def number_instants(events: pa.Table) -> pa.Table:
    """Number the events of one instant from 0, in the order they stand."""
    if not events.num_rows:
        return events
    row = np.arange(events.num_rows)
    begins = np.zeros(events.num_rows, dtype=bool)
    begins[starts_of_requests(events)] = True
    begins[1:] |= np.diff(at_us(events)) != 0
    seq = (row - np.maximum.accumulate(np.where(begins, row, 0))).astype(np.int32)
    return events.set_column(events.column_names.index("seq"), "seq", pa.array(seq))


def merge_events(one: pa.Table, other: pa.Table) -> pa.Table:
    """Merge two tables in order into one in order; only requests that stand in both are sorted again."""
    both, shared = _interleave(one, other)
    if not len(shared):
        return both
    again = np.arange(both.num_rows)
    touched = both.take(pa.array(shared)).append_column("row", pa.array(shared))
    again[shared] = sort_events(touched)["row"].to_numpy()
    return both.take(pa.array(again))


def merge_rows(one: pa.Table, other: pa.Table) -> pa.Table:
    """Merge two tables of whole requests in order, which have no request in common."""
    return _interleave(one, other)[0]


def _interleave(one: pa.Table, other: pa.Table) -> tuple[pa.Table, Rows]:
    """Lay requests of both in order; also say which rows belong to requests that stand in both."""
    if not other.num_rows:
        return one, np.empty(0, np.int64)
    if not one.num_rows:
        return other, np.empty(0, np.int64)
    both = whole_table(pa.concat_tables([_alike(one, other), other.select(one.column_names)]))
    starts, other_starts = starts_of_requests(one), starts_of_requests(other)
    names, other_names = _names(one, starts), _names(other, other_starts)
    place = np.searchsorted(names, other_names)
    hit = names[np.minimum(place, len(names) - 1)] == other_names
    slot = np.repeat(2 * place + hit, np.diff([*other_starts, other.num_rows]))
    slots = np.concatenate([np.repeat(2 * np.arange(len(names)) + 1, np.diff([*starts, one.num_rows])), slot])
    order = np.argsort(slots, kind="stable")
    shared = np.zeros(2 * len(names) + 2, dtype=bool)
    shared[2 * place[hit] + 1] = True
    return both.take(pa.array(order)), np.flatnonzero(shared[slots[order]])


def _alike(one: pa.Table, other: pa.Table) -> pa.Table:
    """Cast columns so that both tables can be laid together."""
    if one.schema.equals(other.select(one.column_names).schema):
        return one
    return pa.table([_as(one[n], other.schema.field(n).type) for n in one.column_names], names=one.column_names)


def _as(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.type == kind:
        return column
    if pa.types.is_dictionary(kind) and not pa.types.is_dictionary(column.type):
        return column.cast(kind.value_type).dictionary_encode().cast(kind)
    return column.cast(kind)


def _names(table: pa.Table, starts: Rows) -> npt.NDArray[np.object_]:
    first = pa.array(starts)
    columns = [texts_of(table[name].take(first)) for name in ("source", "request")]
    names: npt.NDArray[np.object_] = np.array(pc.binary_join_element_wise(*columns, "\0").to_pylist(), dtype=object)
    return names
