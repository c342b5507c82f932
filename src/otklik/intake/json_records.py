"""Records out of JSON of any wrapping: a list, an object with lists inside, a line a record, pages of these."""

import codecs
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.source import Input

CHUNK_BYTES: Final = 1 << 20
RECORD_LIMIT: Final = 64 << 20
"""No honest record is longer than this, in characters; a longer one is refused before it fills the memory."""
PATH_DEPTH: Final = 8
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.DOTALL)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Bad = Callable[[int, str, str], None]
"""Called for one bad record with (its row, a reason code, what stood there)."""


class BrokenJson(FileError):
    """A JSON file that ends in the middle or is damaged: facts `file`, `row` (whole records), `offset`, `reason`."""

    code = "broken-json"
    message = N_("%(file)s is broken JSON: %(reason)s, at character %(offset)s, after %(row)s whole records.")
    hint = N_("The download was probably cut short. Export the file again.")


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One object: `under` the name of the list it stood in ('' = by itself), `page` what stood before that list."""

    under: str
    value: dict[str, Any]
    row: int
    page: Mapping[str, Any]


@lru_cache(maxsize=512)
def key_paths(head: bytes) -> frozenset[str]:
    """Every key in the first bytes of a JSON file, cut off or not, as seen from one record: `issues[].fields.created`.

    >>> sorted(key_paths(b'[{"id": 1, "via": {"channel": "web"}, "body": "cut o'))
    ['body', 'id', 'via', 'via.channel']
    """
    text = head.decode(_encoding(head), "replace").lstrip("\ufeff \t\r\n")
    if text[:1] not in ("{", "["):
        return frozenset()
    found: set[str] = set()
    path: list[str] = []
    last = ""
    for match in _TOKEN.finditer(text):
        part = match.group()
        if part in ("{", "["):
            path.append("[]" if part == "[" else ".")
        elif part in ("}", "]"):
            _drop_key(path)
            del path[-1:]
        elif part == ",":
            _drop_key(path)
        elif part == ":" and path[-1:] == ["."] and last[:1] == '"':
            path.append(last[1:-1])
            if len(path) <= 2 * PATH_DEPTH:
                found.add("".join(path).lstrip("[]."))
        last = part
    return frozenset(found)


def _drop_key(path: list[str]) -> None:
    if path and path[-1] not in (".", "[]"):
        path.pop()


def shape_of(head: bytes, shapes: Mapping[str, Collection[str]]) -> str | None:
    """The first shape all of whose key paths are in the head; None if there is none."""
    paths = key_paths(head)
    return next((name for name, needed in shapes.items() if paths and paths.issuperset(needed)), None)


def read_records(
    source: Input, lists: Collection[str], bad: Bad, marks: Collection[str] = ("id",), nested: Collection[str] = ()
) -> Iterator[JsonRecord]:
    """Give every record of a JSON file, one by one, in bounded memory.

    `lists` are the keys under which a page keeps its records; an object that has one of the `marks` is a record
    itself; `nested` are keys of objects too large to keep, whose lists are read one by one. A bad line among lines,
    or a list item that is no object, goes to `bad`; a broken document raises BrokenJson.
    """
    unfold = _Unfolding(frozenset(lists), frozenset(marks), bad, frozenset(nested))
    if is_lines(source.head):
        yield from _read_lines(source, unfold)
    else:
        yield from _read_document(source, unfold)


def is_lines(head: bytes) -> bool:
    """Whether the first whole line of the head, or most of them, are JSON values by themselves."""
    if _encoding(head) == "utf-16":
        return False
    lines = [line.strip() for line in head.removeprefix(codecs.BOM_UTF8).split(b"\n")[:50]]
    whole = [line for line in lines[:-1] if line]
    if not whole or whole[0][:1] not in (b"{", b"["):
        return False
    return _parses(whole[0]) or sum(_parses(line) for line in whole) * 2 > len(whole)


def _parses(line: bytes) -> bool:
    try:
        return line[:1] in (b"{", b"[") and isinstance(json.loads(line), dict | list)
    except (ValueError, RecursionError):
        return False


def _encoding(head: bytes) -> str:
    return next((name for mark, name in _BOMS if head.startswith(mark)), "utf-8")


@dataclass
class _Unfolding:
    """Turns decoded values into records; `row` counts what has been met."""

    lists: frozenset[str]
    marks: frozenset[str]
    bad: Bad
    nested: frozenset[str] = frozenset()
    row: int = 0

    def records(self, value: object, under: str = "", page: Mapping[str, Any] | None = None) -> Iterator[JsonRecord]:
        if isinstance(value, list):
            for item in value:
                yield from self.records(item, under, page)
        elif not isinstance(value, dict):
            self.row += 1
            self.bad(self.row, "unreadable-record", json.dumps(value)[:200])
        elif not self.is_page(value):
            self.row += 1
            yield JsonRecord(under, value, self.row, page or {})
        else:
            rest = {key: item for key, item in value.items() if key not in self.lists}
            for key, item in value.items():
                if key in self.lists and isinstance(item, list | dict):
                    yield from self.records(item, key, rest)

    def is_page(self, value: Mapping[str, Any]) -> bool:
        return not self.marks & value.keys() and any(
            isinstance(value.get(key), list | dict) for key in self.lists & value.keys()
        )


def _read_lines(source: Input, unfold: _Unfolding) -> Iterator[JsonRecord]:
    with source.open() as stream:
        for line in iter(lambda: stream.readline(RECORD_LIMIT), b""):
            if len(line) >= RECORD_LIMIT and not line.endswith(b"\n"):
                _skip_line(stream)
                unfold.row += 1
                unfold.bad(unfold.row, "line-too-long", line[:200].decode("utf-8", "replace"))
            elif line.strip():
                yield from _line(line, unfold)


def _skip_line(stream: Any) -> None:
    while (rest := stream.readline(CHUNK_BYTES)) and not rest.endswith(b"\n"):
        pass


def _line(line: bytes, unfold: _Unfolding) -> Iterator[JsonRecord]:
    text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        unfold.row += 1
        unfold.bad(unfold.row, "not-json", text[:2000])
        return
    yield from unfold.records(value)


def _read_document(source: Input, unfold: _Unfolding) -> Iterator[JsonRecord]:
    with source.open() as stream:
        scanner = _Scanner(stream, source.name, unfold, _encoding(source.head))
        if not scanner.peek():
            raise scanner.broken(N_("it is empty"))
        while char := scanner.peek():
            if char == "[":
                for _ in scanner.items():
                    yield from unfold.records(scanner.value())
            elif char == "{":
                yield from _read_object(scanner, unfold)
            else:
                raise scanner.broken(N_("neither an object nor a list stands here"))


def _read_object(scanner: "_Scanner", unfold: _Unfolding) -> Iterator[JsonRecord]:
    """Stream the lists of a page; anything else is small and kept whole."""
    page: dict[str, Any] = {}
    streamed = False
    for _ in scanner.items():
        key = scanner.key()
        if key in unfold.lists and scanner.peek() == "[" and not unfold.marks & page.keys():
            streamed = True
            for _ in scanner.items():
                yield from unfold.records(scanner.value(), key, page)
        elif key in unfold.nested and scanner.peek() == "{":
            streamed = True
            yield from _read_object(scanner, unfold)
        else:
            page[key] = scanner.value()
    if not streamed or unfold.marks & page.keys() or unfold.is_page(page):
        yield from unfold.records(page)


class _Scanner:
    """Reads one JSON text piece by piece: the standard decoder over a window that moves along the file."""

    def __init__(self, stream: Any, name: str, unfold: _Unfolding, encoding: str) -> None:
        self._stream, self._name, self._unfold = stream, name, unfold
        self._decode = codecs.getincrementaldecoder(encoding)("replace")
        self._parse = json.JSONDecoder().raw_decode
        self._text, self._at, self._passed, self._ended = "", 0, 0, False

    def broken(self, reason: str, at: int | None = None) -> BrokenJson:
        offset = self._passed + (self._at if at is None else at)
        return BrokenJson(file=self._name, row=self._unfold.row, offset=offset, reason=reason)

    def peek(self) -> str:
        """The next character that is no white space; '' at the end."""
        while True:
            while self._at < len(self._text):
                char = self._text[self._at]
                if char not in " \t\r\n\ufeff":
                    return char
                self._at += 1
            if not self._more():
                return ""

    def items(self) -> Iterator[None]:
        """Step from item to item of the list or object that begins here; the caller reads each."""
        closing = "]" if self._take("[{") == "[" else "}"
        if self.peek() == closing:
            self._at += 1
            return
        while True:
            yield None
            if self._take("," + closing) == closing:
                return

    def key(self) -> str:
        """The key of the next member and its colon."""
        if self.peek() != '"':
            raise self.broken(N_("a key in quotes is missing"))
        key: str = self.value()
        self._take(":")
        return key

    def value(self) -> Any:
        """The next whole value."""
        self.peek()
        while True:
            try:
                value, end = self._parse(self._text, self._at)
            except RecursionError:
                raise self.broken(N_("it is nested too deeply")) from None
            except ValueError as error:
                if self._is_broken(error) or not self._more():
                    at = getattr(error, "pos", None)
                    raise self.broken(N_("it ends in the middle or is damaged"), at) from None
                continue
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def _is_broken(self, error: ValueError) -> bool:
        """Whether no further text could put the value right."""
        if len(self._text) - self._at > RECORD_LIMIT:
            return True
        at = getattr(error, "pos", None)
        return at is None or (at < len(self._text) - 16 and not str(error).startswith("Unterminated"))

    def _take(self, wanted: str) -> str:
        char = self.peek()
        if not char or char not in wanted:
            raise self.broken(N_("it ends in the middle or is damaged"))
        self._at += 1
        return char

    def _more(self) -> bool:
        """Move the window along: drop what was read, add as much again as is left of it."""
        if self._ended:
            return False
        chunk = self._stream.read(max(CHUNK_BYTES, len(self._text) - self._at))
        self._ended = not chunk
        self._passed += self._at
        self._text, self._at = self._text[self._at :] + self._decode.decode(chunk, not chunk), 0
        return True
