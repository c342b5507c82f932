"""From what the user named to the files to read: single files, folders, archives, what comes through a pipe."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from otklik.intake.archives import ZIP_MAGIC, is_office, open_zip, unpack
from otklik.intake.errors import NoSuchFile, NothingToRead
from otklik.intake.source import HEAD_BYTES, Input, Named

PIPE = "-"
HEADS_BYTES = 64 * 2**20
"""All heads together; a folder of a million letters must not fill the memory before it is even recognised."""
_SMALLEST_HEAD = 2_048
_EMPTY_ZIP = b"PK\x05\x06"


def gather(paths: Sequence[str | Path | Named], folder: Path) -> list[Input]:
    """Find every file behind `paths`; `folder` is a place for what has to be unpacked or spooled.

    Raises NoSuchFile, NothingToRead when there is nothing at all, ArchiveRefused.
    """
    found = [_nameable(*pair, folder) for path in paths for pair in _files(path, folder)]
    head_bytes = max(_SMALLEST_HEAD, min(HEAD_BYTES, HEADS_BYTES // max(1, len(found))))
    inputs = [item for item in (_look(name, path, head_bytes) for name, path in found) if item.head.strip()]
    if not inputs:
        raise NothingToRead(file=", ".join(_called(path) for path in paths) or PIPE)
    return inputs


def _called(path: str | Path | Named) -> str:
    return path.name if isinstance(path, Named) else str(path)


def _files(path: str | Path | Named, folder: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(path, Named):
        yield from _opened(path.name, path.path, folder)
        return
    if str(path) == PIPE:
        yield from _opened("-", _spool(folder), folder)
        return
    path = Path(path)
    if path.is_dir():
        for inside in sorted(path.rglob("*")):
            if inside.is_file() and not _is_hidden(inside.relative_to(path)):
                yield from _opened(str(inside), inside, folder)
    elif path.is_file():
        yield from _opened(str(path), path, folder)
    else:
        raise NoSuchFile(file=str(path))


def _nameable(name: str, path: Path, folder: Path) -> tuple[str, Path]:
    """Give a file whose name is no text (bytes of an old code page) one that can be said, and a path to open it by."""
    try:
        name.encode()
    except UnicodeEncodeError:
        link = folder / f"named{sum(1 for _ in folder.iterdir())}{path.suffix.encode('ascii', 'ignore').decode()}"
        link.symlink_to(path.resolve())
        return os.fsencode(name).decode("utf-8", "replace"), link
    return name, path


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _spool(folder: Path) -> Path:
    target = folder / "pipe"
    with target.open("wb") as out:
        shutil.copyfileobj(sys.stdin.buffer, out, 2**20)
    return target


def _opened(name: str, path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic == _EMPTY_ZIP:
        return
    if magic != ZIP_MAGIC or Path(name).suffix.lower() in {".xlsx", ".xlsm", ".xlsb", ".ods"}:
        yield name, path
        return
    with open_zip(path, name) as archive:
        if is_office(archive):
            yield name, path
            return
        inside = folder / f"zip{sum(1 for _ in folder.iterdir())}"
        inside.mkdir()
        yield from unpack(archive, name, inside)


def _look(name: str, path: Path, head_bytes: int) -> Input:
    bare = Input(name, path, b"")
    try:
        with bare.open() as stream:
            return Input(name, path, stream.read(head_bytes))
    except (OSError, EOFError):  # a .gz cut short shows when it is read
        return Input(name, path, path.read_bytes()[:head_bytes])
