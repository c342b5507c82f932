"""One Parquet file of whole requests in order: small row groups, and an index of the request each begins with.

Row groups end where a request ends, so one request lies in one row group, and a look-up reads one small group. The
index stands in the file's own metadata; to any other reader the file is plain Parquet.
"""

import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from otklik.store.always import Same, Value, spelled_out
from otklik.store.keys import Keys, flat, starts_of_requests, texts_of

GROUP_ROWS = 4096
"""Rows of a row group, more or less: measured best for look-ups, and as fast as large ones for scans."""
GROUP_REQUESTS = 1024
"""The same where each request has one row."""
_FIRSTS = b"otklik.firsts"
_LAST = b"otklik.last"
_ALWAYS = b"otklik.always"
_WIDE_DICTIONARY = 256
_MANY_GROUPS = 64
_SAMPLE = 8
_PLAIN = {"request"}
_FOOTERS_KEPT = 256
_MAPPED = os.name != "nt"  # Windows deletes no file that is mapped


@dataclass(frozen=True)
class Written:
    """A file on the disk that no table knows yet."""

    path: Path
    rows: int
    size: int
    stats: dict[str, tuple[int, int]]


def write_sorted(
    path: Path, parts: Iterable[pa.Table], schema: pa.Schema, stats: Sequence[str] = (), group_rows: int = GROUP_ROWS
) -> Written:
    """Write tables of whole requests, in order; the bytes are on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    firsts: list[str] = []
    last = ""
    ranges, same = _Ranges(stats), Same(schema)
    rows = 0
    with pq.ParquetWriter(
        path,
        schema,
        compression="snappy",
        use_dictionary=[field.name for field in schema if pa.types.is_string(field.type)],
        write_statistics=[field.name for field in schema if not pa.types.is_nested(field.type)][:3],
        store_schema=False,
    ) as writer:
        for part in parts:
            for group, first in _groups(part, schema, group_rows):
                writer.write_table(group, row_group_size=group.num_rows)
                firsts.append(first)
            ranges.note(part)
            same.note(part)
            rows += part.num_rows
            last = _name(part, -1) if part.num_rows else last
        told = {
            _FIRSTS: json.dumps(firsts, ensure_ascii=False),
            _LAST: last,
            _ALWAYS: json.dumps(same.found, ensure_ascii=False),
        }
        writer.add_key_value_metadata({name: text.encode() for name, text in told.items()})
    size = sync(path)
    return Written(path, rows, size, ranges.found)


def sync(path: Path) -> int:
    """Wait until the file is on the disk; return its size."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        return os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)


def _groups(part: pa.Table, schema: pa.Schema, group_rows: int) -> Iterator[tuple[pa.Table, str]]:
    """Cut at the ends of requests, every `group_rows` rows or so."""
    if not part.num_rows:
        return
    part = pa.table({field.name: _narrow(part[field.name], field) for field in schema})
    starts = starts_of_requests(part)
    cuts = [int(starts[i]) for i in np.unique(np.searchsorted(starts, np.arange(0, part.num_rows, group_rows)))
            if i < len(starts)]  # fmt: skip
    for start, end in zip(cuts, [*cuts[1:], part.num_rows], strict=True):
        group = part.slice(start, end - start)
        yield pa.table([_cast(group[f.name], f) for f in schema], schema=schema), _name(group, 0)


def _narrow(column: pa.ChunkedArray, field: pa.Field) -> pa.Array:
    """Keep small dictionaries (they are written once a group); spell the others out."""
    column = flat(column)
    coded = pa.types.is_dictionary(column.type)
    if coded and (field.name in _PLAIN or len(column.dictionary) > _WIDE_DICTIONARY):
        return column.cast(field.type)
    return column


