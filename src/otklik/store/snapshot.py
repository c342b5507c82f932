"""One whole state of the log, for reading: nothing written later changes what it shows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.units import from_us, to_us
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, Can
from otklik.schemas.imports import ImportRecord, LogInfo, StoredSource
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts
from otklik.store.keys import HashRange, Keys
from otklik.store.kinds import events_of, plain_rows, requests_of
from otklik.store.latest import LatestFiles
from otklik.store.order import at_us, sort_by_request, sort_events
from otklik.store.reading import BATCH_ROWS, EventFiles, coded
from otklik.store.tables import SCHEMAS, Whole
from otklik.store.writer import CHANGES_KEPT, imports_in

Period = tuple[datetime | None, datetime | None]


class Snapshot:
    """The log as it was when the snapshot was taken."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole

    @property
    def version(self) -> int:
        """Grows with every commit."""
        return self.whole.version

    @property
    def step(self) -> int:
        """Grows with every import, undo and deletion."""
        return self.whole.step

    @cached_property
    def imports(self) -> tuple[ImportRecord, ...]:
        """Every import, oldest first; undone ones too."""
        return tuple(imports_in(self.whole))

    @cached_property
    def sources(self) -> tuple[SourceFacts, ...]:
        """What each source is able to tell: only what every import of it could."""
        told: dict[str, list[SourceFacts]] = {}
        for record in self.imports:
            for one in record.sources if record.undone_at is None else ():
                told.setdefault(one.source, []).append(one.facts())
        return tuple(_together(told[source]) for source in sorted(told))

    @cached_property
    def files(self) -> EventFiles:
        """The files of the events."""
        return events_of(self.whole)

    @cached_property
    def descriptions(self) -> LatestFiles:
        """The files of the requests."""
        return requests_of(self.whole)

    @property
    def buckets(self) -> tuple[HashRange, ...]:
        """The parts of the log that can be worked on one after another, or side by side."""
        return self.files.buckets

    def batches(
        self, bucket: HashRange, rows: int = BATCH_ROWS, columns: Sequence[str] = tuple(EVENTS.names)
    ) -> Iterator[pa.RecordBatch]:
        """The events of one bucket in order, whole requests at a time, texts as dictionaries."""
        for batch in self.files.batches(bucket, rows, columns):
            yield from batch.select(list(columns)).to_batches()

    def events(self, keys: Keys) -> pa.Table:
        """The events of some requests, in order, texts as dictionaries."""
        return self.files.look_up(keys).drop(["import_id"])

    def requests(self, keys: Keys | None = None) -> pa.Table:
        """The descriptions of some requests, or of all, in order, texts as dictionaries."""
        found = self.descriptions.read() if keys is None else self.descriptions.look_up(keys)
        return found.select(REQUESTS.names)

    def quarantine(self, import_id: int | None = None) -> pa.Table:
        """Rows set aside, of one import or of all that count."""
        live = [r.import_id for r in self.imports if r.undone_at is None and import_id in (None, r.import_id)]
        rows = plain_rows(self.whole.files("quarantine"), SCHEMAS["quarantine"])
        kept = rows.filter(pc.is_in(rows["import_id"], value_set=pa.array(live, pa.int32())))
        return kept.sort_by("import_id").select(QUARANTINE.names)

    def changed_since(self, step: int) -> Keys | None:
        """The requests touched after a step; None = too many or too long ago to know."""
        if not self.step - CHANGES_KEPT <= step <= self.step:
            return None
        files = [file for file in self.whole.files("changes") if file.place.step > step]
        rows = plain_rows(files, SCHEMAS["changes"])
        return None if rows["source"].null_count else Keys.of(rows.select(["source", "request"]))

    def with_events_after(self, at: datetime, source: str) -> Keys:
        """The requests of a source that have an event later than that."""
        after_us = to_us(at)
        files = [file for file in (*self.files.cold, *self.files.hot) if file.rows and file.ranges["at"][1] > after_us]
        found = []
        for file in files:
            rows = file.sorted.read(columns=("source", "request", "at"))
            rows = rows.filter(pa.array(at_us(rows) > after_us))
            found.append(Keys.of(rows.filter(_is_in(rows["source"], [source]))))
        return Keys.joined(found)

    def log(
        self, sources: Sequence[str] | None = None, requests: Iterable[str] | None = None, period: Period | None = None
    ) -> ServiceLog:
        """The log in memory; of some sources, some requests, or the requests with an event in [from, to)."""
        events = self._events(sources, None if requests is None else set(requests), period)
        limited = requests is not None or period is not None
        described = self.requests(Keys.of(events)) if limited else self.requests()
        if sources is not None:
            described = described.filter(_is_in(described["source"], sources))
        return ServiceLog(
            events=_spelled(events, EVENTS),
            requests=_spelled(described, REQUESTS),
            sources=tuple(facts for facts in self.sources if sources is None or facts.source in sources),
            quarantine=self.quarantine(),
            count=self.count,
        )

    @property
    def count(self) -> ImportCount:
        """The account of all imports that count."""
        counts = [record.count for record in self.imports if record.undone_at is None]
        return ImportCount(
            read=sum(c.read for c in counts),
            kept=sum(c.kept for c in counts),
            quarantined=sum(c.quarantined for c in counts),
            duplicate=sum(c.duplicate for c in counts),
        )

    def _events(self, sources: Sequence[str] | None, requests: set[str] | None, period: Period | None) -> pa.Table:
        parts = [coded(EVENTS).empty_table()]
        if requests is not None:
            parts.append(_kept(self.events(self._keys(sources, requests)), sources, period))
        else:
            whole = (pa.Table.from_batches([b]) for bucket in self.buckets for b in self.batches(bucket))
            parts += [_kept(batch, sources, period) for batch in whole]
        return sort_events(pa.concat_tables(parts))

    def _keys(self, sources: Sequence[str] | None, requests: set[str]) -> Keys:
        """The requests of those names, in whichever source."""
        among = [facts.source for facts in self.sources if sources is None or facts.source in sources]
        names = sorted(requests)
        both = [(source, name) for source in among for name in names]
        return Keys.sorted(pa.array([s for s, _ in both], pa.string()), pa.array([r for _, r in both], pa.string()))

    def info(self) -> LogInfo:
        """The log in a few numbers."""
        ends = [file.ranges["at"] for file in (*self.files.cold, *self.files.hot) if file.rows]
        return LogInfo(
            folder=str(self.whole.head.home.folder.parent),
            version=self.version,
            requests=self.descriptions.count(),
            events=self.files.rows,
            first_event_at=from_us(min(low for low, _ in ends)) if ends else None,
            last_event_at=from_us(max(high for _, high in ends)) if ends else None,
            quarantined=self.count.quarantined,
            bytes=sum(file.size for name in SCHEMAS for file in self.whole.files(name)),
            hot_events=sum(file.rows for file in self.files.hot),
            sources=tuple(self._stored(facts) for facts in self.sources),
            imports=self.imports,
        )

    def _stored(self, facts: SourceFacts) -> StoredSource:
        live = [r for r in self.imports if r.undone_at is None and any(s.source == facts.source for s in r.sources)]
        return StoredSource(source=facts.source, mode=facts.mode, horizon=facts.horizon, imports=len(live))


