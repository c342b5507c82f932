"""Measure a whole log, or sorted batches of one that does not fit: facts and waits out, as Arrow."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.units import to_us
from otklik.measures.clocks import Clocks, needed_by
from otklik.measures.columns import NEEDED, Rows, read_batch, whole_requests
from otklik.measures.facts import facts_schema, waits_schema
from otklik.measures.ordering import in_order, in_turn
from otklik.measures.running import run
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.log import ServiceLog, SourceFacts

Engine = Literal["auto", "plain", "compiled"]
PLAIN_UP_TO = 50_000
"""Events that plain Python measures sooner than numba compiles."""
PLAIN_UP_TO_UNCOMPILED = 400_000
"""The same on a machine where the kernel has never been compiled."""
BATCH_EVENTS = 1 << 19
THREADS = 2


@dataclass(frozen=True)
class Measured:
    """Every measure of every request: `facts` (one row a request), `waits` (one row a wait), up to `horizon`."""

    facts: pa.Table
    waits: pa.Table
    horizon: dict[str, datetime]
    book: CalendarBook | None


def measure_log(
    log: ServiceLog, book: CalendarBook | None, *, as_of: datetime | None = None, engine: Engine = "auto"
) -> Measured:
    """Every wait of every customer in a log, in both clocks.

    Input     log: ServiceLog; book: the company's calendars, None = no working time; as_of: as it was then
    Output    Measured: facts (measures.facts_schema), waits (measures.waits_schema), ordered by source and request
    Unit      seconds; counts
    Open end  what is open runs to the horizon: as_of, else the source's own
    Errors    clock.YearsUnknown where a calendar does not know a year of the log
    Source    docs/method
    """
    events = in_order(log.events)
    batches = events.select(NEEDED).combine_chunks().to_batches(max_chunksize=BATCH_EVENTS)
    if engine == "auto":
        engine = engine_for(events.num_rows)
    needed = needed_by(book, pc.unique(events["team"]).to_pylist())
    parts = list(measure_batches(batches, log.sources, needed, as_of=as_of, engine=engine))
    return Measured(
        pa.concat_tables([facts_schema().empty_table(), *(part.facts for part in parts)]).unify_dictionaries(),
        pa.concat_tables([waits_schema().empty_table(), *(part.waits for part in parts)]).unify_dictionaries(),
        horizons(log.sources, as_of),
        book,
    )


def measure_batches(
    batches: Iterable[Rows],
    sources: Sequence[SourceFacts],
    book: CalendarBook | None,
    *,
    as_of: datetime | None = None,
    engine: Engine = "compiled",
    threads: int = THREADS,
) -> Iterator[Measured]:
    """Measure a log of any size, batch after batch, in bounded memory.

    Input     batches: events sorted by (source, request, at, seq), cut anywhere; each request in one run of rows, so
              buckets may follow each other; sources: what each can tell
    Output    one Measured a batch of whole requests, in the order of the batches
    Unit      seconds; counts
    Open end  what is open runs to the horizon: as_of, else the source's own
    Errors    UnsortedEvents; clock.YearsUnknown
    Source    docs/method
    """
    if engine != "plain":
        from otklik.measures.compiling import compiled_kernel

        compiled_kernel()  # once, before there are threads that would each begin to
    until = horizons(sources, as_of)
    clocks = Clocks(book, max(map(to_us, until.values()), default=0))
    can = {source.source: source.can for source in sources}

    def measure(batch: Rows) -> Measured:
        compiled = clocks.covering(pc.min(batch.column("at").cast(pa.int64())).as_py())
        facts, waits = run(read_batch(batch, compiled.code_of_team), compiled.table, until, can, engine)
        return Measured(pa.Table.from_batches([facts]), pa.Table.from_batches([waits]), until, book)

    return in_turn(measure, whole_requests(batches), 1 if engine == "plain" else threads)


def horizons(sources: Sequence[SourceFacts], as_of: datetime | None) -> dict[str, datetime]:
    """Until when each source is looked at."""
    return {source.source: source.horizon if as_of is None else as_of for source in sources}


def engine_for(n_events: int) -> Engine:
    """Plain for few events, compiled for many; later where nothing has been compiled yet."""
    if n_events < PLAIN_UP_TO:
        return "plain"
    from otklik.measures.compiling import is_kept

    return "compiled" if n_events >= PLAIN_UP_TO_UNCOMPILED or is_kept() else "plain"
