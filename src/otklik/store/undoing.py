"""Undo: the log as if an import had never been; what the others brought is put together again, request by request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import EVENTS, REQUESTS
from otklik.schemas.imports import ImportRecord
from otklik.store.delta import DataFile
from otklik.store.describing import bare_descriptions, is_merged, lay_over
from otklik.store.errors import AlreadyUndone, Settled, UnknownImport, UnknownSource
from otklik.store.importing import with_number
from otklik.store.keys import Keys, starts_of_requests
from otklik.store.kinds import events_of, history_of, kind_of, put_events, put_history, requests_of, take_out_rows
from otklik.store.merging import Origin, merge_import
from otklik.store.order import merge_events, merge_rows, sort_by_request, sort_events, whole_table
from otklik.store.placing import put_hot
from otklik.store.reading import coded, look_up, side_by_side
from otklik.store.tables import SCHEMAS, Change, Tables, Whole
from otklik.store.writer import imports_in, live_origins, put_changes, put_imports

REQUESTS_AT_ONCE = 200_000
"""Undo puts so many requests together at a time."""


@dataclass(frozen=True)
class Rebuilt:
    """Rows of some requests, put together without one import."""

    events: pa.Table
    hidden_events: pa.Table
    requests: pa.Table
    hidden_requests: pa.Table


def write_undo(tables: Tables, import_id: int) -> tuple[ImportRecord, Whole]:
    """Undo one import; only under the writer's lock."""
    whole = tables.for_writing()
    records = imports_in(whole)
    record = _find(records, import_id, whole.settled)
    undone = record.model_copy(update={"undone_at": datetime.now(UTC)})
    touched = keys_of_import(whole, import_id)
    left = [r for r in records if r.import_id != import_id and r.undone_at is None]
    rebuilt = _rebuild(whole, touched, left, import_id)
    step = whole.step + 1
    change = Change()
    put_events(tables, whole, change, rebuilt.events, touched, step)
    for name in ("requests", "history_events", "history_requests"):
        take_out_rows(tables, whole, change, name, touched)
    if rebuilt.requests.num_rows:
        change.put("requests", put_hot(kind_of(tables, "requests"), rebuilt.requests, step))
    put_history(tables, change, "events", rebuilt.hidden_events, step)
    put_history(tables, change, "requests", rebuilt.hidden_requests, step)
    change.take("quarantine", quarantine_files(whole, {import_id}))
    put_imports(tables, whole, change, [undone if r.import_id == import_id else r for r in records], step)
    put_changes(tables, whole, change, touched, step)
    note = {"otklik.undo": str(import_id)}
    return undone, tables.commit(change, marks={"step": step}, note=note, same_log=False)


def _find(records: Sequence[ImportRecord], import_id: int, settled: int) -> ImportRecord:
    for record in records:
        if record.import_id == import_id:
            if record.undone_at is not None:
                raise AlreadyUndone(import_id=import_id, at=record.undone_at.date().isoformat())
            if import_id <= settled:
                raise Settled(import_id=import_id, settled=settled)
            return record
    raise UnknownImport(import_id=import_id)


def quarantine_files(whole: Whole, import_ids: set[int]) -> list[DataFile]:
    """The files with the rows that these imports set aside; each import has its own."""
    import pyarrow.parquet as pq

    found = []
    for file in whole.files("quarantine"):
        ids = pq.read_table(file.folder / file.name, columns=["import_id"], partitioning=None)["import_id"]
        if set(pc.unique(ids).to_pylist()) <= import_ids:
            found.append(file)
    return found


def keys_of_import(whole: Whole, import_id: int) -> Keys:
    """The requests an import told anything about."""
    found = []
    for name in ("events", "history_events", "requests", "history_requests"):
        files = [file for file in whole.files(name) if file.may_hold("import_id", import_id)]
        found += [Keys.of(rows) for rows in side_by_side(lambda file: _rows_of(file, import_id), files)]
    return Keys.joined(found)


def _rows_of(file: DataFile, import_id: int) -> pa.Table:
    rows = file.sorted.read(columns=("source", "request", "import_id"))
    return rows.filter(pc.equal(rows["import_id"], import_id))


def _rebuild(whole: Whole, touched: Keys, left: Sequence[ImportRecord], without: int) -> Rebuilt:
    """Run the imports that are left over these requests again, a part of the requests at a time."""
    parts = [_rebuild_part(whole, keys, left, without) for keys in _parts(touched)]
    events, hidden = (_joined([getattr(p, n) for p in parts]) for n in ("events", "hidden_events"))
    requests, hidden_requests = (_joined([getattr(p, n) for p in parts]) for n in ("requests", "hidden_requests"))
    return Rebuilt(events, hidden, requests, hidden_requests)


def _joined(parts: Sequence[pa.Table]) -> pa.Table:
    return whole_table(pa.concat_tables(parts))


def _parts(keys: Keys) -> Iterator[Keys]:
    yield Keys(keys.source[:REQUESTS_AT_ONCE], keys.request[:REQUESTS_AT_ONCE])
    for begin in range(REQUESTS_AT_ONCE, len(keys), REQUESTS_AT_ONCE):
        end = begin + REQUESTS_AT_ONCE
        yield Keys(keys.source[begin:end], keys.request[begin:end])


