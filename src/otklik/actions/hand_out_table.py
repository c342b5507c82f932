"""A table of a view as a file for others: figures, or single requests and waits, through the one writer of exports."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

from otklik.actions.cut_log import Asked, Shelf
from otklik.base.errors import UserError
from otklik.base.files import whole_file
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.views import View

SINGLE: Final = {
    "requests": N_("Requests one by one, with every measure"),
    "waits": N_("Waits one by one"),
}
"""Tables with a row for each request or wait."""
FORMATS: Final = ("csv", "xlsx")
_PEOPLE: Final = frozenset({"assignee"})
_ROWS = 50_000


class UnknownTable(UserError):
    """Asked for a table or a kind of file nobody knows: facts `table`."""

    code = "unknown-table"
    message = N_("There is no table %(table)s.")


def hand_out_table(table: pa.Table, path: Path, format: str) -> int:
    """Write a table that is here already; say how many rows. No text in it can become a formula."""
    _write([table], table.schema, path, format)
    return int(table.num_rows)


def hand_out_rows(
    shelf: Shelf,
    view: View,
    name: str,
    path: Path,
    format: str,
    *,
    zone: str = "UTC",
    teams: Collection[str] | None = None,
    people: bool = False,
    progress: Progress = no_progress,
) -> int:
    """Write the requests or waits of a view, a part after another, so that length does not matter.

    `teams`: only requests that these teams hold (None = all); `people`: with the columns that name persons.
    """
    from otklik.store.engine import open_engine

    if name not in SINGLE:
        raise UnknownTable(table=name)
    schema = _plain_schema("facts" if name == "requests" else "waits", people)
    with open_engine() as sql:
        query, values = _query(shelf, view, zone, teams, name, schema)
        n = (sql.execute(f"select count(*) from ({query})", values).fetchone() or (0,))[0]
        reader = sql.execute(query, values).to_arrow_reader(_ROWS)
        _write(_told(reader, schema, n, progress), schema, path, format)
    return int(n)


def _query(
    shelf: Shelf, view: View, zone: str, teams: Collection[str] | None, name: str, schema: pa.Schema
) -> tuple[str, dict[str, object]]:
    facts, waits = shelf.kept.sql("facts"), shelf.kept.sql("waits")
    asked = Asked.of(view, zone, shelf.as_of, waits)
    values, where = dict(asked.values), asked.text
    if teams is not None:
        values["own_teams"] = list(teams)
        where += " and list_contains($own_teams, cast(team as varchar))"
    columns = ", ".join(_column(field) for field in schema)
    if name == "requests":
        return f"select {columns} from ({facts}) where {where}", values
    chosen = f"select source, request from ({facts}) where {where}"
    return f"select {columns} from ({waits}) semi join ({chosen}) using (source, request)", values


def _column(field: pa.Field) -> str:
    return f'cast("{field.name}" as varchar) as "{field.name}"' if pa.types.is_string(field.type) else f'"{field.name}"'


def _plain_schema(table: str, people: bool) -> pa.Schema:
    from otklik.actions.refresh_facts import kept_schemas

    fields = [field for field in kept_schemas()[table] if people or field.name not in _PEOPLE]
    texts = [pa.field(one.name, pa.string()) if pa.types.is_dictionary(one.type) else one for one in fields]
    return pa.schema([pa.field(one.name, one.type) for one in texts])


def _told(reader: Iterable[pa.RecordBatch], schema: pa.Schema, n: int, progress: Progress) -> Iterator[pa.Table]:
    done = 0
    for batch in reader:
        progress(N_("Writing the table"), done, n)
        done += batch.num_rows
        yield pa.Table.from_batches([batch]).cast(schema)


def _write(parts: Iterable[pa.Table], schema: pa.Schema, path: Path, format: str) -> None:
    from otklik.store.export import WRITERS

    if format not in FORMATS:
        raise UnknownTable(table=f".{format}")
    with whole_file(path) as temporary:
        WRITERS[format](parts, temporary, schema)
