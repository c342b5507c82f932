"""Keep the facts of a stored log fresh: compute again what the newest imports touched, and nothing else."""

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from otklik.actions.measure_speed import Yardstick
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.base.units import from_us, to_us
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.log import SourceFacts

if TYPE_CHECKING:
    from otklik.measures import Measured
    from otklik.measures.columns import Rows
    from otklik.store import HashRange, Keys, ServiceStore, Snapshot
    from otklik.store.kept import Keep, Kept, Mark

DESCRIBED_BY: Final = ("channel", "category", "priority", "segment")
HELD_BY: Final = ("team", "assignee")
TOLD_APART_BY: Final = (*DESCRIBED_BY, *HELD_BY)
"""The columns that lie beside the facts, so that views can be cut by them without a look at the log."""
_FEW_EVENTS = 4_000
"""Events measured sooner in plain Python than by loading the compiled measures."""


@dataclass(frozen=True)
class Refreshed:
    """The facts, and how they came to be: `computed` requests, or all of them (`rebuilt`)."""

    kept: "Kept"
    rebuilt: bool
    computed: int


def refresh_facts(
    store: "ServiceStore", yardstick: Yardstick, *, with_running: bool = True, progress: Progress = no_progress
) -> Refreshed:
    """Bring the kept facts up to the newest import and return them.

    The requests touched come first and are seen at once. Where the horizon has moved, everything that was still running
    is measured up to it as well, unless `with_running` is false; then those rows stay as of the horizon before.
    """
    snapshot = store.snapshot()
    book = yardstick.book()
    keep = facts_keep(store, book)
    kept = keep.newest()
    touched = None if kept is None or not _same_sources(kept, snapshot.sources) else snapshot.changed_since(kept.step)
    if kept is None or touched is None:
        progress(N_("Measuring"), 0, None)
        return Refreshed(_rebuild(keep, snapshot, book), True, -1)
    keep.used()
    computed = 0
    if len(touched):
        kept = _refresh(keep, store, snapshot, book, touched, _mark(snapshot, kept))
        computed += len(touched)
    if with_running and _is_behind(kept, snapshot.sources):
        running = _may_move(kept, snapshot)
        progress(N_("Measuring what is still running"), 0, len(running))
        kept = _refresh(keep, store, snapshot, book, running, _mark(snapshot, None))
        computed += len(running)
    return Refreshed(keep.tidy() if computed else kept, False, computed)


def facts_keep(store: "ServiceStore", book: CalendarBook | None) -> "Keep":
    """Where the facts by these calendars and this version of the measures are kept."""
    from otklik.store.kept import Keep

    return Keep(store.folder / "kept", facts_key(book), kept_schemas(), leading="facts")


def kept_schemas() -> dict[str, pa.Schema]:
    """What is kept: the facts of each request beside the columns that tell requests apart, and its waits."""
    from otklik.measures import facts_schema, waits_schema

    told = [pa.field(name, pa.dictionary(pa.int32(), pa.string())) for name in TOLD_APART_BY]
    return {"facts": pa.schema([*facts_schema(), *told]), "waits": waits_schema()}


def facts_key(book: CalendarBook | None) -> str:
    """Name the calendars and the version of the measures: other facts have another name."""
    from otklik.measures.compiling import sources_key

    told = json.dumps(_plain(None if book is None else asdict(book)), sort_keys=True, ensure_ascii=False)
    everything = "\n".join((told, sources_key(), *map(str, kept_schemas().values())))
    return hashlib.sha256(everything.encode()).hexdigest()[:20]


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(part) for part in value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _mark(snapshot: "Snapshot", before: "Kept | None") -> "Mark":
    """The step, what each source can tell, and up to when everything running was measured (as before, or now)."""
    from otklik.store.kept import Mark

    horizons = {f"horizon {facts.source}": to_us(facts.horizon) for facts in snapshot.sources}
    if before is not None:
        horizons = {name: at for name, at in horizons.items() if before.number(name) is None}
    return Mark(snapshot.step, {"sources": _told_by(snapshot.sources), **horizons})


def _told_by(sources: Iterable[SourceFacts]) -> int:
    told = sorted((facts.source, int(facts.can)) for facts in sources)
    return int(hashlib.sha256(repr(told).encode()).hexdigest()[:15], 16)


def _same_sources(kept: "Kept", sources: Iterable[SourceFacts]) -> bool:
    """Say whether what was kept still holds: no source tells more or less, none is known less far than before."""
    sources = tuple(sources)
    known = [facts for facts in sources if kept.number(f"horizon {facts.source}") is not None]
    if any(to_us(facts.horizon) < (kept.number(f"horizon {facts.source}") or 0) for facts in known):
        return False
    return kept.number("sources") in {_told_by(sources), _told_by(known)}


def _is_behind(kept: "Kept", sources: Iterable[SourceFacts]) -> bool:
    return any(to_us(facts.horizon) != kept.number(f"horizon {facts.source}") for facts in sources)


