"""Where rows are put: small additions into a hot file, large ones and old hot files into the cold buckets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log2
from pathlib import Path
from typing import Final

import pyarrow as pa

from otklik.base.crash_points import crash_point
from otklik.store.delta import DataFile, Place
from otklik.store.keys import HashRange, Keys, hashes_of_rows
from otklik.store.reading import side_by_side
from otklik.store.sorted_files import GROUP_ROWS, Written, write_sorted

HOT_SHARE: Final = 0.03
HOT_ROWS: Final = 50_000
"""Hot rows are laid into the cold files when there are more than both: this many, and this share of the cold ones."""
HOT_FILES: Final = 8


@dataclass(frozen=True)
class Kind:
    """How a table is kept: its place, schema, rows of a cold file, columns with ranges in its log, rows of a group."""

    folder: Path
    schema: pa.Schema
    cold_rows: int
    stats: tuple[str, ...] = ()
    group_rows: int = GROUP_ROWS

    def write(self, path: Path, parts: Iterable[pa.Table]) -> Written:
        """Write a file of this table."""
        return write_sorted(path, parts, self.schema, self.stats, self.group_rows)


@dataclass(frozen=True)
class Moved:
    """Files to put in and to take out."""

    add: list[Written]
    remove: list[DataFile]


def is_hot_full(hot: int, cold: int) -> bool:
    """Say whether so many hot rows should be laid into the cold files."""
    return hot > max(HOT_ROWS, HOT_SHARE * cold)


def put_hot(kind: Kind, rows: pa.Table, step: int) -> Written:
    """Write rows, in order, as one hot file."""
    path = kind.folder / Place("hot", step, HashRange()).new_name()
    crash_point("store-before-file")
    written = kind.write(path, [rows])
    crash_point("store-after-file")
    return written


def take_out(kind: Kind, files: Sequence[DataFile], keys: Keys) -> Moved:
    """Write files again without the rows of some requests."""

    def one(file: DataFile) -> list[Written]:
        kept = _piecewise(file, keys)
        path = kind.folder / file.place.new_name()
        crash_point("store-before-file")
        written = kind.write(path, kept)
        if written.rows or file.place.tier == "cold":
            return [written]
        path.unlink()
        return []

    return Moved([written for found in side_by_side(one, files) for written in found], list(files))


def _piecewise(file: DataFile, keys: Keys) -> Iterable[pa.Table]:
    step = 128
    for begin in range(0, file.sorted.groups, step):
        rows = file.sorted.read(range(begin, min(begin + step, file.sorted.groups)))
        yield rows.filter(pa.array(~keys.mask(rows)))


def lay_down(
    kind: Kind, buckets: Sequence[HashRange], rows_of: Callable[[HashRange], Iterable[pa.Table]], total: int, step: int
) -> list[Written]:
    """Write buckets as cold files, cutting those that have grown; `rows_of` gives a bucket's rows in order.

    It is asked once for each part, so that no bucket has to fit into memory.
    """
    bits = max(0, ceil(log2(total / kind.cold_rows))) if total else 0
    parts = [(bucket, part) for bucket in buckets for part in bucket.split(max(bits, bucket.bits))]

    def one(place: tuple[HashRange, HashRange]) -> Written:
        bucket, part = place
        rows = (table if part == bucket else _within(table, part) for table in rows_of(bucket))
        crash_point("store-mid-compaction")
        return write_cold(kind, part, rows, step)

    return side_by_side(one, parts)


def _within(rows: pa.Table, part: HashRange) -> pa.Table:
    return rows.filter(pa.array(part.holds(hashes_of_rows(rows))))


def write_cold(kind: Kind, part: HashRange, rows: Iterable[pa.Table], step: int) -> Written:
    """Write rows in order as a cold file; one without rows is a file too, so that no bucket is ever missing."""
    path = kind.folder / Place("cold", step, part).new_name()
    crash_point("store-before-file")
    written = kind.write(path, rows)
    crash_point("store-after-file")
    return written


def oldest_worth_joining(hot: Sequence[DataFile]) -> list[DataFile]:
    """Which of the newest hot files to make one of, so that there are never many; in the order of their steps."""
    if len(hot) <= HOT_FILES:
        return []
    newest_first = sorted(hot, key=lambda file: file.place.step, reverse=True)
    chosen = newest_first[:4]
    for file in newest_first[4:]:
        if file.rows > 2 * sum(one.rows for one in chosen):
            break
        chosen.append(file)
    return chosen[::-1]
