"""Reading files of whole requests: by request, or bucket after bucket in order with bounded memory."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import Lock
from typing import TypeVar

import pyarrow as pa

from otklik.store.delta import DataFile
from otklik.store.keys import Hashes, HashRange, Keys, hashes_of_rows, starts_of_requests
from otklik.store.order import merge_events, sort_events, whole_table
from otklik.store.sorted_files import SortedFile

THREADS = 2
BATCH_ROWS = 500_000
_ORDERING = ("source", "request", "at", "seq", "kind")
_T = TypeVar("_T")
_R = TypeVar("_R")


def side_by_side(work: Callable[[_T], _R], items: Sequence[_T]) -> list[_R]:
    """Do the same to each item, on two threads where it is worth it."""
    if len(items) < 2:
        return [work(item) for item in items]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, items))


def coded(schema: pa.Schema) -> pa.Schema:
    """How a schema looks when read: texts as dictionaries."""
    kinds = [pa.dictionary(pa.int32(), pa.string()) if pa.types.is_string(f.type) else f.type for f in schema]
    return pa.schema([pa.field(field.name, kind) for field, kind in zip(schema, kinds, strict=True)])


def some_columns(schema: pa.Schema, columns: Sequence[str] | None) -> pa.Schema:
    """How some columns look when read; source and request are always among them."""
    schema = coded(schema)
    if columns is None:
        return schema
    return pa.schema([schema.field(name) for name in dict.fromkeys(("source", "request", *columns))])


def look_up(
    files: Sequence[DataFile], keys: Keys, schema: pa.Schema, columns: Sequence[str] | None = None
) -> list[pa.Table]:
    """The rows of these requests, file by file, in the order of `files`; source and request are always told."""
    wanted = some_columns(schema, columns)

    def in_one(file: DataFile) -> pa.Table:
        here = keys.within(file.place.span)
        if not len(here):
            return wanted.empty_table()
        return file.sorted.look_up(here, columns).select(wanted.names)

    return side_by_side(in_one, files)


class EventFiles:
    """The events of one state: every row of every file counts."""

    def __init__(self, files: Iterable[DataFile], schema: pa.Schema) -> None:
        files = tuple(files)
        self.cold = tuple(f for f in files if f.place.tier == "cold")
        self.hot = tuple(f for f in files if f.place.tier == "hot")
        self.schema = schema
        self._hot_tables: dict[tuple[str, ...], tuple[pa.Table, Hashes]] = {}
        self._one_at_a_time = Lock()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(file.rows for file in (*self.cold, *self.hot))

    @cached_property
    def buckets(self) -> tuple[HashRange, ...]:
        """Ranges of hashes that together hold every request once."""
        return tuple(sorted({file.place.span for file in self.cold}, key=_begin)) or (HashRange(),)

    def look_up(self, keys: Keys, columns: Sequence[str] | None = None) -> pa.Table:
        """The events of these requests, in order."""
        found = look_up([*self.cold, *self.hot], keys, self.schema, columns)
        return sort_events(pa.concat_tables([some_columns(self.schema, columns).empty_table(), *found]))

    def holding(self, keys: Keys) -> tuple[DataFile, ...]:
        """The files that hold a row of any of these requests."""
        files = [*self.cold, *self.hot]
        found = look_up(files, keys, self.schema, columns=("source", "request"))
        return tuple(file for file, rows in zip(files, found, strict=True) if rows.num_rows)

    def hot_rows(self, bucket: HashRange, columns: Sequence[str] | None = None) -> pa.Table:
        """The hot rows of a bucket, in order."""
        names = tuple(columns or self.schema.names)
        with self._one_at_a_time:
            if names not in self._hot_tables:
                empty = coded(self.schema).empty_table().select(names)
                parts = [file.sorted.read(columns=names).select(names) for file in self.hot]
                rows = sort_events(pa.concat_tables([empty, *parts]))
                self._hot_tables[names] = rows, hashes_of_rows(rows)
        rows, hashes = self._hot_tables[names]
        return rows if bucket.bits == 0 else rows.filter(pa.array(bucket.holds(hashes)))

    def batches(
        self, bucket: HashRange, rows: int = BATCH_ROWS, columns: Sequence[str] | None = None
    ) -> Iterator[pa.Table]:
        """The events of a bucket in order, whole requests at a time, about `rows` rows each."""
        columns = None if columns is None else [n for n in self.schema.names if n in {*columns, *_ORDERING}]
        hot = self.hot_rows(bucket, columns)
        cold = [file.sorted for file in self.cold if file.place.span == bucket]
        if not cold:
            yield from _cut(hot, rows)
            return
        yield from _merged(cold[0], hot, rows, columns)


def _begin(span: HashRange) -> int:
    return span.prefix << (64 - span.bits)


def _merged(cold: SortedFile, hot: pa.Table, rows: int, columns: Sequence[str] | None) -> Iterator[pa.Table]:
    """Read the cold file piece by piece; lay in the hot rows that come before the next piece begins."""
    pieces = _pieces(cold, rows)
    starts = starts_of_requests(hot)
    names = Keys.of(hot).names
    done = 0
    for number, groups in enumerate(pieces):
        last = number + 1 == len(pieces)
        place = len(names) if last else bisect_left(names, cold.firsts[pieces[number + 1][0]])
        until = hot.num_rows if place == len(names) else int(starts[place])
        batch = merge_events(whole_table(cold.read(groups, columns)), hot.slice(done, until - done))
        done = until
        if batch.num_rows:
            yield batch


def _pieces(cold: SortedFile, rows: int) -> list[list[int]]:
    pieces: list[list[int]] = [[]]
    filled = 0
    for group in range(cold.groups):
        if filled >= rows:
            pieces.append([])
            filled = 0
        pieces[-1].append(group)
        filled += cold.rows_in(group)
    return pieces


def _cut(table: pa.Table, rows: int) -> Iterator[pa.Table]:
    """Cut between requests."""
    starts = [*starts_of_requests(table), table.num_rows]
    begin = 0
    while begin < table.num_rows:
        end = int(starts[bisect_left(starts, min(begin + rows, table.num_rows))])
        yield table.slice(begin, end - begin)
        begin = end
