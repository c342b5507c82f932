"""What every reader of records is given, and what it has to offer."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, Protocol, cast

from otklik.base.progress import Progress, no_progress
from otklik.base.units import EPOCH
from otklik.intake.building import LogBuilder
from otklik.schemas.log import SourceFacts
from otklik.schemas.previews import PreviewPart

HEAD_BYTES = 65_536
UNTOLD = EPOCH
"""SourceFacts.horizon of a record that does not say when it was made: the log's last event counts then."""


class Named(NamedTuple):
    """A file that is kept under another name than the one its user knows."""

    name: str
    path: Path


@dataclass(frozen=True)
class Input:
    """One file to read: `name` as the user knows it, `head` its first bytes after decompression."""

    name: str
    path: Path
    head: bytes

    @property
    def suffix(self) -> str:
        """The lower-case ending without .gz: '.xes' for log.XES.gz."""
        suffixes = [s.lower() for s in Path(self.name).suffixes if s.lower() != ".gz"]
        return suffixes[-1] if suffixes else ""

    def open(self) -> IO[bytes]:
        """Open the decompressed bytes."""
        with self.path.open("rb") as probe:
            zipped = probe.read(2) == b"\x1f\x8b"
        return cast(IO[bytes], gzip.open(self.path, "rb")) if zipped else self.path.open("rb")

    @classmethod
    def of(cls, path: Path, name: str | None = None) -> "Input":
        """Look at a file just enough to recognise it."""
        bare = cls(name or str(path), path, b"")
        with bare.open() as stream:
            return cls(bare.name, path, stream.read(HEAD_BYTES))


@dataclass(frozen=True)
class Recognition:
    """A reader says: these inputs are mine. `score` 0..1; `reason` a catalogue key with `facts`."""

    inputs: tuple[Input, ...]
    score: float
    reason: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadOptions:
    """What the user told us about the records; None = find out."""

    source: str | None = None
    time_zone: str | None = None
    roles: dict[str, str] = field(default_factory=dict)
    """Column name -> role, from --map or a saved mapping; role 'ignore' leaves a column out."""
    mapping: dict[str, object] = field(default_factory=dict)
    """A saved mapping file: delimiter, encoding, date order, mode, roles, values."""
    our_addresses: tuple[str, ...] = ()
    """Who is 'we' where the record does not say: e-mail addresses or domains, user names, phone numbers."""
    progress: Progress = no_progress


@dataclass(frozen=True)
class Beginning:
    """The first rows of files, to look at; and the files, long ones cut short, to read for a look."""

    parts: tuple[PreviewPart, ...]
    inputs: tuple[Input, ...]
    is_whole: bool


class Source(Protocol):
    """A reader of one kind of record; one folder each under intake/sources.

    reader.py holds exactly one class of this shape, made without arguments; `name` is its folder's name. Two class
    attributes may be added: `named_by_file = True` (a format, not a product: the source is then called after its
    file) and `sandboxed = True` (`read` runs in a child process with limits on memory and processor time). A reader of
    rows may also offer `begin(inputs, options, folder) -> Beginning`, for a look at the rows as they stand in the file.
    """

    name: str

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim the inputs that look like mine, by their content rather than by their name."""

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read the claimed inputs into `out`; raise FileError for a file that cannot be read at all."""