def _together(told: list[SourceFacts]) -> SourceFacts:
    """Several imports of one source as one: the last words count, but nothing is claimed that one of them lacked."""
    can = told[0].can
    for one in told[1:]:
        can &= one.can
    newest = max(told, key=lambda one: one.horizon)
    files = tuple(dict.fromkeys(name for one in told for name in one.files))
    return SourceFacts(
        newest.source, newest.mode, Can(can), newest.horizon, files, newest.reader, newest.time_zone, newest.is_process
    )


def _kept(events: pa.Table, sources: Sequence[str] | None, period: Period | None) -> pa.Table:
    if sources is not None:
        events = events.filter(_is_in(events["source"], sources))
    if period is None or not events.num_rows:
        return events
    moments = at_us(events)
    inside = np.ones(len(moments), dtype=bool)
    if period[0] is not None:
        inside &= moments >= to_us(period[0])
    if period[1] is not None:
        inside &= moments < to_us(period[1])
    return events.filter(pa.array(Keys.of(events.filter(pa.array(inside))).mask(events)))


def _is_in(column: pa.ChunkedArray, values: Sequence[str]) -> pa.ChunkedArray:
    return pc.is_in(column.cast(pa.string()), value_set=pa.array(list(values), pa.string()))


def _spelled(table: pa.Table, schema: pa.Schema) -> pa.Table:
    return sort_by_request(table).cast(schema) if schema is REQUESTS else table.cast(schema)
