"""The tables of a log as one: a commit to the events names the versions of all others, so a state is whole or absent.

Everything else is committed first and seen by nobody; the commit to `events` is the one moment at which it all counts.
What a crash left behind before that moment is taken back by the next writer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from otklik.base.crash_points import crash_point
from otklik.schemas.events import EVENTS, LOG_VERSION, QUARANTINE, REQUESTS, UTC_US
from otklik.store.delta import DataFile, DeltaFolder, DeltaState
from otklik.store.errors import NewerStore, NotAStore
from otklik.store.sorted_files import Written

_IMPORT = pa.field("import_id", pa.int32(), nullable=False)
_HIDDEN_BY = pa.field("hidden_by", pa.int32(), nullable=False)
HEAD: Final = "events"
SCHEMAS: Final = {
    "events": pa.schema([*EVENTS, _IMPORT]),
    "requests": pa.schema([*REQUESTS, _IMPORT, pa.field("merged", pa.bool_(), nullable=False)]),
    "history_events": pa.schema([*EVENTS, _IMPORT, _HIDDEN_BY]),
    "history_requests": pa.schema([*REQUESTS, _IMPORT, _HIDDEN_BY]),
    "quarantine": pa.schema([_IMPORT, *QUARANTINE]),
    "imports": pa.schema(
        [
            _IMPORT,
            pa.field("imported_at", UTC_US, nullable=False),
            pa.field("undone_at", UTC_US),
            pa.field("record", pa.string(), nullable=False),
        ]
    ),
    "changes": pa.schema(
        [
            pa.field("step", pa.int32(), nullable=False),
            pa.field("source", pa.string()),
            pa.field("request", pa.string()),
        ]
    ),
}
"""events and requests are the log; the others say where it came from and keep what can be undone."""

STATS: Final = {"events": ("at", "import_id"), "history_events": ("import_id",), "history_requests": ("import_id",)}


@dataclass
class Change:
    """What one step does to each table."""

    add: dict[str, list[Written]] = field(default_factory=dict)
    remove: dict[str, list[DataFile]] = field(default_factory=dict)

    def put(self, table: str, written: Written) -> None:
        """Add a file."""
        self.add.setdefault(table, []).append(written)

    def take(self, table: str, files: Sequence[DataFile]) -> None:
        """Take files out."""
        self.remove.setdefault(table, []).extend(files)

    @property
    def tables(self) -> set[str]:
        """Those that change."""
        return {name for name, parts in (*self.add.items(), *self.remove.items()) if parts}


class Whole:
    """One whole state of all tables."""

    def __init__(self, folders: Mapping[str, DeltaFolder], head: DeltaState) -> None:
        self._folders = folders
        self.head = head

    @property
    def version(self) -> int:
        """The version of the state."""
        return self.head.version

    @property
    def step(self) -> int:
        """How many imports, undos and deletions there have been."""
        return self.head.mark("step") or 0

    @property
    def settled(self) -> int:
        """Imports up to this number can no longer be undone."""
        return self.head.mark("settled") or 0

    @cached_property
    def _states(self) -> dict[str, DeltaState]:
        return {HEAD: self.head}

    def state(self, table: str) -> DeltaState:
        """One table as it belongs to this state."""
        if table not in self._states:
            self._states[table] = self._folders[table].at(self.head.mark(table))
        return self._states[table]

    def files(self, table: str) -> tuple[DataFile, ...]:
        """The files of a table."""
        return self.state(table).files


class Tables:
    """The folder with all tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders = {name: DeltaFolder(folder / name.replace("_", "/"), schema) for name, schema in SCHEMAS.items()}

    def exists(self) -> bool:
        """Say whether there is a log."""
        return self._newest() is not None

    def newest(self) -> Whole:
        """The newest whole state; raise NotAStore where there is none."""
        whole = self._newest()
        if whole is None:
            raise NotAStore(folder=str(self.folder))
        return whole

    def _newest(self) -> Whole | None:
        if not self.folders[HEAD].exists():
            return None
        head = self.folders[HEAD].at()
        found = head.mark("format")
        if found is not None and found > LOG_VERSION:
            raise NewerStore(folder=str(self.folder), found=found, known=LOG_VERSION)
        return None if found is None else Whole(self.folders, head)

    def create(self) -> Whole:
        """Make a log without events; the last commit makes it exist."""
        for folder in self.folders.values():
            folder.create()
        versions = {name: self.folders[name].at().version for name in SCHEMAS if name != HEAD}
        self.folders[HEAD].commit([], [], marks={**versions, "format": LOG_VERSION, "step": 0})
        return self.newest()

    def for_writing(self) -> Whole:
        """The newest whole state, with what a crash left behind taken back; only under the writer's lock."""
        whole = self._newest()
        if whole is None:
            return self.create()
        for name, folder in self.folders.items():
            if name != HEAD:
                _take_back(folder, whole.head.mark(name))
        return whole

    def commit(self, change: Change, *, marks: Mapping[str, int], note: Mapping[str, Any], same_log: bool) -> Whole:
        """Make a change to all tables at one stroke; `same_log`: the rows are the same, only kept otherwise."""
        versions: dict[str, int] = {}
        for name in sorted(change.tables - {HEAD}):
            crash_point("store-between-tables")
            versions[name] = self._commit(name, change, same_log)
        crash_point("store-before-commit")
        self._commit(HEAD, change, same_log, {**versions, **marks}, note)
        crash_point("store-after-commit")
        return self.newest()

    def _commit(
        self,
        name: str,
        change: Change,
        same_log: bool,
        marks: Mapping[str, int] | None = None,
        note: Mapping[str, Any] | None = None,
    ) -> int:
        add, remove = change.add.get(name, []), change.remove.get(name, [])
        return self.folders[name].commit(add, remove, marks=marks, note=note, data_change=not same_log)


def _take_back(folder: DeltaFolder, version: int | None) -> None:
    """Bring a table back to the version that belongs to the whole state."""
    if version is None or folder.is_newest(version):
        return
    newest = folder.at()
    wanted = {file.name: file for file in folder.at(version).files}
    present = {file.name: file for file in newest.files}
    if wanted.keys() == present.keys():
        return
    lost = [file for name, file in wanted.items() if name not in present]
    folder.commit(
        [Written(folder.folder / f.name, f.rows, f.size, dict(f.ranges)) for f in lost],
        [file for name, file in present.items() if name not in wanted],
    )
