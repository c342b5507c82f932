"""The order of the log: request, instant, then as the source told it; `seq` numbers the events of one instant."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.coded import coded, codes_of, is_text, texts
from otklik.schemas.events import EVENTS

Whole = npt.NDArray[np.int32] | npt.NDArray[np.int64]
_RUN_ROWS = 100


def sort_events(events: pa.Table) -> pa.Table:
    """Sort by request, instant and place in the source, and number the events of one instant from 0."""
    if not events.num_rows:
        return EVENTS.empty_table()
    at_us = events["at"].cast(pa.int64()).to_numpy()
    ranks = _ranks(coded(events["request"]))
    order = None if _is_in_order(ranks, at_us) else order_of(ranks, at_us)
    if order is not None:
        at_us, ranks = at_us[order], ranks[order]
    seq = pa.array(_places(ranks, at_us), pa.int32())
    rows = None if order is None else pa.array(order)
    with ThreadPoolExecutor(pa.cpu_count()) as pool:  # Arrow lets go of the interpreter while it copies
        columns = list(pool.map(lambda name: _laid_out(events[name], rows), EVENTS.names))
    columns[EVENTS.get_field_index("seq")] = seq
    return pa.table(columns, schema=EVENTS)


def _laid_out(column: pa.ChunkedArray, rows: pa.Array | None) -> pa.Array:
    """One column in order, as plain text or as it is; a column of one value is in order already."""
    one = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    is_same = pa.types.is_dictionary(one.type) and (
        one.null_count == len(one) or (not one.null_count and len(one.dictionary) == 1)
    )
    if rows is not None and not is_same:
        one = one.take(rows)
    return texts(one) if is_text(one.type) else one


def _ranks(names: pa.DictionaryArray) -> npt.NDArray[np.int32]:
    """The place of each row's request among all requests by name."""
    by_name = np.asarray(pc.array_sort_indices(names.dictionary))
    ranks = np.empty(len(by_name), dtype=np.int32)
    ranks[by_name] = np.arange(len(by_name), dtype=np.int32)
    return ranks[codes_of(names)]


def order_of(ranks: Whole, at_us: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rows by rank, then by instant, then as they stand."""
    if not len(ranks):
        return np.zeros(0, dtype=np.int64)
    span = int(at_us.max()) - int(at_us.min()) + 1
    if (int(ranks.max()) + 1) * span < 2**63:
        return _stable_order(ranks.astype(np.int64) * span + (at_us - at_us.min()))
    return np.lexsort((at_us, ranks))


def _is_in_order(ranks: Whole, at_us: npt.NDArray[np.int64]) -> bool:
    same = ranks[1:] == ranks[:-1]
    return bool(np.all((ranks[1:] > ranks[:-1]) | (same & (at_us[1:] >= at_us[:-1]))))


def _stable_order(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sort whole keys the fast way, then put equal ones (few) back in their old order; a few long runs are merged."""
    if np.count_nonzero(keys[1:] < keys[:-1]) < len(keys) // _RUN_ROWS:
        return np.argsort(keys, kind="stable")
    order = np.argsort(keys)
    in_order = keys[order]
    same = in_order[1:] == in_order[:-1]
    if same.any():
        tied = np.zeros(len(keys), dtype=bool)
        tied[1:] |= same
        tied[:-1] |= same
        rows = order[tied]
        order[tied] = rows[np.lexsort((rows, keys[rows]))]
    return order


def _places(ranks: npt.NDArray[np.int32], at_us: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Count up within each run of equal (request, instant)."""
    number = np.arange(len(ranks))
    starts = np.ones(len(ranks), dtype=bool)
    starts[1:] = (ranks[1:] != ranks[:-1]) | (at_us[1:] != at_us[:-1])
    return (number - np.maximum.accumulate(np.where(starts, number, 0))).astype(np.int32)
