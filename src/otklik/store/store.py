"""The log in a folder: many may read while one writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from otklik.schemas.imports import ImportRecord, LogInfo
from otklik.schemas.log import ServiceLog
from otklik.store.importing import MEASURED
from otklik.store.keys import HashRange, Keys
from otklik.store.lock import writing
from otklik.store.pseudonyms import Pseudonyms
from otklik.store.reading import BATCH_ROWS
from otklik.store.snapshot import Period, Snapshot
from otklik.store.tables import Tables
from otklik.store.tidying import compact, join_hot, settle
from otklik.store.undoing import write_deletion, write_undo
from otklik.store.writer import write_import

FRESH_ROWS = 500_000


@dataclass(frozen=True)
class Fresh:
    """Requests touched by the last import in this process, and all their events: no need to look them up again."""

    step: int
    keys: Keys
    events: pa.Table


class ServiceStore:
    """A service log kept in a folder. Every reading method shows the newest whole state; see also `snapshot()`."""

    def __init__(self, folder: str | Path, *, wait_s: float = 10.0) -> None:
        self.folder = Path(folder)
        self._tables = Tables(self.folder)
        self._wait_s = wait_s
        self.fresh: Fresh | None = None

    def exists(self) -> bool:
        """Say whether anything was ever imported here."""
        return self._tables.exists()

    def snapshot(self) -> Snapshot:
        """The newest whole state, which stays as it is; raise NotAStore where there is no log."""
        return Snapshot(self._tables.newest())

    def import_log(self, log: ServiceLog, *, tidy: bool = True) -> ImportRecord:
        """Add a log: what is there already changes nothing. The record counts read = kept + quarantined + duplicate."""
        with writing(self.folder, self._wait_s):
            imported = write_import(self._tables, Pseudonyms(self.folder).applied(log))
            whole = imported.whole
            if imported.record.import_id is not None:
                few = len(imported.touched) > 0 and 0 < imported.now.num_rows <= FRESH_ROWS
                self.fresh = Fresh(whole.step, imported.touched, imported.now) if few else None
            if tidy:
                compact(self._tables, join_hot(self._tables, whole))
        return imported.record

    def imports(self) -> tuple[ImportRecord, ...]:
        """Every import, oldest first; undone ones too."""
        return self.snapshot().imports

    def undo(self, import_id: int) -> ImportRecord:
        """Make the log as if the import had never been; what it replaced comes back."""
        self.snapshot()
        with writing(self.folder, self._wait_s):
            record, _ = write_undo(self._tables, import_id)
        return record

    def delete_source(self, source: str) -> None:
        """Take a source out of the log; this cannot be undone."""
        self.snapshot()
        with writing(self.folder, self._wait_s):
            write_deletion(self._tables, source)

    def compact(self, *, force: bool = True) -> None:
        """Lay all recent additions into the cold files; readers see the same log before and after."""
        self.snapshot()
        with writing(self.folder, self._wait_s):
            compact(self._tables, self._tables.for_writing(), force=force)

    def settle(self) -> None:
        """Forget what only an undo needs, to save space; the imports so far can then no longer be undone."""
        last = max((record.import_id or 0 for record in self.imports()), default=0)
        with writing(self.folder, self._wait_s):
            settle(self._tables, self._tables.for_writing(), last)

    def info(self) -> LogInfo:
        """The log in a few numbers."""
        return self.snapshot().info()

    def log(
        self, sources: Sequence[str] | None = None, requests: Iterable[str] | None = None, period: Period | None = None
    ) -> ServiceLog:
        """The log in memory; of some sources, some requests, or the requests with an event in [from, to)."""
        return self.snapshot().log(sources, requests, period)

    def events_of(self, snapshot: Snapshot, keys: Keys) -> pa.Table:
        """What the measures read of some requests; not looked up where the last import here has just read them."""
        fresh = self.fresh
        if fresh is not None and fresh.step == snapshot.step and fresh.keys.has(keys).all():
            return (
                fresh.events if len(fresh.keys) == len(keys) else fresh.events.filter(pa.array(keys.mask(fresh.events)))
            )
        return snapshot.files.look_up(keys, MEASURED)

    def batches(self, bucket: HashRange, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The events of one bucket; for several buckets of one state take a `snapshot()`."""
        return self.snapshot().batches(bucket, rows)

    def export(self, path: str | Path, format: str | None = None) -> list[Path]:
        """Write the log for others: parquet, csv, xlsx or xes, by the ending of `path` or as told."""
        from otklik.store.export import export_log

        return export_log(self.snapshot(), Path(path), format)
