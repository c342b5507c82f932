"""Keeping the files few and in order: hot files joined, hot rows laid into the cold buckets, old files deleted."""

from collections.abc import Iterable

import pyarrow as pa

from otklik.store.delta import DataFile
from otklik.store.keys import HashRange
from otklik.store.kinds import events_of, kind_of, requests_of
from otklik.store.latest import LatestFiles
from otklik.store.order import sort_by_request, sort_events
from otklik.store.placing import is_hot_full, lay_down, oldest_worth_joining, put_hot
from otklik.store.reading import EventFiles, coded
from otklik.store.tables import SCHEMAS, Change, Tables, Whole

KEEP_HOURS = 24
"""Files that left the log stay for readers that began before."""
SWEEP_EVERY = 256
"""Steps between two sweeps where nothing is compacted."""


def join_hot(tables: Tables, whole: Whole) -> Whole:
    """Make one of several small hot files where there are many; only under the writer's lock."""
    change = Change()
    for name in ("events", "requests", "history_events", "history_requests"):
        files = whole.files(name)
        chosen = oldest_worth_joining([f for f in files if f.place.tier == "hot"])
        if chosen:
            step = chosen[-1].place.step
            change.put(name, put_hot(kind_of(tables, name), _rows(name, chosen), step))
            change.take(name, chosen)
    if change.tables:
        whole = tables.commit(change, marks={}, note={"otklik.tidy": "join"}, same_log=True)
    if whole.step % SWEEP_EVERY == 0:
        sweep(whole)
    return whole


def _rows(name: str, chosen: list[DataFile]) -> pa.Table:
    if name == "requests":
        return LatestFiles.of(chosen, SCHEMAS[name]).read()
    rows = pa.concat_tables([coded(SCHEMAS[name]).empty_table(), *(file.sorted.read() for file in chosen)])
    return sort_by_request(rows) if name == "history_requests" else sort_events(rows)


def compact(tables: Tables, whole: Whole, *, force: bool = False) -> Whole:
    """Lay the hot rows into the cold buckets where they are many, or when told to; only under the writer's lock."""
    change = Change()
    for name in ("events", "requests"):
        hot, cold = (sum(f.rows for f in whole.files(name) if f.place.tier == tier) for tier in ("hot", "cold"))
        if (force and hot) or is_hot_full(hot, cold):
            _lay(tables, whole, change, name)
    if not change.tables:
        return whole
    newer = tables.commit(change, marks={}, note={"otklik.tidy": "compact"}, same_log=True)
    sweep(newer)
    return newer


def _lay(tables: Tables, whole: Whole, change: Change, name: str) -> None:
    files = events_of(whole) if name == "events" else requests_of(whole)
    touched = [bucket for bucket in files.buckets if _has_hot(files, bucket) or not files.cold]
    total = sum(file.rows for file in (*files.cold, *files.hot))

    def rows_of(bucket: HashRange) -> Iterable[pa.Table]:
        return [files.read(bucket=bucket)] if isinstance(files, LatestFiles) else files.batches(bucket)

    for written in lay_down(kind_of(tables, name), touched, rows_of, total, whole.step):
        change.put(name, written)
    change.take(name, [f for f in files.cold if f.place.span in touched])
    change.take(name, files.hot)


def _has_hot(files: EventFiles | LatestFiles, bucket: HashRange) -> bool:
    if isinstance(files, EventFiles):
        return bool(files.hot_rows(bucket).num_rows)
    return any(files.hot)


def settle(tables: Tables, whole: Whole, last_import: int) -> Whole:
    """Forget what only an undo would need; the imports so far can then no longer be undone."""
    change = Change()
    for name in ("history_events", "history_requests"):
        change.take(name, whole.files(name))
    newer = tables.commit(change, marks={"settled": last_import}, note={"otklik.tidy": "settle"}, same_log=True)
    sweep(newer)
    return newer


def sweep(whole: Whole) -> None:
    """Delete files nobody needs any more."""
    for name in SCHEMAS:
        whole.state(name).sweep(KEEP_HOURS)
