"""The bytes of an XML file, block by block: UTF-8, without comments, cut after whole cases, refused where unsafe."""

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.source import Input

BLOCK_BYTES: Final = 8 << 20
CASE_BYTES: Final = 512 << 20
"""A longer piece without the end of a case is no log of requests."""
PIECE_BYTES: Final = 64 << 20
"""A longer comment or tag is refused."""
FREE_BYTES: Final = 256 << 20
RATIO: Final = 300
"""Beyond FREE_BYTES a .gz may not grow more than this: real logs grow 20 to 80 times, bombs a thousand times."""

_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_CASE_END = re.compile(rb"</(?:[\w.-]+:)?trace\s*>")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class BrokenXes(FileError):
    """An XES file that is damaged or unsafe: facts `file`, `row` (the line), `reason`."""

    code = "broken-xes"
    message = N_("%(file)s, line %(row)s: %(reason)s.")
    hint = N_("Export the log again as XES, or as CSV if there is a choice.")


@dataclass(frozen=True)
class Block:
    """Some whole cases: `text` is UTF-8, `line` the number of its first line in the file."""

    text: bytes
    line: int

    def line_at(self, offset: int) -> int:
        """The line of the file in which a byte of the block stands."""
        return self.line + self.text.count(b"\n", 0, offset)


def read_blocks(source: Input) -> Iterator[Block]:
    """Read a file as blocks that end with a case; the last one holds what follows the last case.

    Raises BrokenXes for a document type (entities are never expanded, nothing else is ever opened), for comments
    that do not end, control characters, a wrong encoding, and archives that grow without measure.
    """
    line, left = 1, b""
    for text in _without_asides(_utf8(source), source.name):
        left += text
        ends = list(_CASE_END.finditer(left, max(0, len(left) - len(text) - 64)))
        if ends:
            cut = ends[-1].end()
            yield Block(left[:cut], line)
            line += left.count(b"\n", 0, cut)
            left = left[cut:]
        elif len(left) > CASE_BYTES:
            raise BrokenXes(file=source.name, row=line, reason=N_("one case is longer than 512 MiB"))
    yield Block(left, line)


def _raw(source: Input) -> Iterator[bytes]:
    packed = max(1, source.path.stat().st_size)
    seen = 0
    try:
        with source.open() as stream:
            while piece := _read(stream):
                seen += len(piece)
                if seen > FREE_BYTES and seen > RATIO * packed:
                    raise FileError(file=source.name, reason=N_("it unpacks to far more than any log would"))
                yield piece
    except (EOFError, zlib.error, OSError):
        raise FileError(file=source.name, reason=N_("the compressed file is damaged or cut short")) from None


def _read(stream: IO[bytes]) -> bytes:
    return stream.read(BLOCK_BYTES)


def _utf8(source: Input) -> Iterator[bytes]:
    """The text as UTF-8, checked, without its byte order mark and XML declaration."""
    pieces = _raw(source)
    first = next(pieces, b"")
    mark, encoding = next(((mark, name) for mark, name in _BOMS if first.startswith(mark)), (b"", ""))
    first = first[len(mark) :]
    declaration = _DECLARATION.match(first)
    if not encoding:
        named = _ENCODING.search(declaration.group()) if declaration else None
        encoding = named.group(1).decode("ascii") if named else "utf-8"
    decode = _decoder(encoding, source.name)
    line = 1
    for number, piece in enumerate(_and_end(first, pieces)):
        try:
            text = decode.decode(piece, final=not piece).encode()
        except UnicodeError:
            raise BrokenXes(file=source.name, row=line, reason=N_("these bytes are not text in its encoding")) from None
        if wrong := _CONTROL.search(text):
            row = line + text.count(b"\n", 0, wrong.start())
            raise BrokenXes(file=source.name, row=row, reason=N_("a control character stands here"))
        line += text.count(b"\n")
        yield _blank(text, _DECLARATION.match(text)) if number == 0 else text


def _decoder(encoding: str, name: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(encoding)("strict")
    except (LookupError, ValueError):
        raise BrokenXes(file=name, row=1, reason=N_("its encoding is unknown")) from None


def _and_end(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
    yield b""


def _blank(text: bytes, match: re.Match[bytes] | None) -> bytes:
    """Put a piece out of the text, keeping its lines so that errors name the right one."""
    return text if match is None else b"\n" * match.group().count(b"\n") + text[match.end() :]


def _without_asides(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Drop comments, character data and instructions; refuse any other `<!`: document types, entities."""
    left, line = b"", 1
    for piece in pieces:
        text = left + piece
        if b"<!" in text or b"<?" in text:
            text = _ASIDE.sub(lambda found: b"\n" * found.group().count(b"\n"), text)
        cut = _cut(text)
        left = text[cut:]
        if (at := text.find(b"<!", 0, cut)) >= 0:
            raise BrokenXes(file=name, row=line + text.count(b"\n", 0, at), reason=_refusal(text[at:]))
        line += text.count(b"\n", 0, cut)
        yield text[:cut]
        if len(left) > PIECE_BYTES:
            raise BrokenXes(file=name, row=line, reason=N_("a comment or a tag does not end"))
    if left.startswith(b"<!--") or left.startswith(b"<?") or left.startswith(b"<![CDATA["):
        raise BrokenXes(file=name, row=line, reason=N_("a comment or a tag does not end"))
    if left.startswith(b"<!"):
        raise BrokenXes(file=name, row=line, reason=_refusal(left))
    yield left


def _cut(text: bytes) -> int:
    """Where an unfinished comment or the last, maybe unfinished tag begins."""
    starts = [at for opening in (b"<!--", b"<![CDATA[", b"<?") if (at := text.find(opening)) >= 0]
    last = text.rfind(b"<")
    return min([*starts, last if last >= 0 else len(text)])


def _refusal(text: bytes) -> str:
    if text[:9].upper().startswith((b"<!DOCTYPE"[:9], b"<!ENTITY")):
        return N_("it declares a document type; such files are refused, because entities can read files or swell")
    return N_("a declaration stands here that has no place in a log")