def _may_move(kept: "Kept", snapshot: "Snapshot") -> "Keys":
    """Requests whose facts another horizon changes: those with events after the old one, and those still running."""
    from otklik.store import Keys

    later = []
    for facts in snapshot.sources:
        horizon_us = kept.number(f"horizon {facts.source}")
        if horizon_us is not None and horizon_us != to_us(facts.horizon):
            later.append(snapshot.with_events_after(from_us(horizon_us), facts.source))
    return Keys.joined([_running(kept), *later])


def _running(kept: "Kept") -> "Keys":
    """Ask the files themselves: many facts would not fit into memory."""
    from otklik.store import Keys
    from otklik.store.engine import open_engine

    running = " or ".join(f"{name} = 'running'" for name in _states())
    with open_engine() as sql:
        found = sql.execute(f"select source, request from ({kept.sql('facts')}) where {running}").to_arrow_table()
    return Keys.of(found)


def _states() -> list[str]:
    from otklik.measures import facts_schema

    return [name for name in facts_schema().names if name.endswith("_state")]


def _rebuild(keep: "Keep", snapshot: "Snapshot", book: CalendarBook | None) -> "Kept":
    from otklik.measures.columns import NEEDED
    from otklik.measures.holders import held_last

    few = snapshot.files.rows <= _FEW_EVENTS

    def parts(bucket: "HashRange") -> Iterator[Mapping[str, pa.Table]]:
        batches = snapshot.batches(bucket, columns=NEEDED)
        described = Told.of(snapshot.descriptions.read(DESCRIBED_BY, bucket))
        for events, part in _measured(batches, snapshot, book, few):
            yield _tables(part, held_last(events, part.horizon), described.around(part.facts))

    kept = keep.rebuild(snapshot.buckets, parts, _mark(snapshot, None))
    keep.forget_others()
    return kept


def _refresh(
    keep: "Keep",
    store: "ServiceStore",
    snapshot: "Snapshot",
    book: CalendarBook | None,
    keys: "Keys",
    mark: "Mark",
) -> "Kept":
    from otklik.measures.holders import held_last

    events = store.events_of(snapshot, keys)
    few = events.num_rows <= _FEW_EVENTS
    measured = _measured(events.to_batches(), snapshot, book, few)
    described = snapshot.descriptions.look_up(keys, DESCRIBED_BY)
    parts = [_tables(part, held_last(events, part.horizon), described) for events, part in measured]
    empty = {name: schema.empty_table() for name, schema in kept_schemas().items()}
    tables = {name: pa.concat_tables([empty[name], *(part[name] for part in parts)]) for name in empty}
    return keep.refresh(keys, tables, mark)


def _measured(
    batches: Iterable[pa.RecordBatch], snapshot: "Snapshot", book: CalendarBook | None, few: bool
) -> "Iterator[tuple[Rows, Measured]]":
    """Measure whole requests, each batch beside what was measured on it."""
    from otklik.measures import measure_batches
    from otklik.measures.columns import whole_requests

    waiting: deque[Rows] = deque()

    def noted() -> "Iterator[Rows]":
        for batch in whole_requests(batches):
            waiting.append(batch)
            yield batch

    for part in measure_batches(noted(), snapshot.sources, book, engine="plain" if few else "compiled"):
        yield waiting.popleft(), part


@dataclass(frozen=True)
class Told:
    """What is told of many requests, in their order, so that the part a batch needs is found at once."""

    rows: pa.Table
    keys: pa.Array

    @classmethod
    def of(cls, rows: pa.Table) -> "Told":
        """Take rows in the order of their requests, one each."""
        return cls(rows, _key(rows))

    def around(self, facts: pa.Table) -> pa.Table:
        """The rows from the first to the last request of these facts, which are in order too."""
        if not facts.num_rows:
            return self.rows.slice(0, 0)
        first, last = (_key(facts.slice(place, 1))[0].as_py() for place in (0, facts.num_rows - 1))
        places = range(len(self.keys))
        begin = bisect_left(places, first, key=lambda at: self.keys[at].as_py())
        end = bisect_right(places, last, lo=begin, key=lambda at: self.keys[at].as_py())
        return self.rows.slice(begin, end - begin)


def _tables(measured: "Measured", held: pa.Table, described: pa.Table) -> dict[str, pa.Table]:
    facts = _beside(_beside(measured.facts, described, DESCRIBED_BY), held, HELD_BY)
    return {"facts": facts.select(kept_schemas()["facts"].names), "waits": measured.waits}


def _beside(facts: pa.Table, told: pa.Table, names: Iterable[str]) -> pa.Table:
    """Lay columns of a table with a row for each request beside the facts."""
    import pyarrow.compute as pc

    place = pc.index_in(_key(facts), value_set=_key(told))
    for name in names:
        text = told[name].cast(pa.string()).combine_chunks().take(place)
        facts = facts.append_column(name, text.dictionary_encode())
    return facts


def _key(table: pa.Table) -> pa.Array:
    import pyarrow.compute as pc

    plain = [table[name].cast(pa.string()) for name in ("source", "request")]
    return pc.binary_join_element_wise(*plain, "\0").combine_chunks()
