"""Read what a program pushed: events of the contract, row by row, with what cannot be taken set aside."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.events import Can
from otklik.schemas.log import ServiceLog, SourceFacts

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
    """The body as a log in memory: rows that break the contract are set aside one by one.

    Descriptions may come without events: `requests` holds every request that was named.
    """
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


def _can(tells: Iterable[str]) -> Can:
    can = Can(0)
    for name in tells:
        can |= Can[name]
    return can
