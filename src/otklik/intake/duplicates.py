"""The same event told twice counts once; two events that only look alike both stay.

An import is a union of its records as multisets: an event that stands twice in one record is there twice, one that
stands once in each of two records is there once. The same = equal in every column of the log and in `key`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.intake.coded import coded, codes_of, is_text
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
    return Distinct(events.filter(pa.array(kept)), count_not_among(np.unique(records[dropped]), records[kept]))


def count_not_among(few: npt.NDArray[np.int64], many: npt.NDArray[np.int64]) -> int:
    """How many of a few sorted numbers do not stand among many."""
    if not len(few):
        return 0
    places = np.minimum(np.searchsorted(few, many), len(few) - 1)
    found = np.zeros(len(few), dtype=bool)
    found[places[few[places] == many]] = True
    return len(few) - int(found.sum())


def _suspects(events: pa.Table) -> npt.NDArray[np.int64]:
    """Rows whose fingerprint is not alone: few, so that the exact look may be slow."""
    prints = np.full(events.num_rows, _ODD, dtype=np.uint64)
    for name in (*IDENTITY, "key"):
        if events[name].null_count < events.num_rows:
            prints ^= _numbers(events[name])
            prints *= _SPREAD
            prints ^= prints >> np.uint64(32)
    in_order = np.sort(prints)
    repeated = in_order[1:][in_order[1:] == in_order[:-1]]
    if not len(repeated):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.isin(prints, repeated))


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    kind = column.type
    if is_text(kind):
        return codes_of(coded(column)).astype(np.uint64)
    numbers = column.cast(pa.int8()) if pa.types.is_boolean(kind) else column.cast(pa.int64())
    return np.asarray(numbers).astype(np.uint64)


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