def _cast(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    return column if column.type == field.type else column.cast(field.type)


def _name(rows: pa.Table, place: int) -> str:
    return f"{rows['source'][place].as_py()}\0{rows['request'][place].as_py()}"


class _Ranges:
    """Smallest and largest value of some number columns, for those who plan by the table's log."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self.found: dict[str, tuple[int, int]] = {}

    def note(self, part: pa.Table) -> None:
        for name in self._names if part.num_rows else ():
            both = pc.min_max(part[name].cast(pa.int64())).as_py()
            low, high = self.found.get(name, (both["min"], both["max"]))
            self.found[name] = (min(low, both["min"]), max(high, both["max"]))


@dataclass(frozen=True)
class _Footer:
    """What the end of a file tells; kept, because reading it takes longer than reading a few row groups."""

    metadata: pq.FileMetaData
    schema: pa.Schema
    firsts: list[str]
    last: str | None
    always: dict[str, Value]
    """Columns that say the same in every row; no row group is asked for them."""

    @property
    def texts(self) -> list[str]:
        """The columns of texts."""
        return [field.name for field in self.schema if pa.types.is_string(field.type)]


@lru_cache(maxsize=_FOOTERS_KEPT)
def _footer(path: Path) -> _Footer:
    """The end of a file; files are never changed, nor is a name used again."""
    bare = pq.ParquetFile(path)
    told = bare.metadata.metadata
    return _Footer(
        bare.metadata,
        bare.schema_arrow,
        json.loads(told[_FIRSTS]),
        told[_LAST].decode() if _LAST in told else None,
        json.loads(told.get(_ALWAYS, b"{}")),
    )


class SortedFile:
    """A file written by `write_sorted`, opened for reading; strings come as dictionaries."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._one_at_a_time = Lock()

    @cached_property
    def _file(self) -> pq.ParquetFile:
        footer = _footer(self.path)
        return pq.ParquetFile(self.path, metadata=footer.metadata, read_dictionary=footer.texts, memory_map=_MAPPED)

    @property
    def firsts(self) -> list[str]:
        """The request each row group begins with."""
        return _footer(self.path).firsts

    @property
    def last(self) -> str | None:
        """The last request of the file; None where the file does not say so."""
        return _footer(self.path).last

    @property
    def groups(self) -> int:
        """How many row groups there are."""
        return len(self.firsts)

    def rows_in(self, group: int) -> int:
        """How many rows a row group has."""
        return int(_footer(self.path).metadata.row_group(group).num_rows)

    def read(self, groups: Sequence[int] | None = None, columns: Sequence[str] | None = None) -> pa.Table:
        """Whole row groups; None = all."""
        chosen = list(range(self.groups)) if groups is None else list(groups)
        footer = _footer(self.path)
        names = _with_keys(columns) or footer.schema.names
        asked = [name for name in names if name not in footer.always]
        with self._one_at_a_time:
            found = self._file.read_row_groups(chosen, columns=asked, use_threads=False)
        rows = pa.table([_without_names(column) for column in found.columns], names=found.column_names)
        return spelled_out(rows, names, footer.always, footer.schema)

    def groups_of(self, keys: Keys) -> list[int]:
        """The row groups in which these requests lie, if they lie here."""
        if not self.groups:
            return []
        begin = bisect_left(keys.names, self.firsts[0])
        end = len(keys) if self.last is None else bisect_right(keys.names, self.last)
        if end - begin > 8 * self.groups:
            return list(range(self.groups))
        return sorted({bisect_right(self.firsts, name) - 1 for name in keys.names[begin:end]})

    def _holding(self, groups: list[int], keys: Keys) -> list[int]:
        """Look at the keys alone first: a large import of new requests finds none of them."""
        sample = groups[:: max(1, len(groups) // _SAMPLE)]
        if len(groups) <= _MANY_GROUPS or 2 * len(self._hit(sample, keys)) > len(sample):
            return groups
        return self._hit(groups, keys)

    def _hit(self, groups: Sequence[int], keys: Keys) -> list[int]:
        rows = self.read(groups, ())
        ends = np.cumsum([self.rows_in(group) for group in groups])
        hit = np.unique(np.searchsorted(ends, np.flatnonzero(keys.mask(rows)), side="right"))
        return [groups[place] for place in hit]

    def look_up(self, keys: Keys, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of these requests."""
        groups = self.groups_of(keys)
        found = self.read(self._holding(groups, keys), columns)
        if not found.num_rows:
            return found
        rows = found.take(pa.array(np.flatnonzero(keys.mask(found))))
        return pa.table([_with_own_words(column) for column in rows.columns], names=rows.column_names)


def _with_own_words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Few rows of many groups would drag the dictionary of each along."""
    if not pa.types.is_dictionary(column.type):
        return column
    return pa.chunked_array([column.cast(pa.string()).combine_chunks().dictionary_encode()], column.type)


def _without_names(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Parquet gives names to the insides of a map; Arrow takes the same map for another type."""
    if not pa.types.is_map(column.type):
        return column
    return column.cast(pa.map_(column.type.key_type, column.type.item_type))


def _with_keys(columns: Sequence[str] | None) -> list[str] | None:
    return None if columns is None else [*(n for n in ("source", "request") if n not in columns), *columns]


def write_plain(path: Path, table: pa.Table, schema: pa.Schema) -> Written:
    """Write a small table that nobody looks requests up in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = [texts_of(table[f.name]) if pa.types.is_string(f.type) else flat(table[f.name]) for f in schema]
    pq.write_table(pa.table(columns, schema=schema), path, compression="snappy", store_schema=False)
    return Written(path, table.num_rows, sync(path), {})
