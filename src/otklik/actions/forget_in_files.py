"""Forget a person in files that lie beside the log: what was brought in, what was handed out."""

import codecs
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from otklik.store.persons import Person

ENCODINGS: Final = ("utf-8", "utf-16", "cp1251")
_ZIPPED: Final = (b"PK\x03\x04",)
_PACKED: Final = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"PAR1",
    b"%PDF",
    b"\x89PNG",
    b"SQLite format 3",
)


def forget_in_files(folders: list[Path], person: "Person") -> tuple[int, int]:
    """Rewrite texts with the pseudonym and delete what cannot be rewritten; return how many of each.

    A packed file (workbook, archive, PDF, picture) goes where the person is found in it, or where nobody can look into
    it. Texts keep their encoding. Begun again after a crash it does what was left.
    """
    rewritten = deleted = 0
    for path in (path for folder in folders for path in _files(folder)):
        verdict = _verdict(path, person)
        rewritten += verdict == "rewrite"
        deleted += verdict == "delete"
        if verdict == "rewrite":
            _rewrite(path, person)
        elif verdict == "delete":
            path.unlink(missing_ok=True)
    return rewritten, deleted


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _verdict(path: Path, person: "Person") -> str:
    """'keep', 'rewrite' or 'delete'."""
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(_ZIPPED):
        return "delete" if _in_archive(path, person) else "keep"
    if head.startswith(_PACKED):
        return "delete"
    return "rewrite" if _text(path, person) is not None else "keep"


def _in_archive(path: Path, person: "Person") -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_in_bytes(archive.read(member), person) for member in archive.infolist())
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return True


def _in_bytes(content: bytes, person: "Person") -> bool:
    if content.startswith((*_ZIPPED, *_PACKED)):
        return True
    return any(person.is_in(text) for text, _ in _readings(content))


def _readings(content: bytes) -> Iterator[tuple[str, str]]:
    """Every way in which the bytes can be read as a text: the text and its encoding."""
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            continue
        try:
            yield content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue


def _text(path: Path, person: "Person") -> tuple[str, str] | None:
    """The text without the person and its encoding; None where the person is not in it."""
    for text, encoding in _readings(path.read_bytes()):
        if person.is_in(text):
            return person.hidden(text), encoding
    return None


def _rewrite(path: Path, person: "Person") -> None:
    told = _text(path, person)
    if told is None:
        return
    text, encoding = told
    mode = path.stat().st_mode & 0o777
    beside = path.with_name(f".{path.name}.forgetting")
    beside.write_bytes(text.encode(encoding))
    beside.chmod(mode)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
