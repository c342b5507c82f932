"""Backup and restore of a whole data folder, while it is in use; and the doctor, who looks whether all is well."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from otklik.actions.keep_log import log_held
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.files import whole_file
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_

MANIFEST: Final = "otklik-backup.json"
FORMAT: Final = 1
DATABASE: Final = "database.sqlite3"
DUMP: Final = "database.pgdump"
MADE_ANEW: Final = frozenset({"kept", "writer.lock"})
"""Parts of the log that follow from the rest: the facts are measured again."""
LEFT_OUT: Final = frozenset({"remembered", "static", "handed-out"})
"""What can be made anew, or is thrown away anyway."""


class NotABackup(UserError):
    """The file is no backup, or a damaged one: facts `file`, `reason`."""

    code = "not-a-backup"
    message = N_("%(file)s is not a whole backup: %(reason)s.")
    hint = N_("Take another backup; nothing was changed.")


class FolderInUse(UserError):
    """Restoring would overwrite something: facts `folder`."""

    code = "folder-in-use"
    message = N_("%(folder)s is not empty.")
    hint = N_("Restore into a new folder, look whether all is there, then use it with --data.")


class ToolMissing(UserError):
    """PostgreSQL's own tool is not there, or refused: facts `tool`, `reason`."""

    code = "tool-missing"
    message = N_("%(tool)s did not do its work: %(reason)s.")
    hint = N_("Install the client programs of PostgreSQL in the version of your server.")


@dataclass
class Checkup:
    """What the doctor found: sentences for the catalogue with their facts; empty = all is well."""

    wrong: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)


def back_up(folder: Path, target: Path, progress: Progress = no_progress) -> Path:
    """Write everything into one file, whole or not at all; nobody has to stop working.

    The database is copied by its own online means; the log's files are never changed once written, so a list of them
    taken while nobody writes is a whole state.
    """
    with whole_file(target) as temporary, tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        sums: dict[str, str] = {}
        with tarfile.open(temporary, "w:gz", compresslevel=3) as archive:
            progress(N_("Copying the database"), 0, None)
            _add(archive, _database(folder, Path(scratch)), sums)
            crash_point("backup-mid")
            log = folder / "log"
            if log.exists():
                with log_held(log):
                    _add_all(
                        archive, folder, [part for part in log.iterdir() if part.name not in MADE_ANEW], sums, progress
                    )
            _add_all(archive, folder, _others(folder), sums, progress)
            manifest = json.dumps({"format": FORMAT, "files": sums}).encode()
            told = tarfile.TarInfo(MANIFEST)
            told.size = len(manifest)
            archive.addfile(told, io.BytesIO(manifest))
    target.chmod(0o600)
    return target


def restore(source: Path, folder: Path, progress: Progress = no_progress) -> Checkup:
    """Unpack a backup into a new folder, check every file against its sum, and look whether all is well."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(folder=str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sums, found = {}, {}
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                if not member.isfile():
                    continue
                file = archive.extractfile(member)
                if file is None:
                    raise NotABackup(file=str(source), reason=member.name)
                if member.name == MANIFEST:
                    sums = json.load(file)["files"]
                    continue
                archive.extract(member, folder, filter="data")
                found[member.name] = _sum(folder / member.name)
                progress(N_("Unpacking"), len(found), None)
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as broken:
        raise NotABackup(file=str(source), reason=str(broken)) from broken
    if not sums or sums != found:
        raise NotABackup(file=str(source), reason="sums")
    if (folder / DATABASE).exists():
        (folder / DATABASE).rename(folder / "otklik.sqlite3")
    return Checkup(looked_at={"files": len(found)})


def _others(folder: Path) -> list[Path]:
    names = {"log", "otklik.sqlite3", "otklik.sqlite3-wal", "otklik.sqlite3-shm", *LEFT_OUT}
    return [path for path in sorted(folder.iterdir()) if path.name not in names]


def _database(folder: Path, scratch: Path) -> Path:
    """The database as one file: SQLite by its online backup, PostgreSQL by pg_dump."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        target = scratch / DUMP
        try:
            subprocess.run(["pg_dump", "--format=custom", "--file", str(target), url], check=True, capture_output=True)
        except FileNotFoundError as missing:
            raise ToolMissing(tool="pg_dump", reason=str(missing)) from missing
        except subprocess.CalledProcessError as refused:
            raise ToolMissing(tool="pg_dump", reason=refused.stderr.decode("utf-8", "replace")[:300]) from refused
        return target
    target = scratch / DATABASE
    with _opened(folder / "otklik.sqlite3") as from_, _opened(target) as to:
        from_.backup(to)
    with _opened(target) as copy:
        (verdict,) = copy.execute("pragma integrity_check").fetchone()
    if verdict != "ok":
        raise NotABackup(file=str(folder / "otklik.sqlite3"), reason=verdict)
    return target


class _opened:
    """A connection that is closed at the end; `with sqlite3.connect()` alone only commits."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _add_all(
    archive: tarfile.TarFile, folder: Path, paths: list[Path], sums: dict[str, str], progress: Progress
) -> None:
    for path in (one for top in paths for one in _files(top)):
        _add(archive, path, sums, path.relative_to(folder).as_posix())
        progress(N_("Copying the files"), len(sums), None)


def _files(top: Path) -> Iterator[Path]:
    if top.is_file():
        yield top
    elif top.is_dir():
        yield from (path for path in sorted(top.rglob("*")) if path.is_file() and not path.is_symlink())


def _add(archive: tarfile.TarFile, path: Path, sums: dict[str, str], name: str | None = None) -> None:
    name = name or path.name
    try:
        with path.open("rb") as file:
            info = archive.gettarinfo(arcname=name, fileobj=file)
            read = _Summed(file, info.size)
            archive.addfile(info, read)
            sums[name] = read.sum.hexdigest()
    except FileNotFoundError:
        return  # an upload that was thrown away meanwhile


class _Summed(io.RawIOBase):
    """A file whose sum is taken of exactly the bytes that went into the archive."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.left, self.sum = file, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on, up to the length the archive was told."""
        part = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(part)
        self.sum.update(part)
        return part


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
