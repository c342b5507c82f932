"""What a kept log tells about itself: its imports, and the log as a whole."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from otklik.schemas.events import Can
from otklik.schemas.log import ImportCount, SourceFacts


class ImportedSource(BaseModel):
    """What one import said about one source."""

    model_config = ConfigDict(frozen=True)

    source: str
    mode: str
    can: int
    horizon: datetime
    files: tuple[str, ...] = ()
    reader: str = ""
    time_zone: str | None = None
    is_process: bool = False

    @classmethod
    def of(cls, facts: SourceFacts) -> "ImportedSource":
        """As a record that can be kept."""
        return cls(**{**vars(facts), "can": int(facts.can)})

    def facts(self) -> SourceFacts:
        """As the measures want it."""
        return SourceFacts(**{**dict(self), "can": Can(self.can)})


class ImportRecord(BaseModel):
    """One import: what came, what it did to the log, and whether it still counts."""

    model_config = ConfigDict(frozen=True)

    import_id: int | None
    """None = it changed nothing, so nothing was kept of it."""
    imported_at: datetime
    undone_at: datetime | None = None
    sources: tuple[ImportedSource, ...]
    count: ImportCount
    events_added: int = 0
    events_replaced: int = 0
    events_known: int = 0
    requests_added: int = 0
    requests_touched: int = 0


class StoredSource(BaseModel):
    """One source in the log."""

    model_config = ConfigDict(frozen=True)

    source: str
    mode: str
    horizon: datetime
    imports: int


class LogInfo(BaseModel):
    """The log as a whole."""

    model_config = ConfigDict(frozen=True)

    folder: str
    version: int
    requests: int
    events: int
    first_event_at: datetime | None
    last_event_at: datetime | None
    quarantined: int
    bytes: int
    hot_events: int
    sources: tuple[StoredSource, ...]
    imports: tuple[ImportRecord, ...]
