"""One import: which events are new, which are known, which replace others, and the files that say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import pyarrow as pa

from otklik.schemas.events import EVENTS
from otklik.schemas.imports import ImportedSource, ImportRecord
from otklik.schemas.log import ImportCount, ServiceLog
from otklik.store.growing import Spread
from otklik.store.keys import Keys, Mask, hashes_of_rows
from otklik.store.merging import Origin, merge_import
from otklik.store.order import at_us, merge_events, number_instants, sort_events
from otklik.store.reading import EventFiles, coded

MANY_REQUESTS = 200_000
"""More requests than this are looked up bucket by bucket."""
MEASURED = tuple(name for name in EVENTS.names if name not in {"actor", "channel"})
"""What the measures read, and the order needs: enough to see whether any event can be known already."""
CODED_EVENTS = coded(EVENTS)


def as_coded(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Columns of a schema, texts as dictionaries."""
    wanted = coded(schema)
    columns = []
    for field in wanted:
        column = table[field.name]
        if pa.types.is_dictionary(field.type) and not pa.types.is_dictionary(column.type):
            column = column.cast(pa.string()).dictionary_encode()
        columns.append(column.cast(field.type))
    return pa.table(columns, names=wanted.names)


def with_number(table: pa.Table, name: str, value: int) -> pa.Table:
    """Append a column of one number."""
    return table.append_column(name, pa.array(np.full(table.num_rows, value, np.int32)))


def origin_of(import_id: int, sources: tuple[ImportedSource, ...]) -> Origin:
    """What the merging rule has to know of an import."""
    return Origin(
        import_id,
        {one.source: one.mode != "dates" for one in sources},
        {one.source: one.horizon for one in sources},
    )


@dataclass(frozen=True)
class Incoming:
    """A log about to be imported, its events in order; `record` stands beside each where it is known."""

    log: ServiceLog
    import_id: int
    sources: tuple[ImportedSource, ...]

    @classmethod
    def of(cls, log: ServiceLog, import_id: int) -> "Incoming":
        """Take a log as it came from the readers."""
        return cls(log, import_id, tuple(ImportedSource.of(facts) for facts in log.sources))

    @cached_property
    def events(self) -> pa.Table:
        """The events in order, with `record` (-1 where nobody counted)."""
        records = self.log.records
        record = pa.chunked_array([np.full(self.log.events.num_rows, -1)]) if records is None else records
        return number_instants(sort_events(as_coded(self.log.events, EVENTS).append_column("record", record)))

    @cached_property
    def keys(self) -> Keys:
        """The requests that have events."""
        return Keys.of(self.events)

    @property
    def origin(self) -> Origin:
        """For the merging rule."""
        return origin_of(self.import_id, self.sources)


@dataclass(frozen=True)
class MergedEvents:
    """What the import does to the events."""

    added: pa.Table
    """New rows with import_id, in order within a bucket; among them rows that were there and are written again."""
    rewritten: Keys
    """Requests that lose rows; their other rows are among `added`."""
    hidden: pa.Table
    """Rows for the history, with import_id and hidden_by, in order within a bucket."""
    touched: Keys
    known: Keys
    """Requests that had events before."""
    now: pa.Table
    """All events of the requests looked up, as they are after the import; the MEASURED columns. None where many."""
    new_rows: int
    gone_rows: int
    known_rows: int
    known_records: int


def merge_log(incoming: Incoming, files: EventFiles, origins: Mapping[int, Origin]) -> MergedEvents:
    """Compare with what is there, in pieces that fit into memory."""
    glance = files.look_up(incoming.keys, MEASURED) if _may_only_add(incoming, origins) else None
    if glance is not None and not _meet(incoming.events, glance):
        pieces = [_all_new(incoming, glance)]
    else:
        pieces = [_merge_piece(new, existing, incoming, origins) for new, existing in _pieces(incoming, files)]
    new_rows, known = (np.concatenate([getattr(p, name) for p in pieces]) for name in ("new_records", "known_records"))
    return MergedEvents(
        added=pa.concat_tables([p.added for p in pieces]),
        rewritten=Keys.joined([p.rewritten for p in pieces]),
        hidden=pa.concat_tables([p.hidden for p in pieces]),
        touched=Keys.joined([p.touched for p in pieces]),
        known=Keys.joined([p.known for p in pieces]),
        now=pieces[0].now if len(pieces) == 1 else pieces[0].now.slice(0, 0),
        new_rows=len(new_rows),
        gone_rows=sum(p.gone_rows for p in pieces),
        known_rows=len(known),
        known_records=len(np.setdiff1d(known[known >= 0], new_rows)) if len(known) else 0,
    )


