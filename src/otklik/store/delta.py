"""A Delta table whose files we write ourselves: what it holds at a version, and one commit at a time."""

import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

import pyarrow as pa

from otklik.store.keys import HashRange
from otklik.store.sorted_files import SortedFile, Written, sync

CHECKPOINT_EVERY = 20
"""Commits between two checkpoints."""
_SETTINGS = {
    "delta.checkpointInterval": str(CHECKPOINT_EVERY),
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 2 days",
    "delta.deletedFileRetentionDuration": "interval 1 days",
}


_STATES_KEPT: Final = 64


class Place(NamedTuple):
    """What a file's name says: cold or hot, written at which step, for which range of hashes."""

    tier: str
    step: int
    span: HashRange

    def new_name(self) -> str:
        """A name nobody has used."""
        return (
            f"{self.tier}/{self.step:010d}-{self.span.bits:02d}-{self.span.prefix:05x}-{uuid.uuid4().hex[:12]}.parquet"
        )

    @classmethod
    def of(cls, name: str) -> "Place":
        """Read a name made by `new_name`."""
        tier, _, rest = name.partition("/")
        step, bits, prefix, _ = rest.split("-")
        return cls(tier, int(step), HashRange(int(bits), int(prefix, 16)))


@dataclass(frozen=True)
class DataFile:
    """One file of a table."""

    folder: Path
    name: str
    rows: int
    size: int
    ranges: Mapping[str, tuple[int, int]]

    @cached_property
    def place(self) -> Place:
        """Its tier, step and range of hashes."""
        return Place.of(self.name)

    @cached_property
    def sorted(self) -> SortedFile:
        """The file, opened when first used."""
        return SortedFile(self.folder / self.name)

    def may_hold(self, column: str, value: int) -> bool:
        """Say whether a number can occur in a column, by the file's smallest and largest."""
        low, high = self.ranges.get(column, (value, value))
        return low <= value <= high


class DeltaFolder:
    """One Delta table in a folder, made when first committed to."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        self.folder = folder
        self.schema = schema

    def exists(self) -> bool:
        """Say whether anything was ever committed."""
        return (self.folder / "_delta_log").is_dir() and any((self.folder / "_delta_log").glob("*.json"))

    def is_newest(self, version: int) -> bool:
        """Say whether nothing was committed after a version; much cheaper than opening the table."""
        return self._print(version) is not None and not self._commit_file(version + 1).exists()

    def at(self, version: int | None = None) -> "DeltaState":
        """Its state at a version; None = the newest. Opened again only where something was committed since."""
        known = _known.of(self.folder)
        if known is not None and version in {None, known.version} and self._is_still(known, version is None):
            return known
        state = self._state(self.opened(version))
        _known.keep(self.folder, state)
        return state

    def _is_still(self, known: "DeltaState", newest: bool) -> bool:
        same = known.print is not None and known.print == self._print(known.version)
        return same and (not newest or self.is_newest(known.version))

    def _state(self, table: Any) -> "DeltaState":
        return DeltaState(self, table, self._print(int(table.version())))

    def _commit_file(self, version: int) -> Path:
        return self.folder / "_delta_log" / f"{version:020d}.json"

    def _print(self, version: int) -> tuple[int, int] | None:
        """What tells a commit from one of the same number in a folder made anew; None where it is cleaned away."""
        try:
            found = self._commit_file(version).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def opened(self, version: int | None = None) -> Any:
        """The table as the library has it, which some of its methods change."""
        from deltalake import DeltaTable

        return DeltaTable(str(self.folder), version=version)

    def create(self) -> None:
        """Make the table, empty."""
        from deltalake import DeltaTable, Schema

        self.folder.mkdir(parents=True, exist_ok=True)
        DeltaTable.create(str(self.folder), Schema.from_arrow(self.schema), mode="ignore", configuration=_SETTINGS)

    def commit(
        self,
        add: Sequence[Written],
        remove: Sequence[DataFile],
        *,
        marks: Mapping[str, int] | None = None,
        note: Mapping[str, Any] | None = None,
        data_change: bool = True,
    ) -> int:
        """Put files in and take files out at one stroke; return the new version. `marks` are kept with the version."""
        from deltalake.transaction import CommitProperties, RemoveAction, Transaction

        now_ms = int(time.time() * 1000)
        table = self.opened()
        actions = [
            *(self._addition(written, now_ms, data_change) for written in add),
            *(RemoveAction(f.name, data_change, now_ms, f.size, {}) for f in remove),
        ]
        properties = CommitProperties(
            custom_metadata=dict(note or {}),
            app_transactions=[Transaction(name, value) for name, value in (marks or {}).items()],
        )
        table.create_write_transaction(actions, "append", table.schema(), commit_properties=properties)
        table.update_incremental()
        version = int(table.version())
        self._settle_on_disk(version)
        _known.keep(self.folder, self._state(table))
        return version

    def _addition(self, written: Written, now_ms: int, data_change: bool) -> Any:
        from deltalake.transaction import AddAction

        name = written.path.relative_to(self.folder).as_posix()
        ends = {side: {n: both[i] for n, both in written.stats.items()} for i, side in enumerate(("low", "high"))}
        stats = {
            "numRecords": written.rows,
            "minValues": self._readable(ends["low"]),
            "maxValues": self._readable(ends["high"]),
            "nullCount": dict.fromkeys(written.stats, 0),
        }
        return AddAction(name, written.size, {}, now_ms, data_change, json.dumps(stats))

    def _readable(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Instants as the Delta protocol writes them."""
        return {name: _instant(value) if name == "at" else value for name, value in values.items()}

    def _settle_on_disk(self, version: int) -> None:
        sync(self._commit_file(version))
        sync(self.folder / "_delta_log")


