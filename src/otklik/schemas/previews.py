"""What was detected in a record, shown on its own rows, so that a person can correct it before it is read."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from otklik.base.errors import UserError
from otklik.schemas.log import Guess, ImportCount
from otklik.schemas.results import MeasureResult

PREVIEW_ROWS = 20


class Problem(BaseModel):
    """Why a file cannot be read as things stand; `base.text.Words.error` puts it into words."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    hint: str
    facts: dict[str, str]

    @classmethod
    def of(cls, error: UserError) -> "Problem":
        """As a record that can be sent."""
        facts = {name: str(fact) for name, fact in error.facts.items()}
        return cls(code=error.code, message=error.message, hint=error.hint, facts=facts)


class PreviewColumn(BaseModel):
    """One column: its heading (made unique), what it is taken for (None = kept as it is), and why (a catalogue key)."""

    model_config = ConfigDict(frozen=True)

    heading: str
    role: str | None = None
    reason: str = ""


class PreviewPart(BaseModel):
    """The first rows of one table as they stand in the file, or the first events of a record that is no table."""

    model_config = ConfigDict(frozen=True)

    reader: str
    is_table: bool
    files: tuple[str, ...]
    mode: str | None = None
    """How a table tells its story (log, steps, messages, history, snapshots, dates); None when it tells none."""
    reason: str = ""
    columns: tuple[PreviewColumn, ...]
    rows: tuple[tuple[str | None, ...], ...]
    row_numbers: tuple[int, ...] = ()
    """Where each row of a table stands in its file, as an editor counts."""

    def roles(self) -> dict[str, str]:
        """Heading -> role; changed, it can be told to the next preview and to the reading itself."""
        return {column.heading: column.role for column in self.columns if column.role is not None}


class SetAside(BaseModel):
    """A row that cannot be right, or a file that cannot be read (row None)."""

    model_config = ConfigDict(frozen=True)

    file: str
    row: int | None
    reason: str
    detail: str | None
    raw: str | None


class Preview(BaseModel):
    """All that was detected; nothing is kept of it."""

    model_config = ConfigDict(frozen=True)

    parts: tuple[PreviewPart, ...]
    guesses: tuple[Guess, ...]
    """Encoding, delimiter, mode, columns, date order, zone and whatever else was worked out, each with its reason."""
    problems: tuple[Problem, ...] = ()
    count: ImportCount
    requests: int
    events: int
    set_aside: tuple[SetAside, ...] = ()
    """The first few."""
    is_whole: bool
    """False = a long table was judged by its beginning; the counts are of that beginning."""
    mapping: dict[str, Any]
    """What would read the same again: ReadOptions.mapping, Records.mapping, a saved mapping file."""
    known_roles: tuple[str, ...] = ()
    known_modes: tuple[str, ...] = ()

    def guess(self, what: str) -> Guess | None:
        """The first guess of a kind: 'time_zone', 'date_order', 'date_style', 'encoding' ..."""
        return next((guess for guess in self.guesses if guess.what == what), None)


class Look(BaseModel):
    """A preview, how its sources would be called, and how fast service was in the rows that were looked at."""

    model_config = ConfigDict(frozen=True)
    MEASURES: ClassVar[tuple[str, ...]] = ("first_reply", "resolution")

    preview: Preview
    sources: tuple[str, ...]
    is_process: bool = False
    time_zone: str | None = None
    figures: dict[str, MeasureResult] = {}
    """By measure; empty where there are too many events to measure them for a look."""
