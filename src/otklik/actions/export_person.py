"""Hand out everything the log knows of a person, as the person may ask for it."""

import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from otklik.base.files import whole_file

if TYPE_CHECKING:
    from otklik.store import Snapshot
    from otklik.store.persons import Person


def export_person(folder: Path, names: Sequence[str], path: Path) -> int:
    """Write a zip with tables as CSV and as JSON; return how many requests and events it holds.

    `requests` are those of which the person is the customer, with all their events; `events` besides them are those
    in which the person acted or held the request.
    """
    from otklik.store import ServiceStore
    from otklik.store.persons import Person

    snapshot = ServiceStore(folder).snapshot()
    person = Person.of(names, "")
    tables = _tables(snapshot, person)
    with whole_file(path) as temporary:
        _write(temporary, person, tables)
    return sum(table.num_rows for table in tables.values())


def _write(path: Path, person: "Person", tables: dict[str, pa.Table]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryDirectory() as room:
        archive.writestr("person.json", _json({"names": list(person.names)}))
        for name, table in tables.items():
            archive.writestr(f"{name}.json", _json(table.to_pylist()))
            archive.write(_as_csv(table, Path(room) / name), f"{name}.csv")


def _tables(snapshot: "Snapshot", person: "Person") -> dict[str, pa.Table]:
    from otklik.schemas.events import EVENTS, REQUESTS
    from otklik.store.erasing import own_requests

    own = own_requests(snapshot.whole, person)
    acted = [
        _acted(pa.Table.from_batches([b]), person) for bucket in snapshot.buckets for b in snapshot.batches(bucket)
    ]
    return {
        "requests": snapshot.requests(own).select(REQUESTS.names).cast(REQUESTS),
        "events_of_requests": snapshot.events(own).select(EVENTS.names).cast(EVENTS),
        "events_acted_in": pa.concat_tables([EVENTS.empty_table(), *(rows.cast(EVENTS) for rows in acted)]),
        "rows_set_aside": _aside(snapshot.quarantine(), person),
    }


def _acted(events: pa.Table, person: "Person") -> pa.Table:
    import pyarrow.compute as pc

    from otklik.schemas.events import EVENTS

    names = pa.array(person.names)
    masks = [pc.fill_null(pc.is_in(events[n].cast(pa.string()), value_set=names), False) for n in ("actor", "assignee")]
    return events.filter(pc.or_(*masks)).select(EVENTS.names)


def _aside(quarantine: pa.Table, person: "Person") -> pa.Table:
    rows = [row for row in quarantine.to_pylist() if row["raw"] and person.is_in(row["raw"])]
    return pa.Table.from_pylist(rows, schema=quarantine.schema)


def _as_csv(table: pa.Table, path: Path) -> Path:
    from otklik.store import write_csv

    write_csv(table, path)
    return path


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)
