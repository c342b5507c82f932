"""From what one reader found to a part of the log: check, drop duplicates, join merged, sort, describe, account."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.base.units import from_us, to_us
from otklik.intake.building import LogBuilder
from otklik.intake.checks import set_aside_broken
from otklik.intake.describing import describe_requests
from otklik.intake.duplicates import drop_duplicates
from otklik.intake.merging import join_merged
from otklik.intake.ordering import sort_events
from otklik.intake.placeholders import DESCRIBED, HELD, without_placeholders
from otklik.intake.source import UNTOLD, Input
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS
from otklik.schemas.log import Guess, ImportCount, ServiceLog, SourceFacts


@dataclass(frozen=True)
class Part:
    """The log of one source, finished."""

    events: pa.Table
    requests: pa.Table
    quarantine: pa.Table
    facts: SourceFacts
    count: ImportCount
    guesses: tuple[Guess, ...]


def finish(
    built: LogBuilder, facts: SourceFacts, inputs: Sequence[Input], *, reader: str, as_of: datetime | None = None
) -> Part:
    """Bring one source into order and account for each of its records."""
    files = tuple(item.name for item in inputs)
    events, quarantine = set_aside_broken(built, ", ".join(files)[:300])
    distinct = drop_duplicates(without_placeholders(events, HELD))
    events = sort_events(join_merged(distinct.events))
    described = without_placeholders(built.table("requests"), DESCRIBED)
    requests = describe_requests(described, events, built.source)
    early = quarantine.num_rows - built.table("quarantine").num_rows
    quarantined = len(built.aside) + built.aside_rows + early
    horizon, guesses = _horizon(events, facts, as_of)
    return Part(
        events,
        requests,
        quarantine,
        replace(facts, source=built.source, files=files, reader=reader, horizon=horizon),
        _account(built.records, quarantined, distinct.duplicate_records + built.repeats),
        (*built.guesses, *guesses),
    )


def join_parts(parts: Sequence[Part], lost: pa.Table, guesses: Sequence[Guess] = ()) -> ServiceLog:
    """Lay the sources together; `lost` are the files nobody could read, each counted as one record."""
    parts = sorted(parts, key=lambda part: part.facts.source)
    counts = [part.count for part in parts]
    return ServiceLog(
        events=pa.concat_tables([EVENTS.empty_table(), *(part.events for part in parts)]),
        requests=pa.concat_tables([REQUESTS.empty_table(), *(part.requests for part in parts)]),
        sources=tuple(part.facts for part in parts),
        quarantine=pa.concat_tables([QUARANTINE.empty_table(), *(part.quarantine for part in parts), lost]),
        count=ImportCount(
            read=sum(count.read for count in counts) + lost.num_rows,
            kept=sum(count.kept for count in counts),
            quarantined=sum(count.quarantined for count in counts) + lost.num_rows,
            duplicate=sum(count.duplicate for count in counts),
        ),
        guesses=(*guesses, *(guess for part in parts for guess in part.guesses)),
    )


def _account(read: int, quarantined: int, duplicate: int) -> ImportCount:
    kept = read - quarantined - duplicate
    if kept < 0:
        raise AssertionError(f"a reader must call record() before it sets one aside: {read} read, {quarantined} aside")
    return ImportCount(read=read, kept=kept, quarantined=quarantined, duplicate=duplicate)


def _horizon(events: pa.Table, facts: SourceFacts, as_of: datetime | None) -> tuple[datetime, list[Guess]]:
    """Until when the log is complete: as told, else as the export says, else its last event that is not to come."""
    if as_of is not None:
        return as_of, []
    if facts.horizon != UNTOLD or not events.num_rows:
        return facts.horizon, []
    at_us = events["at"].cast(pa.int64())
    now_us = to_us(datetime.now(UTC))
    to_come = pc.sum(pc.greater(at_us, now_us)).as_py() or 0
    if not 0 < to_come < events.num_rows:
        return from_us(pc.max(at_us).as_py()), []
    last = from_us(pc.max(at_us.filter(pc.less_equal(at_us, now_us))).as_py())
    reason = N_("%(n)s events lie in the future; they are kept, and not seen before their day.")
    return last, [Guess(what="horizon", value=last.isoformat(), reason=reason, facts={"n": str(to_come)})]
