"""The same event told twice counts once; two events that only look alike both stay.

An import is a union of its records as multisets: an event that stands twice in one record is there twice, one that
stands once in each of two records is there once. The same = equal in every column of the log and in `key`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import EVENTS

IDENTITY = tuple(name for name in EVENTS.names if name not in {"source", "seq"})
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True)
class Distinct:
    """What is left, and how many records brought nothing new."""

    events: pa.Table
    duplicate_records: int


def drop_duplicates(events: pa.Table) -> Distinct:
    """Keep the first of equal events; count the records none of whose events is left."""
    suspects = _suspects(events)
    if not len(suspects):
        return Distinct(events, 0)
    dropped = suspects[_repeats(events.take(pa.array(suspects)))]
    kept = np.ones(events.num_rows, dtype=bool)
    kept[dropped] = False
    records = events["record"].to_numpy()
    gone = np.setdiff1d(records[dropped], records[kept])
    return Distinct(events.filter(pa.array(kept)), len(gone))


def _suspects(events: pa.Table) -> npt.NDArray[np.int64]:
    """Rows whose fingerprint is not alone: few, so that the exact look may be slow."""
    prints = np.full(events.num_rows, _ODD, dtype=np.uint64)
    for name in (*IDENTITY, "key"):
        prints = (prints ^ _codes(events[name])) * _SPREAD
        prints ^= prints >> np.uint64(32)
    order = np.argsort(prints, kind="stable")
    same = prints[order[1:]] == prints[order[:-1]]
    twice = np.zeros(events.num_rows, dtype=bool)
    twice[order[1:]] |= same
    twice[order[:-1]] |= same
    return np.flatnonzero(twice)


def _codes(column: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    if column.null_count == len(column):
        return np.zeros(len(column), dtype=np.uint64)
    if pa.types.is_timestamp(column.type):
        numbers = column.cast(pa.int64())
    elif pa.types.is_boolean(column.type):
        numbers = column.cast(pa.int8())
    else:
        numbers = column.combine_chunks().dictionary_encode().indices
    codes: npt.NDArray[np.uint64] = pc.fill_null(numbers.cast(pa.int64()), -1).to_numpy().astype(np.uint64)
    return codes


def _repeats(rows: pa.Table) -> npt.NDArray[np.bool_]:
    """Say of each row whether an equal one came before it in an earlier record (multiset maximum over records)."""
    seen: dict[tuple[object, ...], int] = {}
    within: dict[tuple[object, ...], int] = {}
    repeats = np.zeros(rows.num_rows, dtype=bool)
    columns = [rows[name].to_pylist() for name in (*IDENTITY, "key", "record")]
    columns[IDENTITY.index("at")] = rows["at"].cast(pa.int64()).to_pylist()
    for number, (*same, record) in enumerate(zip(*columns, strict=True)):
        identity = tuple(same)
        rank = within[(*identity, record)] = within.get((*identity, record), 0) + 1
        repeats[number] = rank <= seen.get(identity, 0)
        seen[identity] = max(seen.get(identity, 0), rank)
    return repeats
