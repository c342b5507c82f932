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
        return buckets_of(self.cold)

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
        cold = [file.sorted for file in in_order(self.cold, bucket)]
        yield from merged(cold, self.hot_rows(bucket, columns), rows, columns)


def buckets_of(cold: Iterable[DataFile]) -> tuple[HashRange, ...]:
    """Ranges of hashes that together hold every request once."""
    spans = {file.place.span for file in cold}
    return tuple(sorted(spans, key=lambda span: span.prefix << (64 - span.bits))) or (HashRange(),)


def in_order(cold: Iterable[DataFile], bucket: HashRange) -> list[DataFile]:
    """The cold files of a bucket, which follow each other, in the order of their requests."""
    here = [file for file in cold if file.place.span == bucket]
    return sorted(here, key=lambda file: file.sorted.firsts[:1]) if len(here) > 1 else here


def merged(
    cold: Sequence[SortedFile],
    hot: pa.Table,
    rows: int,
    columns: Sequence[str] | None = None,
    *,
    without: Keys | None = None,
    within: HashRange | None = None,
) -> Iterator[pa.Table]:
    """Read cold files that follow each other piece by piece; lay in the hot rows before the next piece begins.

    Of the cold rows only those are told that are not of the requests `without`, and `within` a range of hashes.
    """
    pieces = [(file, groups) for file in cold for groups in _pieces(file, rows)]
    if not pieces:
        yield from _cut(hot, rows)
        return
    starts = starts_of_requests(hot)
    names = Keys.of(hot).names
    done = 0
    for number, (file, groups) in enumerate(pieces):
        following = pieces[number + 1 : number + 2]
        place = bisect_left(names, following[0][0].firsts[following[0][1][0]]) if following else len(names)
        until = hot.num_rows if place == len(names) else int(starts[place])
        there = _chosen(whole_table(file.read(groups, columns)), without, within)
        batch = merge_events(there, hot.slice(done, until - done))
        done = until
        if batch.num_rows:
            yield batch


def _chosen(rows: pa.Table, without: Keys | None, within: HashRange | None) -> pa.Table:
    if without is not None and len(without):
        rows = rows.filter(pa.array(~without.mask(rows)))
    if within is not None and within.bits and rows.num_rows:
        rows = rows.filter(pa.array(within.holds(hashes_of_rows(rows))))
    return rows


def _pieces(cold: SortedFile, rows: int) -> list[list[int]]:
    pieces: list[list[int]] = []
    filled = rows
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
