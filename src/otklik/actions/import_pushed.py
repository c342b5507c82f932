"""Take what a program pushed into the kept log: once, however often it is begun."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from otklik.actions.keep_log import describe_log
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.events import Can
from otklik.schemas.imports import ImportRecord
from otklik.schemas.log import ServiceLog, SourceFacts
from otklik.schemas.previews import SetAside

TELLS = tuple(flag.name for flag in Can if flag.name)
"""What a feed may say that it tells."""
READER = "push"


@dataclass(frozen=True)
class Push:
    """A body that was received: `name` is its own for ever, `tells` what the feed as a whole can tell."""

    name: str
    path: Path
    form: Literal["ndjson", "csv"]
    source: str
    zipped: bool = False
    as_of: datetime | None = None
    tells: tuple[str, ...] = TELLS
    is_process: bool = False


def read_push(push: Push, progress: Progress = no_progress) -> ServiceLog:
    """The body as a log in memory: rows that break the contract are set aside one by one."""
    from otklik.intake.building import LogBuilder
    from otklik.intake.finishing import finish, join_parts
    from otklik.intake.pushed import Pushed, read_pushed
    from otklik.intake.source import UNTOLD, Input

    progress(N_("Reading what was sent"), 0, None)
    pushed = Pushed(LogBuilder(push.source), push.name)
    read_pushed(push.path, push.form, pushed, zipped=push.zipped)
    facts = SourceFacts(push.source, "events", _can(push.tells), UNTOLD, is_process=push.is_process)
    part = finish(pushed.out, facts, [Input(push.name, push.path, b"")], reader=READER, as_of=push.as_of)
    return join_parts([replace(part, requests=pushed.requests())], part.quarantine.slice(0, 0))


def import_pushed(
    folder: Path, push: Push, progress: Progress = no_progress
) -> tuple[ImportRecord, tuple[SetAside, ...]]:
    """Add the body to the log and return the account and the rows set aside.

    A body whose import stands in the log already (the work broke off just after it) is only accounted for.
    """
    from otklik.store import ServiceStore

    log = read_push(push, progress)
    aside = tuple(SetAside(**row) for row in log.quarantine.to_pylist())
    store = ServiceStore(folder)
    known = store.exists() and _import_of(describe_log(folder)[1], push.name)
    if known:
        return known, aside
    if not log.events.num_rows and not log.requests.num_rows:
        return _nothing(log), aside
    progress(N_("Writing the log"), 0, None)
    return store.import_log(log), aside


def _can(tells: Iterable[str]) -> Can:
    can = Can(0)
    for name in tells:
        can |= Can[name]
    return can


def _import_of(records: Iterable[ImportRecord], name: str) -> ImportRecord | None:
    return next((record for record in records if any(name in one.files for one in record.sources)), None)


def _nothing(log: ServiceLog) -> ImportRecord:
    """Account for a body of which no row could be taken; the log stays as it is."""
    return ImportRecord(import_id=None, imported_at=datetime.now(UTC), sources=(), count=log.count)
