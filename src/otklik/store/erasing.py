"""Taking people, and requests long over, out of the log for good: out of its history and its old files as well."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from otklik.base.crash_points import crash_point
from otklik.base.units import to_us
from otklik.schemas.imports import ImportedSource
from otklik.store.delta import DataFile
from otklik.store.keys import Keys
from otklik.store.kinds import kind_of, take_out_rows
from otklik.store.persons import Person, requests_of_person, without_person
from otklik.store.reading import side_by_side
from otklik.store.sorted_files import Written, write_plain, write_sorted
from otklik.store.tables import SCHEMAS, Change, Tables, Whole
from otklik.store.undoing import quarantine_files
from otklik.store.writer import imports_in, put_changes, put_imports

SORTED: Final = ("events", "requests", "history_events", "history_requests")
GROUPS_AT_ONCE: Final = 128
READERS_HOURS: Final = 1
"""Requests long over leave with their files when readers that began before are done; people at once."""


@dataclass(frozen=True)
class Erased:
    """What was done."""

    requests: Keys
    """Requests in which anything changed, or that are gone."""
    events: int
    quarantined: int


def forget(tables: Tables, person: Person, *, with_requests: bool = False) -> Erased:
    """Put the pseudonym in the place of a person everywhere, or take the person's own requests out altogether.

    Only under the writer's lock. Begun again after a crash it does what was left.
    """
    whole = tables.for_writing()
    own = own_requests(whole, person)
    change, step = Change(), whole.step + 1
    touched, events = [own], 0
    for name in SORTED:
        keys, rows = _rewrite(tables, whole, change, name, person, own, leave_out=with_requests)
        touched.append(keys)
        events += rows if name == "events" else 0
    quarantined = _rewrite_quarantine(whole, change, person)
    _rewrite_imports(tables, whole, change, person, step)
    if change.tables:
        touched_keys = Keys.joined(touched)
        put_changes(tables, whole, change, touched_keys, step)
        whole = tables.commit(change, marks={"step": step}, note={"otklik.forget": person.pseudonym}, same_log=False)
    sweep_all(whole, 0)
    return Erased(Keys.joined(touched), events, quarantined)


def own_requests(whole: Whole, person: Person) -> Keys:
    """The requests whose customer the person is, or ever was said to be."""
    columns = ("source", "request", "customer")
    files = [file for name in ("requests", "history_requests") for file in whole.files(name)]
    return Keys.joined(side_by_side(lambda f: requests_of_person(f.sorted.read(columns=columns), person), files))


def remove_requests(tables: Tables, keys: Keys, before: datetime | None = None) -> Whole:
    """Take requests out of the log with all that was ever told of them, and what imports before then set aside."""
    whole = tables.for_writing()
    change, step = Change(), whole.step + 1
    for name in SORTED:
        take_out_rows(tables, whole, change, name, keys)
    if before is not None:
        old = {r.import_id for r in imports_in(whole) if r.import_id is not None and r.imported_at < before}
        change.take("quarantine", quarantine_files(whole, old))
    if change.tables:
        put_changes(tables, whole, change, keys, step)
        whole = tables.commit(change, marks={"step": step}, note={"otklik.retain": str(len(keys))}, same_log=False)
    sweep_all(whole, READERS_HOURS)
    return whole


def ended_before(whole: Whole, at: datetime) -> Keys:
    """The requests that were over, and nothing has happened to since, before an instant."""
    from otklik.store.engine import open_engine

    paths = [str(file.folder / file.name) for file in whole.files("events") if file.rows]
    if not paths:
        return Keys.none()
    with open_engine() as sql:
        found = sql.execute(_ENDED, {"files": paths, "before": to_us(at)}).to_arrow_table()
    return Keys.of(found)


_ENDED = """
select source, request from (
    select source, request, max(epoch_us("at")) as last_us,
        arg_max(status, {'at': "at", 'seq': seq}) filter (status is not null) as status,
        bool_or(kind in ('cancelled', 'deleted', 'merged')) as gone
    from read_parquet($files, hive_partitioning = false) group by source, request
) where last_us < $before and (gone or status in ('resolved', 'closed'))
"""


def sweep_all(whole: Whole, keep_hours: int) -> None:
    """Delete every file that left the log longer ago than that."""
    crash_point("store-before-sweep")
    for name in SCHEMAS:
        whole.state(name).sweep(keep_hours)


def forget_in_kept(folder: Path, person: Person) -> None:
    """Drop tables computed from the log in which the person is named; they are computed again when asked for."""
    for key in [path for path in folder.glob("*") if path.is_dir()]:
        if any(_names(path, person) for path in key.rglob("*.parquet")):
            shutil.rmtree(key, ignore_errors=True)


def _names(path: Path, person: Person) -> bool:
    file = pq.ParquetFile(path)
    columns = [f.name for f in file.schema_arrow if pa.types.is_string(f.type)]
    skipped = {"source", "request"}
    for column in (name for name in columns if name not in skipped):
        words = pc.unique(pq.read_table(path, columns=[column], partitioning=None)[column]).to_pylist()
        if any(person.in_words(word) != word for word in words if word):
            return True
    return False


def _rewrite(
    tables: Tables, whole: Whole, change: Change, name: str, person: Person, own: Keys, *, leave_out: bool
) -> tuple[Keys, int]:
    """Write the files of a table again in which anything changes; tell which requests, and how many rows."""
    kind = kind_of(tables, name)

    def one(file: DataFile) -> tuple[list[Written], Keys, int]:
        touched, rows = _changes_in(file, name, person, own, leave_out)
        if not rows:
            return [], Keys.none(), 0
        path = kind.folder / file.place.new_name()
        crash_point("store-before-file")
        parts = (part for part, _ in _parts(file, name, person, own, leave_out))
        written = write_sorted(path, parts, kind.schema, kind.stats)
        if written.rows or file.place.tier == "cold":
            return [written], touched, rows
        path.unlink()
        return [], touched, rows

    files = whole.files(name)
    results = side_by_side(one, files)
    for file, (written, _, rows) in zip(files, results, strict=True):
        for each in written:
            change.put(name, each)
        if rows:
            change.take(name, [file])
    return Keys.joined([keys for _, keys, _ in results]), sum(rows for *_, rows in results)


def _changes_in(file: DataFile, name: str, person: Person, own: Keys, leave_out: bool) -> tuple[Keys, int]:
    touched, rows = [], 0
    for _, keys in _parts(file, name, person, own, leave_out):
        touched.append(keys[0])
        rows += keys[1]
    return Keys.joined(touched), rows


def _parts(
    file: DataFile, name: str, person: Person, own: Keys, leave_out: bool
) -> Iterator[tuple[pa.Table, tuple[Keys, int]]]:
    """The rows of a file as they are to be, a piece at a time, and what changed in it."""
    for begin in range(0, file.sorted.groups, GROUPS_AT_ONCE):
        rows = file.sorted.read(range(begin, min(begin + GROUPS_AT_ONCE, file.sorted.groups)))
        told, changed = without_person(rows, name, person, own)
        if leave_out and len(own):
            mine = own.mask(rows)
            told, changed = told.filter(pa.array(~mine)), changed | mine
        yield told, (Keys.of(rows.filter(pa.array(changed))), int(np.count_nonzero(changed)))


def _rewrite_quarantine(whole: Whole, change: Change, person: Person) -> int:
    """Take what was written in rows set aside, where it names the person; each import keeps a file of its own."""
    found = 0
    for file in whole.files("quarantine"):
        rows = pq.read_table(file.folder / file.name, partitioning=None).cast(SCHEMAS["quarantine"]).to_pylist()
        told = [_bare(row, person) for row in rows]
        if told != rows:
            table = pa.Table.from_pylist(told, schema=SCHEMAS["quarantine"])
            change.put("quarantine", write_plain(file.folder / file.place.new_name(), table, SCHEMAS["quarantine"]))
            change.take("quarantine", [file])
            found += sum(old != new for old, new in zip(rows, told, strict=True))
    return found


def _bare(row: dict[str, object], person: Person) -> dict[str, object]:
    texts = {name: str(row[name]) for name in ("raw", "detail", "file") if row[name] is not None}
    named = {name for name, text in texts.items() if person.is_in(text)}
    changes: dict[str, object] = {name: None for name in named if name != "file"}
    if "file" in named:
        changes["file"] = person.hidden(texts["file"])
    return {**row, **changes}


def _rewrite_imports(tables: Tables, whole: Whole, change: Change, person: Person, step: int) -> None:
    """Files that are named after the person."""
    records = imports_in(whole)
    told = [
        record.model_copy(update={"sources": tuple(_renamed(one, person) for one in record.sources)})
        for record in records
    ]
    if told != records:
        put_imports(tables, whole, change, told, step)


def _renamed(source: ImportedSource, person: Person) -> ImportedSource:
    return source.model_copy(update={"files": tuple(person.in_words(name) for name in source.files)})
