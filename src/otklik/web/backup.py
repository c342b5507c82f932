"""Backup and restore of a whole data folder, while it is in use."""

import gzip
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from otklik.actions.keep_log import log_held
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.files import whole_file
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.web.database import take_current_sqlite

if TYPE_CHECKING:
    import sqlite3

MANIFEST: Final = "otklik-backup.json"
FORMAT: Final = 1
DATABASE: Final = "database.sqlite3"
DUMP: Final = "database.pgdump"
URL: Final = "DATABASE_URL"
MADE_ANEW: Final = frozenset({"kept", "writer.lock"})
"""Parts of the log that follow from the rest: the facts are measured again."""
LEFT_OUT: Final = frozenset({"remembered", "static", "handed-out"})
"""What can be made anew, or is thrown away anyway."""
_PIECE: Final = 1 << 20


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


class DatabaseInUse(UserError):
    """Restoring would mix two installations in one database: facts `n` (tables found)."""

    code = "database-in-use"
    message = N_("The database DATABASE_URL names is not empty: it has %(n)s tables.")
    hint = N_("Create an empty database, name it in DATABASE_URL and restore again.")


class ToolMissing(UserError):
    """PostgreSQL's own tool is not there, or refused: facts `tool`, `reason`."""

    code = "tool-missing"
    message = N_("%(tool)s did not do its work: %(reason)s.")
    hint = N_(
        "Install the client programs of PostgreSQL in the version of your server; restore into an empty database."
    )


class NothingToBackUp(UserError):
    """There is no installation: facts `folder`."""

    code = "nothing-to-back-up"
    message = N_("There is no installation in %(folder)s.")
    hint = N_("Name its folder with --data.")


class InsideItself(UserError):
    """The backup would contain itself: facts `file`, `folder`."""

    code = "backup-inside-itself"
    message = N_("%(file)s would lie in %(folder)s, the folder that is backed up.")
    hint = N_("Write the backup to another folder, better still to another disk.")


class OtherDatabase(UserError):
    """The backup was made on the other kind of database: facts `found`, `named`."""

    code = "other-database"
    message = N_("The backup holds a database of %(found)s, but this machine is set up for %(named)s.")
    hint = N_("Set DATABASE_URL to an empty PostgreSQL database, or take it away for SQLite; then restore again.")


def back_up(folder: Path, target: Path, progress: Progress = no_progress) -> Path:
    """Write everything into one file, whole or not at all; nobody has to stop working.

    The database is copied by its own online means; the log's files are never changed once written, so a list of them
    taken while nobody writes is a whole state. The database comes first: what is brought in meanwhile is in the log
    but not yet done in the database, and is known again when the work is begun again.
    """
    if target.resolve().is_relative_to(folder.resolve()):
        raise InsideItself(file=str(target), folder=str(folder))
    with _for_our_eyes(), whole_file(target) as temporary, tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        sums: dict[str, str] = {}
        with tarfile.open(temporary, "w:gz", compresslevel=3) as archive:
            progress(N_("Copying the database"), 0, None)
            _add(archive, _database(folder, Path(scratch)), sums)
            crash_point("backup-mid")
            log = folder / "log"
            if log.exists():
                with log_held(log):
                    parts = [part for part in log.iterdir() if part.name not in MADE_ANEW]
                    _add_all(archive, folder, parts, sums, progress)
            _add_all(archive, folder, _others(folder), sums, progress)
            manifest = json.dumps({"format": FORMAT, "files": sums}).encode()
            told = tarfile.TarInfo(MANIFEST)
            told.size = len(manifest)
            archive.addfile(told, io.BytesIO(manifest))
    return target