def _may_only_add(incoming: Incoming, origins: Mapping[int, Origin]) -> bool:
    """Say whether it is worth to look at few columns first: few requests, and nobody tells dates only."""
    if _are_many(incoming):
        return False
    mine = incoming.origin.tells_events
    told = [mine, *(origin.tells_events for origin in origins.values())]
    return all(one.get(source, True) for one in told for source in mine)


def _are_many(incoming: Incoming) -> bool:
    return len(incoming.keys) > MANY_REQUESTS


def _meet(new: pa.Table, existing: pa.Table) -> bool:
    """Say whether any event of a request stands at the instant of one that is there."""
    moments = []
    for table in (new, existing):
        spread = at_us(table).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        moments.append(hashes_of_rows(table) ^ spread)
    return bool(np.isin(moments[0], moments[1]).any())


def _all_new(incoming: Incoming, existing: pa.Table) -> "_Piece":
    fresh = with_number(incoming.events.select(EVENTS.names), "import_id", incoming.import_id)
    nothing = with_number(fresh.slice(0, 0), "hidden_by", 0)
    records = incoming.events["record"].to_numpy()
    now = merge_events(existing, fresh.select(MEASURED))
    return _Piece(fresh, Keys.none(), nothing, incoming.keys, Keys.of(existing), now, records, records[:0], 0)


def _pieces(incoming: Incoming, files: EventFiles) -> Iterator[tuple[pa.Table, pa.Table]]:
    new = incoming.events
    if not _are_many(incoming) or not files.rows:
        yield new, files.look_up(incoming.keys)
        return
    if not any(files.look_up(incoming.keys.within(bucket), ("at", "seq", "kind")).num_rows for bucket in files.buckets):
        yield new, coded(files.schema).empty_table()
        return
    spread = Spread.of(new)
    for bucket in files.buckets:
        yield spread.within(bucket), files.look_up(incoming.keys.within(bucket))


@dataclass(frozen=True)
class _Piece:
    added: pa.Table
    rewritten: Keys
    hidden: pa.Table
    touched: Keys
    known: Keys
    now: pa.Table
    new_records: np.ndarray
    known_records: np.ndarray
    gone_rows: int


def _merge_piece(new: pa.Table, existing: pa.Table, incoming: Incoming, origins: Mapping[int, Origin]) -> _Piece:
    me = incoming.import_id
    merge = merge_import(existing, new, incoming.origin, origins)
    entering, known = _part(new, merge.enters), _part(new, ~merge.enters)
    leaving = _part(existing, merge.leaves)
    rewritten = Keys.of(leaving)
    stays = ~merge.leaves
    again = _part(existing, stays & rewritten.mask(existing)) if len(rewritten) else existing.slice(0, 0)
    fresh = with_number(entering.select(EVENTS.names), "import_id", me)
    now = fresh.slice(0, 0) if _are_many(incoming) else merge_events(_part(existing, stays), fresh)
    hidden = [with_number(known.select(EVENTS.names), "import_id", me), leaving]
    return _Piece(
        added=merge_events(fresh, again),
        rewritten=rewritten,
        hidden=sort_events(with_number(pa.concat_tables(hidden), "hidden_by", me)),
        touched=Keys.joined([Keys.of(entering), rewritten]),
        known=Keys.of(existing),
        now=now.select(MEASURED),
        new_records=entering["record"].to_numpy(),
        known_records=known["record"].to_numpy(),
        gone_rows=leaving.num_rows,
    )


def _part(table: pa.Table, mask: Mask) -> pa.Table:
    if mask.all():
        return table
    return table.filter(pa.array(mask))


def account(
    incoming: Incoming, merged: MergedEvents, described: int, requests_added: int, at: datetime
) -> ImportRecord:
    """The account of the import: a record that brought nothing new is a duplicate."""
    count = incoming.log.count
    if not merged.new_rows and not merged.gone_rows and not described:
        again = count.kept
    else:
        again = min(count.kept, merged.known_records)
    return ImportRecord(
        import_id=incoming.import_id,
        imported_at=at,
        sources=incoming.sources,
        count=ImportCount(
            read=count.read,
            kept=count.kept - again,
            quarantined=count.quarantined,
            duplicate=count.duplicate + again,
        ),
        events_added=merged.new_rows,
        events_replaced=merged.gone_rows,
        events_known=merged.known_rows,
        requests_added=requests_added,
        requests_touched=len(merged.touched),
    )
