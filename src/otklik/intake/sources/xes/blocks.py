"""The bytes of an XML file, block by block: UTF-8, without comments, cut after whole cases, refused where unsafe."""

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.source import Input

BLOCK_BYTES: Final = 4 << 20
CASE_BYTES: Final = 512 << 20
"""A longer piece without the end of a case is no log of requests."""
ASIDE_BYTES: Final = 64 << 20
"""A longer comment or tag is refused."""
FREE_BYTES: Final = 256 << 20
RATIO: Final = 300
"""Beyond FREE_BYTES a .gz may not grow more than this: real logs grow 20 to 80 times, bombs a thousand times."""

_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_NOT_LINE_END = re.compile(rb"[^\n]")
_CASE_END = re.compile(rb"</(?:[\w.-]+:)?trace\s*>")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_OPENINGS: Final = (b"<!--", b"<![CDATA[", b"<?")


class BrokenXes(FileError):
    """An XES file that is damaged or unsafe: facts `file`, `row` (the line), `reason`."""

    code = "broken-xes"
    message = N_("%(file)s, line %(row)s: %(reason)s.")
    hint = N_("Export the log again as XES, or as CSV if there is a choice.")


@dataclass(frozen=True)
class Block:
    """Some whole cases: `text` is UTF-8 as far as anybody looked, `start` where it begins in the decoded file."""

    text: bytes
    start: int
    source: Input

    def broken(self, at: int, reason: str) -> BrokenXes:
        """The error to raise for something that stands at byte `at` of the block."""
        return _broken(self.source, self.start + at, reason)


def read_blocks(source: Input) -> Iterator[Block]:
    """Read a file as blocks that end with a case; the last one holds what follows the last case.

    Raises BrokenXes for a document type (entities are never expanded, nothing else is ever opened), for comments
    that do not end, a wrong encoding, and FileError for archives that are damaged or grow without measure.
    """
    start, left = 0, b""
    for text in _without_asides(source):
        left += text
        cut = _end_of_cases(left, max(0, len(left) - len(text) - 64))
        if cut:
            yield Block(left[:cut], start, source)
            start += cut
            left = left[cut:]
        elif len(left) > CASE_BYTES:
            raise _broken(source, start, N_("one case is longer than 512 MiB"))
    yield Block(left, start, source)


def _end_of_cases(text: bytes, low: int) -> int:
    high = len(text)
    while (at := text.rfind(b"trace", low, high)) >= 0:
        for opening in (text.rfind(b"</", low, at), at - 2):
            found = _CASE_END.match(text, max(0, opening))
            if found and found.start() < at < found.end():
                return found.end()
        high = at
    return 0


def _broken(source: Input, offset: int, reason: str) -> BrokenXes:
    """Count the lines up to an offset; only errors need them."""
    row = 1
    for text in _decoded(source, strict=False):
        row += text.count(b"\n", 0, max(0, offset))
        offset -= len(text)
        if offset <= 0:
            break
    return BrokenXes(file=source.name, row=row, reason=reason)


def _raw(source: Input) -> Iterator[bytes]:
    packed = max(1, source.path.stat().st_size)
    seen = 0
    try:
        with source.open() as stream:
            while piece := stream.read(BLOCK_BYTES):
                seen += len(piece)
                if seen > FREE_BYTES and seen > RATIO * packed:
                    raise FileError(file=source.name, reason=N_("it unpacks to far more than any log would"))
                yield piece
    except (EOFError, zlib.error, OSError):
        raise FileError(file=source.name, reason=N_("the compressed file is damaged or cut short")) from None


def _decoded(source: Input, *, strict: bool = True) -> Iterator[bytes]:
    """The text as UTF-8, without its byte order mark, its XML declaration blanked out.

    UTF-8 itself passes unseen: whoever looks at the pieces of the text checks it there, once for equal pieces.
    """
    pieces = _raw(source)
    first = next(pieces, b"")
    mark, encoding = next(((mark, name) for mark, name in _BOMS if first.startswith(mark)), (b"", ""))
    first = first[len(mark) :]
    if not encoding:
        declaration = _DECLARATION.match(first)
        named = _ENCODING.search(declaration.group()) if declaration else None
        encoding = named.group(1).decode("ascii").lower() if named else "utf-8"
    texts: Iterator[bytes] = chain([first], pieces)
    if encoding not in {"utf-8", "utf8"}:
        texts = _recoded(texts, encoding, source, "strict" if strict else "replace")
    yield _DECLARATION.sub(_blank, next(texts, b""), count=1)
    yield from texts


def _recoded(pieces: Iterator[bytes], encoding: str, source: Input, errors: str) -> Iterator[bytes]:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)  # refuses codecs that unpack or unhex
        decode = codecs.getincrementaldecoder(encoding)(errors)
    except (LookupError, ValueError, TypeError):
        raise BrokenXes(file=source.name, row=1, reason=N_("its encoding is unknown")) from None
    done = 0
    for piece in chain(pieces, [b""]):
        try:
            text = decode.decode(piece, not piece).encode()
        except UnicodeError:
            raise _broken(source, done, N_("these bytes are not text in its encoding")) from None
        done += len(text)
        yield text


def _blank(found: re.Match[bytes]) -> bytes:
    """Put a piece out of the text, keeping its length and lines so that errors name the right one."""
    return _NOT_LINE_END.sub(b" ", found.group())


def _without_asides(source: Input) -> Iterator[bytes]:
    """Blank out comments, character data and instructions; refuse any other `<!`: document types, entities."""
    left, start = b"", 0
    for piece in _decoded(source):
        text = left + piece
        odd = _odd_tags(text)
        if len(odd):
            text = _ASIDE.sub(_blank, text)
            odd = _odd_tags(text)
        cut = _cut(text, odd)
        refused = [at for at in odd if at < cut]
        if refused:
            raise _broken(source, start + refused[0], _refusal(text[refused[0] :]))
        left = text[cut:]
        yield text[:cut]
        start += cut
        if len(left) > ASIDE_BYTES:
            raise _broken(source, start, N_("a comment or a tag does not end"))
    if left.startswith(b"<!") or left.startswith(b"<?"):
        unfinished = left.startswith(_OPENINGS)
        raise _broken(source, start, N_("a comment or a tag does not end") if unfinished else _refusal(left))
    yield left


def _odd_tags(text: bytes) -> npt.NDArray[np.int64]:
    """Where `<!` and `<?` stand."""
    letters = np.frombuffer(text, dtype=np.uint8)
    tags = np.flatnonzero(letters[:-1] == ord("<"))
    after = letters[tags + 1]
    return np.asarray(tags[(after == ord("!")) | (after == ord("?"))])


def _cut(text: bytes, odd: npt.NDArray[np.int64]) -> int:
    """Where an unfinished comment or the last, maybe unfinished tag begins."""
    last = text.rfind(b"<")
    starts = [int(at) for at in odd if text.startswith(_OPENINGS, at)]
    return min([*starts, last if last >= 0 else len(text)])


def _refusal(text: bytes) -> str:
    if text[:9].upper().startswith((b"<!DOCTYPE", b"<!ENTITY")):
        return N_("it declares a document type; such files are refused, because entities can read files or swell")
    return N_("a declaration stands here that has no place in a log")
