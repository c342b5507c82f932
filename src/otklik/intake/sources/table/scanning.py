"""One look at every byte of a text file before it is parsed: letters, quotes, zeros, lines without end."""

import codecs
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from otklik.base.errors import FileError, UserError
from otklik.base.text import N_
from otklik.intake.archives import copy_inflated
from otklik.intake.errors import CutShort
from otklik.intake.source import Input
from otklik.intake.sources.table.encoding import Encoding, detect_encoding

LONGEST_LINE: Final = 16 * 2**20
SAMPLE_BYTES: Final = 2**18
_CHUNK: Final = 2**22


class LineTooLong(FileError):
    """A line nobody wrote: facts `file`, `row`."""

    code = "line-too-long"
    message = N_("%(file)s has a line of more than 16 MiB (line %(row)s): this is no table.")
    hint = N_("Check the line ends and the quotes of the export.")


class NotText(FileError):
    """Bytes that are no letters: facts `file`."""

    code = "not-text"
    message = N_("%(file)s is no text: it is full of zero bytes.")
    hint = N_("Export it as CSV, or name its format with --format.")


class UnknownEncoding(UserError):
    """Letters nobody knows: facts `encoding`."""

    code = "unknown-encoding"
    message = N_("There is no encoding %(encoding)s.")
    hint = N_("Write it like utf-8, utf-16, cp1251 or koi8-r.")


@dataclass(frozen=True)
class Text:
    """A file in UTF-8 and what was noticed on the way."""

    path: Path
    encoding: Encoding
    has_zero: bool
    has_quote: bool
    has_only_cr: bool
    is_valid: bool


def to_text(item: Input, folder: Path, encoding: str | None = None) -> Text:
    """Bring a file into plain UTF-8 (a copy in `folder` where it is not so already) and look at every byte."""
    path = item.path
    if is_packed(path):
        path = folder / "inflated"
        with item.open() as stream:
            try:
                copy_inflated(stream, item.path.stat().st_size, item.name, path)
            except (OSError, EOFError, zlib.error):
                raise CutShort(file=item.name) from None
    found = Encoding(_known(encoding), N_("it was told")) if encoding else _detect(path)
    if found.name not in {"utf-8", "utf-8-sig"}:
        path = _transcode(path, found.name, folder / "transcoded")
    return _scan(path, found, item.name)


def _known(encoding: str) -> str:
    """Give the encoding back, or raise UnknownEncoding for what no text can be written in."""
    try:
        b" ".decode(encoding)
        codecs.getincrementaldecoder(encoding)("replace").decode(b" ", final=True)
    except (LookupError, ValueError, AssertionError):
        raise UnknownEncoding(encoding=encoding) from None
    return encoding


def is_packed(path: Path) -> bool:
    """Say whether a file is gzipped."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _detect(path: Path) -> Encoding:
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
        whole = not stream.read(1)
    if not sample.isascii() or whole:
        return detect_encoding(sample, whole=whole)
    for chunk in _chunks(path):
        if not chunk.isascii():
            return detect_encoding(chunk[:SAMPLE_BYTES] if not chunk[:SAMPLE_BYTES].isascii() else chunk)
    return detect_encoding(sample)


def _transcode(path: Path, encoding: str, target: Path) -> Path:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with target.open("wb") as out:
        for chunk in _chunks(path):
            out.write(decoder.decode(chunk).encode("utf-8", "replace"))
        out.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    return target


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from iter(lambda: stream.read(_CHUNK), b"")


def _scan(path: Path, encoding: Encoding, name: str) -> Text:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    zeros = quotes = feeds = returns = since_end = size = 0
    is_valid = True
    for chunk in _chunks(path):
        zeros += chunk.count(0)
        quotes += b'"' in chunk
        feeds += chunk.count(b"\n")
        size += len(chunk)
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        returns += end >= 0
        since_end = len(chunk) - end - 1 if end >= 0 else since_end + len(chunk)
        if since_end > LONGEST_LINE:
            raise LineTooLong(file=name, row=feeds + 1)
        is_valid = is_valid and _decodes(decoder, chunk)
    if zeros > 0.05 * size:
        raise NotText(file=name)
    return Text(path, encoding, zeros > 0, quotes > 0, returns > 0 and not feeds, is_valid)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    if chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True
