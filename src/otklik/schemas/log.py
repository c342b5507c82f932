"""What crosses from the readers to the measures: a whole service log in memory, and the account of an import."""

from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from otklik.schemas.events import Can


class ImportCount(BaseModel):
    """The account of one import: read = kept + quarantined + duplicate, always."""

    model_config = ConfigDict(frozen=True)

    read: int = 0
    kept: int = 0
    quarantined: int = 0
    duplicate: int = 0


class Guess(BaseModel):
    """One thing the reader worked out by itself, and why; printed so that a person can correct it."""

    model_config = ConfigDict(frozen=True)

    what: str
    value: str
    reason: str
    facts: dict[str, str] = {}


@dataclass(frozen=True)
class SourceFacts:
    """What one source is able to tell, and until when it is complete."""

    source: str
    mode: str
    can: Can
    horizon: datetime
    files: tuple[str, ...] = ()
    reader: str = ""
    time_zone: str | None = None
    is_process: bool = False
    """True for logs of steps without customer messages (loans, permits, orders): other words on screen."""


@dataclass(frozen=True)
class ServiceLog:
    """A whole log in memory: `events` (schemas.events.EVENTS) sorted by source, request, at, seq; `requests`."""

    events: pa.Table
    requests: pa.Table
    sources: tuple[SourceFacts, ...]
    quarantine: pa.Table
    count: ImportCount
    guesses: tuple[Guess, ...] = field(default=())
    records: pa.ChunkedArray | None = None
    """For each row of `events`, the number (int64) of the record it came from; None where nobody counted."""