def restore(source: Path, folder: Path, progress: Progress = no_progress) -> int:
    """Unpack a backup into a new folder and check every file against its sum; return how many files it holds.

    Where anything is wrong the folder stays empty. A dump of PostgreSQL goes into the database DATABASE_URL names,
    all of it or nothing.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(folder=str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as scratch:
        room = Path(scratch)
        n = _unpack(source, room, progress)
        if (room / DUMP).exists():
            progress(N_("Filling the database"), 0, None)
            _refuse_full_database()
            _postgres(
                "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", dump=room / DUMP
            )
            (room / DUMP).unlink()
        elif (room / DATABASE).exists():
            (room / DATABASE).rename(room / "otklik.sqlite3")
        for path in room.iterdir():
            path.rename(folder / path.name)
    return n


def _unpack(source: Path, room: Path, progress: Progress) -> int:
    sums: dict[str, str] = {}
    found: dict[str, str] = {}
    try:
        with gzip.open(source) as plain, tarfile.open(fileobj=plain) as archive:
            for member in archive:
                if member.name in (DATABASE, DUMP):
                    _refuse_other_database(member.name)
                if member.name == MANIFEST:
                    sums = _sums_in(archive, member)
                elif member.isfile():
                    archive.extract(member, room, filter="data")
                    found[member.name] = _sum(room / member.name)
                    progress(N_("Unpacking"), len(found), None)
            while plain.read(_PIECE):  # to the last byte, whose sum shows whether the file was cut
                pass
    except (tarfile.TarError, OSError, EOFError, ValueError, LookupError, TypeError, zlib.error) as broken:
        raise NotABackup(file=str(source), reason=str(broken)) from broken
    if not sums or sums != found:
        raise NotABackup(file=str(source), reason=N_("a file in it is missing or was changed"))
    return len(found)


def _sums_in(archive: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, str]:
    file = archive.extractfile(member)
    told = json.load(file) if file else {}
    if told["format"] != FORMAT:
        raise ValueError(f"format {told['format']}")
    return dict(told["files"])


def _refuse_other_database(name: str) -> None:
    named = "PostgreSQL" if _is_postgres() else "SQLite"
    found = "PostgreSQL" if name == DUMP else "SQLite"
    if found != named:
        raise OtherDatabase(found=found, named=named)


@contextmanager
def _for_our_eyes() -> Iterator[None]:
    """Whatever is made meanwhile is readable by its owner only, from its first moment."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _others(folder: Path) -> list[Path]:
    names = {"log", "otklik.sqlite3", "otklik.sqlite3-wal", "otklik.sqlite3-shm", *LEFT_OUT}
    return [path for path in sorted(folder.iterdir()) if path.name not in names]


def _is_postgres() -> bool:
    return os.environ.get(URL, "").startswith("postgres")


def _database(folder: Path, scratch: Path) -> Path:
    """The database as one file: SQLite by its online backup, PostgreSQL by pg_dump."""
    if _is_postgres():
        _postgres("pg_dump", "--format=custom", "--file", str(scratch / DUMP), "--dbname")
        return scratch / DUMP
    url = os.environ.get(URL, "")
    source = Path(unquote(urlsplit(url).path)) if url.startswith("sqlite") else folder / "otklik.sqlite3"
    if not source.exists():
        raise NothingToBackUp(folder=str(folder))
    target = scratch / DATABASE
    with _opened(source) as from_, _opened(target) as to:
        from_.backup(to)
        (verdict,) = to.execute("pragma integrity_check").fetchone()
    if verdict != "ok":
        raise NotABackup(file=str(source), reason=verdict)
    return target


def _refuse_full_database() -> None:
    import psycopg

    with psycopg.connect(os.environ[URL]) as connection:
        found = connection.execute(
            "select count(*) from information_schema.tables where table_schema = current_schema()"
        ).fetchone()
    if found and found[0]:
        raise DatabaseInUse(n=found[0])


def _postgres(tool: str, *told: str, dump: Path | None = None) -> None:
    """Run a tool of PostgreSQL on our database; no list of processes shows the password."""
    parts = urlsplit(os.environ[URL])
    bare = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1)) if parts.password else parts
    environment = {**os.environ, "PGPASSWORD": unquote(parts.password)} if parts.password else dict(os.environ)
    command = [tool, *told, bare.geturl(), *([str(dump)] if dump else [])]
    try:
        subprocess.run(command, check=True, capture_output=True, env=environment)
    except FileNotFoundError as missing:
        raise ToolMissing(tool=tool, reason=str(missing)) from missing
    except subprocess.CalledProcessError as refused:
        raise ToolMissing(tool=tool, reason=refused.stderr.decode("utf-8", "replace").strip()[:300]) from refused


@contextmanager
def _opened(path: Path) -> "Iterator[sqlite3.Connection]":
    """A connection that is closed at the end; `with sqlite3.connect()` alone only commits."""
    take_current_sqlite()
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


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
