"""Tables computed from the log and kept request by request, so that only what was touched is computed again.

The room below does not know what is in them: the caller says from which step of the log they come. `facts` and the like
stand in a folder of their own for each key (which calendars, which version of the measures); they can always be
computed again, so what cannot be read is simply made anew.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

from otklik.base.crash_points import crash_point
from otklik.store.delta import DataFile, DeltaFolder, DeltaState
from otklik.store.keys import HashRange, Keys
from otklik.store.latest import LatestFiles
from otklik.store.lock import writing
from otklik.store.order import sort_by_request
from otklik.store.placing import Kind, is_hot_full, lay_down, oldest_worth_joining, put_hot, take_out
from otklik.store.reading import EventFiles, coded, side_by_side
from otklik.store.sorted_files import Written

FORMAT: Final = 1
COLD_ROWS: Final = 400_000
SWEEP_HOURS: Final = 1
KEPT_KEYS: Final = 4
"""So many sets of calendars can be in use side by side without driving each other out."""

Tables = Mapping[str, pa.Table]
Parts = Callable[[HashRange], Iterable[Tables]]


@dataclass(frozen=True)
class Mark:
    """From what the tables were computed: the step of the log, and any other numbers the caller goes by."""

    step: int
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Which tables there are, and which of them has a row for every request."""

    schemas: Mapping[str, pa.Schema]
    leading: str


