"""Bring records in: any export, several, a folder, or standard input, as one service log in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.base.progress import Progress, no_progress
from otklik.schemas.log import ServiceLog

if TYPE_CHECKING:
    from otklik.intake import ReadOptions
    from otklik.intake.source import Named


@dataclass(frozen=True)
class Records:
    """What to read and what the user told us about it; None = find out."""

    files: tuple[str, ...]
    format: str | None = None
    source: str | None = None
    time_zone: str | None = None
    roles: dict[str, str] = field(default_factory=dict)
    mapping_file: Path | None = None
    mapping: Mapping[str, object] = field(default_factory=dict)
    """As a mapping file holds it (schemas.previews.Preview.mapping); outdoes the file key by key."""
    our_addresses: tuple[str, ...] = ()
    as_of: datetime | None = None
    names: tuple[str, ...] = ()
    """What the user calls each file, where they are kept under other names."""


def import_log(records: Records, progress: Progress = no_progress) -> ServiceLog:
    """Read, check and put in order; raise UserError for what cannot be read. A kept log is taken as it is."""
    kept = _kept(records.files)
    if kept is not None:
        return kept
    from otklik.intake import read_log

    options = read_options(records, progress)
    return read_log(paths_of(records), options, as_of=records.as_of, format=records.format)


def read_options(records: Records, progress: Progress = no_progress) -> "ReadOptions":
    """What was told, as the readers want it."""
    from otklik.intake import ReadOptions

    return ReadOptions(
        source=records.source,
        time_zone=records.time_zone,
        roles=records.roles,
        mapping={**_mapping(records.mapping_file), **records.mapping},
        our_addresses=records.our_addresses,
        progress=progress,
    )


def paths_of(records: Records) -> "list[str | Path | Named]":
    """Files, folders, or '-' for what comes through a pipe."""
    if records.names:
        from otklik.intake.source import Named

        return [Named(name, Path(file)) for name, file in zip(records.names, records.files, strict=True)]
    return [name if name == "-" else Path(name) for name in records.files]


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
