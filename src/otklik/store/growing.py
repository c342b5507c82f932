"""Large additions, straight into the cold files: after what is there in files of their own, else written in among it.

The cold files of a bucket follow each other: no request of one comes before the last of the one before. So a log that
grows by whole months of new requests writes each row once, however long it is, and a request lies in one cold file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log2
from typing import Final

import numpy as np
import pyarrow as pa

from otklik.store.delta import DataFile
from otklik.store.keys import Hashes, HashRange, Keys, Rows, hash_keys, starts_of_requests, texts_of
from otklik.store.placing import Kind, Moved, write_cold
from otklik.store.reading import BATCH_ROWS, buckets_of, in_order, merged, side_by_side
from otklik.store.sorted_files import Written

FILES_A_BUCKET: Final = 4
"""A bucket with more rows than so many files should have is cut when rows are added."""


@dataclass(frozen=True)
class Spread:
    """Rows in order, to be taken bucket by bucket."""

    rows: pa.Table
    starts: Rows
    hashes: Hashes
    """One a request."""

    @classmethod
    def of(cls, rows: pa.Table) -> "Spread":
        """Hash each request once."""
        starts = starts_of_requests(rows)
        first = pa.array(starts)
        source, request = (texts_of(rows[name].take(first)) for name in ("source", "request"))
        return cls(rows, starts, hash_keys(source, request))

    def within(self, bucket: HashRange) -> pa.Table:
        """The rows of one bucket, in order."""
        if bucket.bits == 0:
            return self.rows
        chosen = np.flatnonzero(bucket.holds(self.hashes))
        lengths = np.diff(self.starts, append=self.rows.num_rows)[chosen]
        begins = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(self.starts[chosen] - begins, lengths)
        return self.rows.take(pa.array(places))


def lay_in(kind: Kind, cold: Sequence[DataFile], rows: pa.Table, gone: Keys, step: int, *, after: bool = True) -> Moved:
    """Add rows, in order within a bucket, to cold files, once the rows of the requests that are `gone` have left them.

    Unless `after`, a bucket that gets rows is always written again as a whole, so that there is one file of it.
    """
    spread = Spread.of(rows)
    buckets = buckets_of(cold) if cold else HashRange().split(_bits(rows.num_rows, kind))

    def one(bucket: HashRange) -> Moved:
        there = in_order(cold, bucket)
        new, leaving = spread.within(bucket), gone.within(bucket)
        total = sum(file.rows for file in there) + new.num_rows
        if there and not new.num_rows and not len(leaving):
            return Moved([], [])
        fits = after and total <= FILES_A_BUCKET * kind.cold_rows
        if not there or (fits and _comes_after(there[-1], new, leaving)):
            return Moved([write_cold(kind, bucket, [new], step)] if new.num_rows or not there else [], [])
        return Moved(list(_write_again(kind, bucket, there, new, leaving, step)), list(there))

    found = side_by_side(one, buckets)
    return Moved([file for moved in found for file in moved.add], [file for moved in found for file in moved.remove])


def _bits(rows: int, kind: Kind) -> int:
    return max(0, ceil(log2(rows / kind.cold_rows))) if rows else 0


def _comes_after(file: DataFile, rows: pa.Table, leaving: Keys) -> bool:
    """Say whether all that changes comes after the last request of a file."""
    last = file.sorted.last
    firsts = [*leaving.names[:1], *Keys.of(rows.slice(0, 1)).names]
    return last is not None and min(firsts) > last


def _write_again(
    kind: Kind, bucket: HashRange, there: Sequence[DataFile], new: pa.Table, leaving: Keys, step: int
) -> Iterator[Written]:
    """Read the bucket once for each part it is cut into: reading takes little, and memory stays bounded."""
    total = sum(file.rows for file in there) + new.num_rows
    spread = Spread.of(_with_own_requests(new))
    for part in bucket.split(bucket.bits + _bits(total, kind)):
        batches = merged([file.sorted for file in there], spread.within(part), BATCH_ROWS, without=leaving, within=part)
        yield write_cold(kind, part, batches, step)


def _with_own_requests(rows: pa.Table) -> pa.Table:
    """Part of a large table would drag the names of all its requests along."""
    own = texts_of(rows["request"]).dictionary_encode().cast(rows.schema.field("request").type)
    return rows.set_column(rows.column_names.index("request"), "request", own)
