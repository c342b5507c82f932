"""Small logs for the tests of intake: events in the words of the domain."""

from datetime import UTC, datetime

import pyarrow as pa

from otklik.intake.building import LogBuilder
from otklik.intake.checks import coded_events
from otklik.intake.finishing import Part, finish
from otklik.intake.source import UNTOLD
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

DAY = datetime(2024, 3, 4, tzinfo=UTC)


def clock(text: str) -> datetime:
    """'10:00' on the day of the tests, or a whole ISO instant."""
    if len(text) == 5:
        return DAY.replace(hour=int(text[:2]), minute=int(text[3:]))
    return datetime.fromisoformat(text)


def built(*lines: str) -> LogBuilder:
    """Each line is a record: '10:00 A created customer public status=new'."""
    log = LogBuilder("desk")
    for line in lines:
        at, request, kind, by, *rest = line.split()
        told = dict(part.split("=", 1) for part in rest if "=" in part)
        log.record()
        log.event(request, clock(at), kind, by, public="public" in rest, **told)
    return log


def events_of(log: LogBuilder) -> pa.Table:
    """What the builder holds, text columns coded."""
    return coded_events(log)


def finished(log: LogBuilder, as_of: datetime | None = None, horizon: datetime = UNTOLD) -> Part:
    facts = SourceFacts("desk", "events", Can.messages, horizon)
    return finish(log, facts, [], reader="test", as_of=as_of)
