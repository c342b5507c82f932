"""The one who writes: imports, undos, deletions and tidying, each one commit, under the writer's lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pyarrow as pa

from otklik.schemas.events import QUARANTINE, REQUESTS
from otklik.schemas.imports import ImportRecord
from otklik.schemas.log import ServiceLog
from otklik.store.describing import (
    Told,
    bare_descriptions,
    describe,
    is_older_than_any,
    lay_over,
    newer_ones,
    tells_anything,
    told_columns,
)
from otklik.store.importing import Incoming, MergedEvents, account, as_coded, merge_log, origin_of, with_number
from otklik.store.keys import Keys, starts_of_requests
from otklik.store.kinds import (
    events_of,
    plain_rows,
    put_events,
    put_history,
    put_plain,
    put_requests,
    requests_of,
)
from otklik.store.merging import Origin
from otklik.store.order import merge_rows, sort_by_request
from otklik.store.reading import coded
from otklik.store.tables import SCHEMAS, Change, Tables, Whole

MANY_CHANGES: Final = 200_000
CHANGES_KEPT: Final = 256
"""Which requests a step touched is kept for so many steps, and told as 'all' when they are more than that."""


@dataclass(frozen=True)
class Imported:
    """What came of an import; `touched` and `now` (their events after it) are there when they are few."""

    record: ImportRecord
    whole: Whole
    touched: Keys
    now: pa.Table


def imports_in(whole: Whole) -> list[ImportRecord]:
    """Every import of a state, oldest first."""
    rows = plain_rows(whole.files("imports"), SCHEMAS["imports"]).sort_by("import_id")
    return [ImportRecord.model_validate_json(text) for text in rows["record"].to_pylist()]


def put_imports(tables: Tables, whole: Whole, change: Change, records: Sequence[ImportRecord], step: int) -> None:
    """Write the list of imports again."""
    rows = [
        {
            "import_id": record.import_id,
            "imported_at": record.imported_at,
            "undone_at": record.undone_at,
            "record": record.model_dump_json(),
        }
        for record in records
    ]
    put_plain(tables, change, "imports", pa.Table.from_pylist(rows, schema=SCHEMAS["imports"]), step)
    change.take("imports", whole.files("imports"))


def put_changes(tables: Tables, whole: Whole, change: Change, touched: Keys, step: int) -> None:
    """Write down which requests the step touched; forget steps long past."""
    if len(touched):
        few = len(touched) <= MANY_CHANGES
        names = touched.table() if few else pa.table({n: pa.array([None], pa.string()) for n in ("source", "request")})
        rows = with_number(names, "step", step).select(SCHEMAS["changes"].names)
        put_plain(tables, change, "changes", rows, step)
    change.take("changes", [f for f in whole.files("changes") if f.place.step <= step - CHANGES_KEPT])


def live_origins(records: Sequence[ImportRecord]) -> dict[int, Origin]:
    """Imports that count, by number."""
    return {r.import_id: origin_of(r.import_id, r.sources) for r in records if r.import_id is not None}


def write_import(tables: Tables, log: ServiceLog) -> Imported:
    """Import a log; only under the writer's lock."""
    whole = tables.for_writing()
    records = imports_in(whole)
    incoming = Incoming.of(log, max((r.import_id or 0 for r in records), default=0) + 1)
    merged = merge_log(incoming, events_of(whole), live_origins(records))
    told = _describe(incoming, merged.known, whole, live_origins(records))
    at = datetime.now(UTC)
    record = account(incoming, merged, told.changed.num_rows, told.added, at)
    aside = _new_aside(log.quarantine, whole)
    if _changes_nothing(record, told, records) and not aside.num_rows:
        return Imported(record.model_copy(update={"import_id": None}), whole, Keys.none(), merged.now.slice(0, 0))
    touched = Keys.joined([merged.touched, Keys.of(told.changed)])
    step = whole.step + 1
    change = Change()
    put_events(tables, whole, change, merged.added, merged.rewritten, step)
    put_history(tables, change, "events", merged.hidden, step)
    put_requests(tables, whole, change, told.changed, step)
    put_history(tables, change, "requests", told.hidden, step)
    aside = with_number(aside, "import_id", incoming.import_id).select(SCHEMAS["quarantine"].names)
    put_plain(tables, change, "quarantine", aside, step)
    put_imports(tables, whole, change, [*records, record], step)
    put_changes(tables, whole, change, touched, step)
    note = {"otklik.import": str(incoming.import_id)}
    newer = tables.commit(change, marks={"step": step}, note=note, same_log=False)
    return Imported(record, newer, touched, _only(merged, touched))


def _new_aside(quarantine: pa.Table, whole: Whole) -> pa.Table:
    """Rows set aside that were not set aside before."""
    if not quarantine.num_rows or not whole.files("quarantine"):
        return quarantine
    known = plain_rows(whole.files("quarantine"), SCHEMAS["quarantine"]).select(QUARANTINE.names)
    there = {tuple(row.values()) for row in known.to_pylist()}
    return quarantine.filter(pa.array([tuple(row.values()) not in there for row in quarantine.to_pylist()]))


def _only(merged: MergedEvents, touched: Keys) -> pa.Table:
    now = merged.now
    return now.filter(pa.array(touched.mask(now))) if now.num_rows else now


def _changes_nothing(record: ImportRecord, told: Told, records: Sequence[ImportRecord]) -> bool:
    if record.events_added or record.events_replaced or told.changed.num_rows:
        return False
    known = {
        (one.source, one.mode, one.can, one.horizon, one.time_zone)
        for earlier in records
        if earlier.undone_at is None
        for one in earlier.sources
    }
    return all((one.source, one.mode, one.can, one.horizon, one.time_zone) in known for one in record.sources)


def _describe(incoming: Incoming, known: Keys, whole: Whole, origins: Mapping[int, Origin]) -> Told:
    """Look at the columns that are told first, and at whole descriptions only where something changes."""
    new = _one_a_request(incoming, known)
    files, mine = requests_of(whole), incoming.origin
    owners = ("import_id",) if is_older_than_any(mine, origins) else ()
    existing = _padded(files.look_up(Keys.of(new), (*told_columns(new), *owners)))
    glance = describe(existing, new, newer_ones(existing, new, mine, origins))
    again = Keys.of(new).where(glance.changed & (glance.before >= 0))
    if len(again):
        existing = merge_rows(existing.filter(pa.array(~again.mask(existing))), files.look_up(again))
    return lay_over(existing, new, mine, origins, whole.settled)


def _padded(rows: pa.Table) -> pa.Table:
    wanted = coded(SCHEMAS["requests"])
    missing = {f.name: pa.nulls(rows.num_rows, f.type) for f in wanted if f.name not in rows.column_names}
    return pa.table({f.name: rows[f.name] if f.name not in missing else missing[f.name] for f in wanted})


def _one_a_request(incoming: Incoming, known: Keys) -> pa.Table:
    """The descriptions in order, the last of a request; a bare one for a request that had no events and has none."""
    given = as_coded(incoming.log.requests, REQUESTS)
    given = given.filter(pa.array(tells_anything(given) | ~known.mask(given)))
    rows = sort_by_request(pa.concat_tables([given, bare_descriptions(_without(incoming.keys, known, Keys.of(given)))]))
    ends = np.append(starts_of_requests(rows)[1:], rows.num_rows) - 1
    return rows.take(pa.array(ends)) if rows.num_rows else rows


def _without(keys: Keys, *others: Keys) -> Keys:
    for other in others:
        keys = keys.where(~other.has(keys))
    return keys