class Kept:
    """One state of the kept tables, for reading."""

    def __init__(self, homes: Mapping[str, DeltaFolder], head: DeltaState, tables: "Plan") -> None:
        self._homes = homes
        self._tables = tables
        self._states = {tables.leading: head}

    @property
    def head(self) -> DeltaState:
        """The leading table."""
        return self._states[self._tables.leading]

    def state(self, table: str) -> DeltaState:
        """One table as it belongs to this state."""
        if table not in self._states:
            self._states[table] = self._homes[table].at(self.number(table))
        return self._states[table]

    @property
    def step(self) -> int:
        """The step of the log they tell of."""
        return self.number("step") or 0

    def number(self, name: str) -> int | None:
        """A number of the mark."""
        return self.head.mark(name)

    def files(self, table: str) -> LatestFiles:
        """The files of one table."""
        return LatestFiles.of(self.state(table).files, _plain(self._tables.schemas[table]), self.head.files)

    def read(self, table: str, columns: Sequence[str] | None = None, *, in_order: bool = True) -> pa.Table:
        """All rows of a table."""
        return self._fitting(table, self.files(table).read(columns, in_order=in_order))

    def look_up(self, table: str, keys: Keys, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of some requests."""
        return self._fitting(table, self.files(table).look_up(keys, columns))

    def sql(self, table: str) -> str:
        """A query that gives the table in DuckDB, straight from the files."""
        return latest_sql(self.files(table))

    def _fitting(self, table: str, rows: pa.Table) -> pa.Table:
        schema = self._tables.schemas[table]
        return pa.table({name: _as(rows[name], schema.field(name).type) for name in rows.column_names})


def latest_sql(files: LatestFiles) -> str:
    """`cold anti-join hot, union hot` for DuckDB; the newest hot row of a request counts."""
    cold = _scan(files.cold)
    led = [file for file in files.leading if file.place.tier == "hot"]
    if not led:
        return f"select * from {cold}"
    told = " union all ".join(
        f"select source, request, {step} as told_at from {_scan([f for f in led if f.place.step == step])}"
        for step in sorted({file.place.step for file in led})
    )
    newest = f"newest as (select source, request, max(told_at) as told_at from ({told}) group by all)"
    parts = [f"select c.* from {cold} c anti join newest using (source, request)"] if files.cold else []
    parts += [
        f"select h.* from {_scan([file])} h "
        f"semi join (from newest where told_at = {file.place.step}) n using (source, request)"
        for file in files.hot
    ]
    return f"with {newest} {' union all by name '.join(parts)}"


def _scan(files: Sequence[DataFile]) -> str:
    names = ", ".join("'" + str(file.folder / file.name).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{names}], hive_partitioning = false)"


class Keep:
    """The folder of some kept tables under one key; `leading` has a row for every request, the others follow it."""

    def __init__(self, folder: Path, key: str, schemas: Mapping[str, pa.Schema], leading: str) -> None:
        self.folder = folder / key
        self._plan = Plan(schemas, leading)
        self._schemas = schemas
        self._leading = leading
        self._homes = {name: DeltaFolder(self.folder / name, _plain(schema)) for name, schema in schemas.items()}
        self._kinds = {name: Kind(home.folder, home.schema, COLD_ROWS) for name, home in self._homes.items()}

    def newest(self) -> Kept | None:
        """The newest whole state; None where nothing is kept yet."""
        home = self._homes[self._leading]
        if not home.exists():
            return None
        head = home.at()
        if head.mark("format") != FORMAT:
            return None
        return Kept(self._homes, head, self._plan)

    def rebuild(self, buckets: Sequence[HashRange], parts: Parts, mark: Mark, wait_s: float = 10.0) -> Kept:
        """Compute everything anew, bucket by bucket; `parts` gives the rows of a bucket in order."""
        with writing(self.folder, wait_s):
            done = side_by_side(lambda bucket: self._laid_down(bucket, parts), buckets)
            add = {name: [file for one in done for file in one[name]] for name in self._schemas}
            remove = {name: home.at().files if home.exists() else () for name, home in self._homes.items()}
            return self._commit(self.newest(), add, remove, mark)

    def _laid_down(self, bucket: HashRange, parts: Parts) -> dict[str, list[Written]]:
        tables = _together(self._schemas, parts(bucket))
        return {
            name: lay_down(self._kinds[name], [bucket], lambda _, rows=rows: [rows], 0, 0)  # type: ignore[misc]
            for name, rows in tables.items()
        }

    def refresh(self, keys: Keys, tables: Tables, mark: Mark, wait_s: float = 10.0) -> Kept:
        """Put the rows of some requests in the place of older ones; those of `keys` without a leading row are gone."""
        with writing(self.folder, wait_s):
            kept = self._newest_or_fail()
            turn = 1 + (kept.number("turn") or 0)
            add: dict[str, list[Written]] = {name: [] for name in self._schemas}
            remove: dict[str, Sequence[DataFile]] = {}
            for name in self._schemas:
                rows = sort_by_request(_coded(tables[name], self._schemas[name]))
                if rows.num_rows:
                    add[name].append(put_hot(self._kinds[name], rows, turn))
            gone = keys.where(~Keys.of(tables[self._leading]).has(keys))
            for name in self._schemas if len(gone) else ():
                holding = EventFiles(kept.files(name).files, self._homes[name].schema).holding(gone)
                moved = take_out(self._kinds[name], holding, gone)
                add[name] += moved.add
                remove[name] = moved.remove
            return self._commit(kept, add, remove, mark, turn)

    def tidy(self, *, force: bool = False, wait_s: float = 10.0) -> Kept:
        """Join small hot files; lay the hot rows into the cold ones where they are many, or when told to."""
        with writing(self.folder, wait_s):
            kept = self._newest_or_fail()
            files = kept.files(self._leading)
            hot, cold = (sum(file.rows for file in part) for part in (files.hot, files.cold))
            if (force and hot) or is_hot_full(hot, cold):
                return self._compacted(kept, hot + cold)
            chosen = oldest_worth_joining(files.hot)
            return self._joined(kept, chosen) if chosen else kept

    def used(self) -> None:
        """Note that it was asked for: what nobody asks for is forgotten first."""
        with contextlib.suppress(OSError):  # a reader may not write; then its age is told by its last change
            os.utime(self.folder)

    def forget_others(self, keep: int = KEPT_KEYS) -> None:
        """Delete what was kept under other keys, but for the few that were asked for last."""
        others = [path for path in self.folder.parent.iterdir() if path.is_dir() and path != self.folder]
        for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[keep - 1 :]:
            shutil.rmtree(path, ignore_errors=True)

    def _newest_or_fail(self) -> Kept:
        kept = self.newest()
        if kept is None:
            raise RuntimeError("nothing is kept yet: rebuild first")
        return kept

    def _compacted(self, kept: Kept, total: int) -> Kept:
        buckets = kept.files(self._leading).buckets
        add = {}
        for name in self._schemas:
            files = kept.files(name)
            add[name] = lay_down(self._kinds[name], buckets, lambda b, files=files: [files.read(bucket=b)], total, 0)  # type: ignore[misc]
        newer = self._commit(kept, add, {name: kept.files(name).files for name in self._schemas}, _mark_of(kept))
        for home in self._homes.values():
            home.at().sweep(SWEEP_HOURS)
        return newer

    def _joined(self, kept: Kept, chosen: Sequence[DataFile]) -> Kept:
        steps = {file.place.step for file in chosen}
        add, remove = {}, {}
        for name in self._schemas:
            files = kept.files(name)
            remove[name] = [file for file in files.hot if file.place.step in steps]
            rows = LatestFiles.of(remove[name], files.schema, chosen).read()
            add[name] = [put_hot(self._kinds[name], rows, max(steps))] if rows.num_rows else []
        return self._commit(kept, add, remove, _mark_of(kept), kept.number("turn"))

    def _commit(
        self,
        kept: Kept | None,
        add: Mapping[str, Sequence[Written]],
        remove: Mapping[str, Sequence[DataFile]],
        mark: Mark,
        turn: int | None = 0,
    ) -> Kept:
        """The leading table last: its commit names the versions of the others."""
        versions: dict[str, int] = {}
        for name in [*(n for n in self._schemas if n != self._leading), self._leading]:
            home = self._homes[name]
            if not home.exists():
                home.create()
            crash_point("facts-before-commit")
            leads = name == self._leading
            marks = {**versions, **mark.numbers, "step": mark.step, "turn": turn or 0, "format": FORMAT}
            gone = [*remove.get(name, ()), *self._left_over(name, kept)]
            versions[name] = home.commit(add[name], _distinct(gone), marks=marks if leads else None)
        crash_point("facts-after-commit")
        return self._newest_or_fail()

    def _left_over(self, name: str, kept: Kept | None) -> list[DataFile]:
        """Files of a following table that a crash put there before the leading one knew."""
        home = self._homes[name]
        if name == self._leading or (kept is not None and home.is_newest(kept.number(name) or 0)):
            return []
        known = set() if kept is None else {file.name for file in kept.files(name).files}
        return [file for file in home.at().files if file.name not in known]


def _distinct(files: Iterable[DataFile]) -> list[DataFile]:
    return list({file.name: file for file in files}.values())


def _mark_of(kept: Kept) -> Mark:
    """The same mark again; the other numbers stay with the table by themselves."""
    return Mark(kept.step)


def _together(schemas: Mapping[str, pa.Schema], parts: Iterable[Tables]) -> dict[str, pa.Table]:
    found: dict[str, list[pa.Table]] = {name: [] for name in schemas}
    for part in parts:
        for name, rows in found.items():
            rows.append(_coded(part[name], schemas[name]))
    return {name: pa.concat_tables([coded(_plain(schemas[name])).empty_table(), *rows]) for name, rows in found.items()}


def _plain(schema: pa.Schema) -> pa.Schema:
    """The schema as files have it: words spelled out."""
    return pa.schema([field.with_type(_spelled(field.type)) for field in schema])


def _spelled(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _coded(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Every word as an int32 dictionary, however it came."""
    wanted = coded(_plain(schema))
    return pa.table({field.name: _as(rows[field.name], field.type) for field in wanted})


def _as(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.type == kind:
        return column
    if not pa.types.is_dictionary(kind):
        return column.cast(kind)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    chunks = [
        pa.DictionaryArray.from_arrays(chunk.indices.cast(kind.index_type), chunk.dictionary.cast(kind.value_type))
        for chunk in column.unify_dictionaries().chunks
    ]
    return pa.chunked_array(chunks, kind)
