"""Bring records in: any export, several, a folder, or standard input, as one service log in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from otklik.base.progress import Progress, no_progress
from otklik.schemas.log import ServiceLog


@dataclass(frozen=True)
class Records:
    """What to read and what the user told us about it; None = find out."""

    files: tuple[str, ...]
    format: str | None = None
    source: str | None = None
    time_zone: str | None = None
    roles: dict[str, str] = field(default_factory=dict)
    mapping_file: Path | None = None
    our_addresses: tuple[str, ...] = ()
    as_of: datetime | None = None


def import_log(records: Records, progress: Progress = no_progress) -> ServiceLog:
    """Read, check and put in order; raise UserError for what cannot be read. A kept log is taken as it is."""
    kept = _kept(records.files)
    if kept is not None:
        return kept
    from otklik.intake import ReadOptions, read_log

    options = ReadOptions(
        source=records.source,
        time_zone=records.time_zone,
        roles=records.roles,
        mapping=_mapping(records.mapping_file),
        our_addresses=records.our_addresses,
        progress=progress,
    )
    return read_log(_paths(records.files), options, as_of=records.as_of, format=records.format)


def _paths(files: Sequence[str]) -> list[str | Path]:
    return [name if name == "-" else Path(name) for name in files]


def _kept(files: Sequence[str]) -> ServiceLog | None:
    if len(files) != 1 or not Path(files[0]).is_dir():
        return None
    from otklik.store import ServiceStore

    store = ServiceStore(files[0])
    return store.log() if store.exists() else None


def _mapping(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    from otklik.intake import load_mapping

    return load_mapping(path)