def _rebuild_part(whole: Whole, keys: Keys, left: Sequence[ImportRecord], without: int) -> Rebuilt:
    names = [*EVENTS.names, "import_id"]
    parts = [files.look_up(keys).select(names) for files in (events_of(whole), history_of(whole, "events"))]
    rows = _but(sort_events(pa.concat_tables(parts)), without)
    events, hidden = _replay_events(rows, live_origins(left), whole.settled)
    described = _descriptions(whole, keys, without)
    requests, hidden_requests = _replay_requests(described, live_origins(left), whole.settled)
    return Rebuilt(events, hidden, merge_rows(requests, _bare(events, requests)), hidden_requests)


def _bare(events: pa.Table, requests: pa.Table) -> pa.Table:
    """Descriptions for requests that have events and were only told of by the import that is gone."""
    missing = Keys.of(events).where(~Keys.of(requests).has(Keys.of(events)))
    rows = events.filter(pa.array(missing.mask(events)))
    firsts = rows["import_id"].take(pa.array(starts_of_requests(rows)))
    named = bare_descriptions(missing).append_column("import_id", firsts)
    return named.append_column("merged", pa.array(np.zeros(len(missing), dtype=bool)))


def _but(rows: pa.Table, import_id: int) -> pa.Table:
    return rows.filter(pc.not_equal(rows["import_id"], import_id))


def _replay_events(rows: pa.Table, origins: dict[int, Origin], settled: int) -> tuple[pa.Table, pa.Table]:
    """Start from what is settled, then one import after another."""
    owner = rows["import_id"].to_numpy()
    state = rows.filter(pa.array(owner <= settled))
    hidden = [with_number(rows.slice(0, 0), "hidden_by", 0)]
    for import_id in np.unique(owner[owner > settled]):
        new = rows.filter(pa.array(owner == import_id))
        existing = state.filter(pa.array(Keys.of(new).mask(state)))
        others = state.filter(pa.array(~Keys.of(new).mask(state)))
        merge = merge_import(existing, new.drop(["import_id"]), origins[int(import_id)], origins)
        kept = existing.filter(pa.array(~merge.leaves))
        state = merge_events(others, merge_events(kept, new.filter(pa.array(merge.enters))))
        gone = [existing.filter(pa.array(merge.leaves)), new.filter(pa.array(~merge.enters))]
        hidden.append(with_number(pa.concat_tables(gone), "hidden_by", int(import_id)))
    return state, sort_events(pa.concat_tables(hidden))


def _descriptions(whole: Whole, keys: Keys, without: int) -> pa.Table:
    """Every description of these requests as it came, but those of one import; one import's in order."""
    names = [*REQUESTS.names, "import_id"]
    current = requests_of(whole).look_up(keys)
    alone = current.filter(pa.array(~is_merged(current, whole.settled))).select(names)
    came = look_up(whole.files("history_requests"), keys, SCHEMAS["history_requests"])
    return _but(sort_by_request(pa.concat_tables([alone, *(rows.select(names) for rows in came)])), without)


def _replay_requests(rows: pa.Table, origins: dict[int, Origin], settled: int) -> tuple[pa.Table, pa.Table]:
    """Lay the descriptions over each other again, in the order of the imports."""
    owner = rows["import_id"].to_numpy()
    state = coded(SCHEMAS["requests"]).empty_table()
    hidden = [coded(SCHEMAS["history_requests"]).empty_table()]
    for import_id in np.unique(owner):
        new = rows.filter(pa.array(owner == import_id)).drop(["import_id"])
        told = lay_over(state, new, origins[int(import_id)], origins, settled)
        others = state.filter(pa.array(~Keys.of(told.changed).mask(state)))
        state = merge_rows(others, told.changed)
        hidden.append(told.hidden)
    return state, sort_by_request(pa.concat_tables(hidden))


def write_deletion(tables: Tables, source: str) -> Whole:
    """Take a source out of the log, with all it ever had there; only under the writer's lock."""
    whole = tables.for_writing()
    records = imports_in(whole)
    known = sorted({one.source for r in records for one in r.sources if r.undone_at is None})
    if source not in known:
        raise UnknownSource(source=source, known=", ".join(known))
    keys = _keys_of_source(whole, source)
    step = whole.step + 1
    change = Change()
    for name in ("events", "requests", "history_events", "history_requests"):
        take_out_rows(tables, whole, change, name, keys)
    now = datetime.now(UTC)
    left = [_without_source(record, source, now) for record in records]
    gone = {r.import_id for r in left if r.undone_at is not None and r.import_id is not None}
    change.take("quarantine", quarantine_files(whole, gone))
    put_imports(tables, whole, change, left, step)
    put_changes(tables, whole, change, keys, step)
    return tables.commit(change, marks={"step": step}, note={"otklik.delete": source}, same_log=False)


def _keys_of_source(whole: Whole, source: str) -> Keys:
    found = []
    for name in ("events", "history_events", "requests", "history_requests"):
        for file in whole.files(name):
            rows = file.sorted.read(columns=("source", "request"))
            found.append(Keys.of(rows.filter(pc.equal(rows["source"].cast(pa.string()), source))))
    return Keys.joined(found)


def _without_source(record: ImportRecord, source: str, now: datetime) -> ImportRecord:
    if all(one.source != source for one in record.sources):
        return record
    left = tuple(one for one in record.sources if one.source != source)
    undone = record.undone_at or (None if left else now)
    return record.model_copy(update={"sources": left or record.sources, "undone_at": undone})