def _instant(us: int) -> str:
    from otklik.base.units import from_us

    return from_us(us).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class DeltaState:
    """A table as it stood at one version; nothing done later changes it."""

    def __init__(self, home: DeltaFolder, table: Any, print_: tuple[int, int] | None = None) -> None:
        self.home = home
        self.version = int(table.version())
        self.print = print_
        self._table = table

    def mark(self, name: str) -> int | None:
        """A number that was kept with the version or an earlier one."""
        found = self._table.transaction_version(name)
        return None if found is None else int(found)

    @cached_property
    def files(self) -> tuple[DataFile, ...]:
        """Its files, oldest name first."""
        actions = pa.table(self._table.get_add_actions(flatten=True)).to_pylist()
        return tuple(sorted((_data_file(self.home.folder, action) for action in actions), key=lambda f: f.name))

    def of_tier(self, tier: str) -> tuple[DataFile, ...]:
        """The cold files, or the hot ones."""
        return tuple(f for f in self.files if f.place.tier == tier)

    def rows(self, tier: str | None = None) -> int:
        """How many rows there are."""
        return sum(f.rows for f in self.files if tier is None or f.place.tier == tier)

    def sweep(self, keep_hours: float) -> None:
        """Delete files that left the table longer ago than that, and the log of versions nobody can need.

        Never done by a commit on its own: the version that counts may not be the newest yet.
        """
        table = self.home.opened(self.version)
        table.vacuum(int(keep_hours), dry_run=False, enforce_retention_duration=False, full=True)
        table.cleanup_metadata()


class _Known:
    """The states opened last in this process, one a folder: opening a table again reads its whole log."""

    def __init__(self) -> None:
        self._states: OrderedDict[str, DeltaState] = OrderedDict()
        self._one_at_a_time = Lock()

    def of(self, folder: Path) -> DeltaState | None:
        return self._states.get(str(folder.absolute()))

    def keep(self, folder: Path, state: DeltaState) -> None:
        with self._one_at_a_time:
            self._states[str(folder.absolute())] = state
            self._states.move_to_end(str(folder.absolute()))
            while len(self._states) > _STATES_KEPT:
                self._states.popitem(last=False)


_known = _Known()


def _data_file(folder: Path, action: Mapping[str, Any]) -> DataFile:
    ranges = {
        name[4:]: (_number(action[name]), _number(action["max." + name[4:]]))
        for name in action
        if name.startswith("min.") and action[name] is not None
    }
    return DataFile(folder, action["path"], int(action["num_records"]), int(action["size_bytes"]), ranges)


def _number(value: Any) -> int:
    from otklik.base.units import to_us

    return value if isinstance(value, int) else to_us(value)
