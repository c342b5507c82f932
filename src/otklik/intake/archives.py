"""Unpacking without being flooded: sums are checked before, and counted again while inflating."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from otklik.base.text import N_
from otklik.intake.errors import ArchiveRefused

MAX_BYTES = 200 * 2**20
MAX_MEMBERS = 1_000
MAX_RATIO = 200
SMALL_BYTES = 2**20
"""Below this a high ratio is no danger: a few empty rows pack very well."""
ZIP_MAGIC = b"PK\x03\x04"
GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 2**20
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin"})


def open_zip(path: Path, name: str) -> zipfile.ZipFile:
    """Open an archive whose directory promises a sane size; raise ArchiveRefused otherwise."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ArchiveRefused(file=name, reason=N_("the archive is damaged")) from None
    members = archive.infolist()
    inflated = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS:
        _refuse(archive, name, N_("it holds more than 1,000 files"))
    if inflated > MAX_BYTES:
        _refuse(archive, name, N_("it would unpack to more than 200 MiB"))
    if is_bomb(inflated, packed):
        _refuse(archive, name, N_("it would unpack to more than 200 times its size"))
    return archive


def is_bomb(inflated: int, packed: int) -> bool:
    """Say whether so few bytes have no business becoming so many."""
    return inflated > SMALL_BYTES and inflated > MAX_RATIO * max(packed, 1)


def is_office(archive: zipfile.ZipFile) -> bool:
    """Say whether this is a workbook or a document rather than an archive of files."""
    return not _OFFICE_PARTS.isdisjoint(archive.namelist())


def inflate_all(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack everything to nowhere: directories lie about sizes, counting bytes does not."""
    left = MAX_BYTES
    for member in archive.infolist():
        for chunk in _chunks(archive, member, name):
            left -= len(chunk)
            if left < 0:
                raise ArchiveRefused(file=name, reason=N_("it would unpack to more than 200 MiB"))


def unpack(archive: zipfile.ZipFile, name: str, folder: Path) -> list[tuple[str, Path]]:
    """Unpack the files of an archive under numbers of our own, never under names it chose."""
    left = MAX_BYTES
    unpacked = []
    for number, member in enumerate(archive.infolist()):
        inside = PurePosixPath(member.filename)
        if member.is_dir() or any(_is_hidden(part) for part in inside.parts):
            continue
        target = folder / f"{number}{inside.suffix[:16]}"
        with target.open("wb") as out:
            for chunk in _chunks(archive, member, name):
                left -= len(chunk)
                if left < 0:
                    raise ArchiveRefused(file=name, reason=N_("it would unpack to more than 200 MiB"))
                out.write(chunk)
        unpacked.append((f"{name}/{inside}", target))
    return unpacked


def copy_inflated(stream: IO[bytes], packed: int, name: str, target: Path) -> None:
    """Write an inflating stream to a file; stop when it grows beyond all proportion."""
    done = 0
    with target.open("wb") as out:
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            done += len(chunk)
            if done > MAX_BYTES and is_bomb(done, packed):
                raise ArchiveRefused(file=name, reason=N_("it would unpack to more than 200 times its size"))
            out.write(chunk)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    try:
        with archive.open(member) as stream:
            yield from iter(lambda: stream.read(_CHUNK), b"")
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError, ValueError):
        raise ArchiveRefused(file=name, reason=N_("the archive is damaged or locked by a password")) from None


def _is_hidden(part: str) -> bool:
    return part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."})


def _refuse(archive: zipfile.ZipFile, name: str, reason: str) -> None:
    archive.close()
    raise ArchiveRefused(file=name, reason=reason)
