"""How each table of the log is kept, and the changes of files that every writer makes."""

from collections.abc import Sequence

import pyarrow as pa

from otklik.store.delta import DataFile, Place
from otklik.store.growing import lay_in
from otklik.store.keys import HashRange, Keys
from otklik.store.latest import LatestFiles
from otklik.store.order import sort_by_request, sort_events
from otklik.store.placing import Kind, Moved, put_hot, take_out
from otklik.store.reading import EventFiles
from otklik.store.sorted_files import GROUP_REQUESTS, GROUP_ROWS, write_plain
from otklik.store.tables import SCHEMAS, STATS, Change, Tables, Whole

COLD_ROWS = {"events": 1_500_000, "requests": 400_000}
ONE_ROW_EACH = {"requests", "history_requests"}
LARGE_SHARE = 0.1
LARGE_ROWS = 200_000
"""An addition of more rows than both goes straight into the cold files."""
ALWAYS_ONE_ROW = 50_000
"""Up to so many requests, the table of requests is written again with every import: one row each for every reader."""


def kind_of(tables: Tables, name: str) -> Kind:
    """How a table is kept."""
    group_rows = GROUP_REQUESTS if name in ONE_ROW_EACH else GROUP_ROWS
    cold_rows, stats = COLD_ROWS.get(name, 1_000_000), STATS.get(name, ())
    return Kind(tables.folders[name].folder, SCHEMAS[name], cold_rows, stats, group_rows)


def events_of(whole: Whole) -> EventFiles:
    """The events of a state."""
    return EventFiles(whole.files("events"), SCHEMAS["events"])


def requests_of(whole: Whole) -> LatestFiles:
    """The descriptions of the requests of a state."""
    return LatestFiles.of(whole.files("requests"), SCHEMAS["requests"])


def history_of(whole: Whole, name: str) -> EventFiles:
    """Rows that came and do not stand in the log."""
    return EventFiles(whole.files(f"history_{name}"), SCHEMAS[f"history_{name}"])


def is_large(rows: int, there: int) -> bool:
    """Say whether an addition should not become a hot file."""
    return rows > max(LARGE_ROWS if there else 0, LARGE_SHARE * there)


def put_events(tables: Tables, whole: Whole, change: Change, added: pa.Table, rewritten: Keys, step: int) -> None:
    """Add event rows, after taking out all rows of the requests written again."""
    kind, files = kind_of(tables, "events"), events_of(whole)
    if is_large(added.num_rows, files.rows):
        _move(change, "events", lay_in(kind, files.cold, added, rewritten, step))
        _take_out(tables, change, "events", files.hot, rewritten)
        return
    if added.num_rows:
        change.put("events", put_hot(kind, sort_events(added), step))
    _take_out(tables, change, "events", [*files.cold, *files.hot], rewritten)


def put_requests(tables: Tables, whole: Whole, change: Change, rows: pa.Table, step: int) -> None:
    """Add descriptions, which count instead of older ones of the same requests."""
    if not rows.num_rows:
        return
    kind, files = kind_of(tables, "requests"), requests_of(whole)
    there = sum(file.rows for file in files.files)
    large = is_large(rows.num_rows, there)
    if not large and there + rows.num_rows > ALWAYS_ONE_ROW:
        change.put("requests", put_hot(kind, rows, step))
        return
    keys = Keys.of(rows)
    _move(change, "requests", lay_in(kind, files.cold, rows, keys, step, after=large))
    _take_out(tables, change, "requests", files.hot, keys)


def put_history(tables: Tables, change: Change, name: str, rows: pa.Table, step: int) -> None:
    """Keep rows that came and do not stand in the log."""
    if rows.num_rows:
        in_order = sort_events(rows) if name == "events" else sort_by_request(rows)
        change.put(f"history_{name}", put_hot(kind_of(tables, f"history_{name}"), in_order, step))


def put_plain(tables: Tables, change: Change, name: str, rows: pa.Table, step: int) -> None:
    """Add rows of a table without requests."""
    if rows.num_rows:
        path = tables.folders[name].folder / Place("hot", step, HashRange()).new_name()
        change.put(name, write_plain(path, rows, SCHEMAS[name]))


def take_out_rows(tables: Tables, whole: Whole, change: Change, name: str, keys: Keys) -> None:
    """Take all rows of some requests out of a table."""
    _take_out(tables, change, name, whole.files(name), keys)


def _take_out(tables: Tables, change: Change, name: str, files: Sequence[DataFile], keys: Keys) -> None:
    if len(keys):
        _move(change, name, take_out(kind_of(tables, name), EventFiles(files, SCHEMAS[name]).holding(keys), keys))


def _move(change: Change, name: str, moved: Moved) -> None:
    for written in moved.add:
        change.put(name, written)
    change.take(name, moved.remove)


def plain_rows(files: Sequence[DataFile], schema: pa.Schema) -> pa.Table:
    """All rows of a table without requests."""
    import pyarrow.parquet as pq

    parts = [pq.read_table(file.folder / file.name, partitioning=None) for file in files]
    return pa.concat_tables([schema.empty_table(), *(part.cast(schema) for part in parts)])
