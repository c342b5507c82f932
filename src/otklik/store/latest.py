"""Rows of which only the newest count, request by request: `cold anti-join hot, union hot`.

One table leads: a request counts as told by the newest file in which the leading table has it. A following table (the
waits that go with facts) takes its rows from the file of the same step, even when that means none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from otklik.store.delta import DataFile
from otklik.store.keys import HashRange, Keys, flat, hash_keys, texts_of
from otklik.store.order import sort_by_request
from otklik.store.reading import buckets_of, coded, look_up, side_by_side, some_columns


@dataclass(frozen=True)
class LatestFiles:
    """The files of one state of a table; `leading` the files of the table that leads it (itself, where it leads)."""

    files: tuple[DataFile, ...]
    leading: tuple[DataFile, ...]
    schema: pa.Schema

    @classmethod
    def of(
        cls, files: Iterable[DataFile], schema: pa.Schema, leading: Iterable[DataFile] | None = None
    ) -> "LatestFiles":
        """A table that leads itself, or that follows another."""
        files = tuple(files)
        return cls(files, files if leading is None else tuple(leading), schema)

    @property
    def cold(self) -> tuple[DataFile, ...]:
        """Its cold files."""
        return tuple(file for file in self.files if file.place.tier == "cold")

    @property
    def hot(self) -> tuple[DataFile, ...]:
        """Its hot files, oldest first."""
        return tuple(sorted((f for f in self.files if f.place.tier == "hot"), key=lambda f: f.place.step))

    @property
    def buckets(self) -> tuple[HashRange, ...]:
        """Ranges of hashes that together hold every request once."""
        return buckets_of(self.cold)

    def look_up(self, keys: Keys, columns: Sequence[str] | None = None) -> pa.Table:
        """The newest rows of these requests, in order; older files are asked only for what newer ones do not tell."""
        parts = [some_columns(self.schema, columns).empty_table()]
        for step in self._steps:
            if not len(keys):
                break
            parts += look_up(_of_step(self.hot, step), keys, self.schema, columns)
            told = self._keys_at(step, keys)
            keys = keys.where(~told.has(keys)) if len(told) else keys
        if len(keys):
            parts += look_up(self.cold, keys, self.schema, columns)
        return sort_by_request(pa.concat_tables(parts))

    def read(
        self, columns: Sequence[str] | None = None, bucket: HashRange | None = None, *, in_order: bool = True
    ) -> pa.Table:
        """The newest rows of all requests (of a bucket)."""
        wanted = some_columns(self.schema, columns)
        files = [f for f in self.files if bucket is None or f.place.span.meets(bucket)]
        found = side_by_side(lambda file: file.sorted.read(columns=columns).select(wanted.names), files)
        leading = [self._keys_at(step, None) for step in self._steps]
        newest = self._newest(list(zip(files, found, strict=True)), leading)
        if bucket is not None:
            newest = [_inside(part, bucket) for part in newest]
        rows = pa.concat_tables([wanted.empty_table(), *newest])
        return sort_by_request(rows) if in_order else rows

    def count(self) -> int:
        """How many requests have a row."""
        told = self.hot_keys()
        known = [Keys.of(rows) for rows in look_up(self.cold, told, self.schema, ())] if len(told) else []
        return sum(file.rows for file in self.cold) + len(told) - sum(len(keys) for keys in known)

    def hot_keys(self) -> Keys:
        """The requests told of since the cold files were written."""
        return Keys.joined([self._keys_at(step, None) for step in self._steps])

    @property
    def _steps(self) -> list[int]:
        """The steps of the hot files, newest first."""
        return sorted({f.place.step for f in self.leading if f.place.tier == "hot"}, reverse=True)

    def _keys_at(self, step: int, among: Keys | None) -> Keys:
        """The requests that the leading table has in the hot files of a step."""
        files = _of_step((f for f in self.leading if f.place.tier == "hot"), step)
        names = ("source", "request")
        if among is None:
            return Keys.joined([Keys.of(file.sorted.read(columns=names)) for file in files])
        return Keys.joined([Keys.of(table) for table in look_up(files, among, coded(self.schema), names)])

    def _newest(self, found: list[tuple[DataFile, pa.Table]], leading: list[Keys]) -> list[pa.Table]:
        """Drop rows of requests that a newer file tells of."""
        newer: list[Keys] = []
        parts = []
        for step, keys in [*zip(self._steps, leading, strict=True), (None, Keys.none())]:
            told = Keys.joined(newer) if newer else None
            for file, rows in found:
                hot_here = file.place.tier == "hot" and file.place.step == step
                if hot_here or (step is None and file.place.tier == "cold"):
                    parts.append(_without(rows, told))
            newer.append(keys)
        return parts


def _of_step(files: Iterable[DataFile], step: int) -> list[DataFile]:
    return [file for file in files if file.place.step == step]


def _without(rows: pa.Table, told: Keys | None) -> pa.Table:
    if told is None or not len(told) or not rows.num_rows:
        return rows
    mask = told.mask(rows)
    return rows.filter(pa.array(~mask)) if mask.any() else rows


def _inside(rows: pa.Table, bucket: HashRange) -> pa.Table:
    if bucket.bits == 0 or not rows.num_rows:
        return rows
    hashes = hash_keys(flat(rows["source"]), texts_of(rows["request"]))
    return rows.filter(pa.array(bucket.holds(hashes)))
