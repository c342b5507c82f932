"""The elements of a block as columns: cut at every `<`, look at each different piece once.

In well-formed XML `<` begins a tag and nothing else, so cutting there is exact. A log repeats itself: of some hundred
thousand pieces only the instants differ, so the pieces are dictionary-encoded and only the dictionary is parsed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.base.text import N_
from otklik.intake.sources.xes.blocks import Block

Ints = npt.NDArray[np.int64]
DEPTH: Final = 64
ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
_BEFORE_KEY = re.compile(rf"<({'|'.join(sorted(ATTRIBUTES))})\s+key=\"")
_BEFORE_VALUE = re.compile(r"\"\s+value=\"")
_AFTER_VALUE = re.compile(r"\"\s*(/?)>\s*")
_CUTS = 5
"""A plain attribute lies between four quotes: before the key, the key, before the value, the value, the rest."""
_IS_WHITE = np.isin(np.arange(256), list(b"\t\n\r"))
_NAME = r"[A-Za-z_:\x80-\U0010ffff][\w:.\-\x80-\U0010ffff]*"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAME})(?P<told>(?:\s+{_NAME}\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(?P<close>/?)>"
)
_TOLD = re.compile(rf"({_NAME})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w{1,8}));|&")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_START, _END, _EMPTY = 1, -1, 0


class _Malformed(ValueError):
    """One piece is not XML; the text says why."""


@dataclass(frozen=True)
class Elements:
    """One block: the pieces it is made of, in order.

    `piece[i]` is a row of the dictionary columns `move` (start +1, end -1, empty 0), `name`, `key` (places in `names`
    and `keys`, -1 for none) and `value`; `offset[i]` where it stands; `depth[i]` how deep it lies.
    """

    piece: Ints
    offset: Ints
    depth: Ints
    move: Ints
    name: Ints
    key: Ints
    value: pa.Array
    names: list[str]
    keys: list[str]


def read_elements(block: Block, depth: int) -> Elements:
    """Take a block apart; `depth` = how many elements are open before it. Raises BrokenXes."""
    text = np.frombuffer(block.text, dtype=np.uint8)
    offset = np.flatnonzero(text == ord("<"))
    if block.text[: offset[0] if len(offset) else len(text)].strip():
        raise block.broken(0, N_("this is not XML"))
    pieces = _pieces(block.text, offset).dictionary_encode()
    piece = np.asarray(pieces.indices, dtype=np.int64)
    try:
        move, name, key, value, names, keys = _parsed(_text(pieces.dictionary))
    except _Malformed as error:
        reason, place = error.args
        raise block.broken(int(offset[np.flatnonzero(piece == place)[0]]), reason) from None
    depths = _depths(move[piece], depth)
    elements = Elements(piece, offset, depths, move, name, key, value, names, keys)
    _check_nesting(elements, block)
    return elements


def _pieces(text: bytes, offset: Ints) -> pa.Array:
    ends = pa.array(np.append(offset, len(text)).astype(np.int32) if len(offset) else np.zeros(1, dtype=np.int32))
    return pa.Array.from_buffers(pa.binary(), len(offset), [None, ends.buffers()[1], pa.py_buffer(text)])


def _text(pieces: pa.Array) -> pa.Array:
    """The different pieces as text: UTF-8, no control characters."""
    try:
        texts = pieces.cast(pa.string())
    except pa.ArrowInvalid:
        wrong = next(place for place, piece in enumerate(pieces.to_pylist()) if not _is_utf8(piece))
        raise _Malformed(N_("these bytes are not text in its encoding"), wrong) from None
    start, letters = _bytes_of(texts)
    low = np.flatnonzero(letters < ord(" "))
    controls = low[~_IS_WHITE[letters[low]]]
    if len(controls):
        wrong = int(np.searchsorted(start, controls[0], side="right")) - 1
        raise _Malformed(N_("a control character stands here"), wrong)
    return texts


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parsed(pieces: pa.Array) -> tuple[Ints, Ints, Ints, pa.Array, list[str], list[str]]:
    """Read every different piece: plain attributes by their quotes, all together; anything else one by one."""
    rows, (before, key, between, value, after) = _plain_attributes(pieces)
    tag = [found[1] if found else None for found in map(_BEFORE_KEY.fullmatch, before.dictionary.to_pylist())]
    fits = np.array([name is not None for name in tag], dtype=bool)[before.indices.to_numpy()]
    fits &= _matches(between, _BEFORE_VALUE) & _matches(after, _AFTER_VALUE)
    closed = np.array(["/" in end for end in after.dictionary.to_pylist()], dtype=bool)[after.indices.to_numpy()]
    fits &= ~np.array(["&" in name for name in key.dictionary.to_pylist()], dtype=bool)[key.indices.to_numpy()]
    rows, good = rows[fits], np.flatnonzero(fits)
    is_odd = np.ones(len(pieces), dtype=bool)
    is_odd[rows] = False
    odd = np.flatnonzero(is_odd)
    told = [_tag(pieces[int(place)].as_py(), int(place)) for place in odd]
    move, name_code, key_code = (np.full(len(pieces), -1) for _ in range(3))
    move[rows] = np.where(closed[good], _EMPTY, _START)
    move[odd] = [one[0] for one in told]
    names, keys = _Words(tag), _Words(key.dictionary.to_pylist())
    name_code[rows] = names.codes[before.indices.to_numpy()[good]]
    key_code[rows] = keys.codes[key.indices.to_numpy()[good]]
    name_code[odd] = [names.code(one[1]) for one in told]
    key_code[odd] = [keys.code(one[2]) for one in told]
    place = np.full(len(pieces), -1)
    place[rows], place[odd] = good, len(value) + np.arange(len(odd))
    values = pa.concat_arrays([value, pa.array([one[3] for one in told], pa.string())]).take(pa.array(place))
    return move, name_code, key_code, values, list(names.words), list(keys.words)


class _Words:
    """Words by code; `codes` leads from the places of a dictionary to them, -1 for none."""

    def __init__(self, dictionary: Sequence[str | None]) -> None:
        self.words: dict[str, int] = {}
        self.codes = np.array([self.code(word) for word in dictionary], dtype=np.int64)

    def code(self, word: str | None) -> int:
        """The code of a word, a new one for a new word."""
        return -1 if word is None else self.words.setdefault(word, len(self.words))


def _plain_attributes(pieces: pa.Array) -> tuple[Ints, list[pa.Array]]:
    """Cut the pieces with four quotes and no `&` at their quotes: the five parts, all but the value encoded."""
    start, text = _bytes_of(pieces)
    quotes = np.flatnonzero(text == ord('"'))
    first = np.searchsorted(quotes, start)
    plain = np.diff(first) == _CUTS - 1
    plain[np.searchsorted(start, np.flatnonzero(text == ord("&")), side="right") - 1] = False
    rows = np.flatnonzero(plain)
    at = first[rows]
    cuts = np.empty((len(rows), _CUTS + 1), dtype=np.int32)
    cuts[:, 0], cuts[:, _CUTS] = start[rows], start[rows + 1]
    cuts[:, 1], cuts[:, 2], cuts[:, 3], cuts[:, 4] = (quotes[at + n] + (n + 1) % 2 for n in range(_CUTS - 1))
    parts = [_slices(pieces, cuts[:, n], cuts[:, n + 1]) for n in range(_CUTS)]
    return rows, [part if n == 3 else part.dictionary_encode() for n, part in enumerate(parts)]


def _bytes_of(texts: pa.Array) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Where each text starts (and the last ends), and the bytes of all."""
    if not len(texts):
        return np.zeros(1, dtype=np.int32), np.empty(0, dtype=np.uint8)
    _, offsets, letters = texts.buffers()
    start = np.frombuffer(offsets, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return start, np.frombuffer(letters, dtype=np.uint8)[: start[-1]]


def _slices(pieces: pa.Array, start: npt.NDArray[np.int32], end: npt.NDArray[np.int32]) -> pa.Array:
    """The texts that stand between two offsets of the same buffer."""
    bounds = np.empty(2 * len(start) + 1, dtype=np.int32)
    bounds[0:-1:2], bounds[1::2] = start, end
    bounds[-1] = end[-1] if len(end) else 0
    all_ = pa.Array.from_buffers(pa.string(), 2 * len(start), [None, pa.py_buffer(bounds), pieces.buffers()[2]])
    return all_.take(pa.array(np.arange(0, 2 * len(start), 2)))


def _matches(part: pa.DictionaryArray, pattern: re.Pattern[str]) -> npt.NDArray[np.bool_]:
    good = [pattern.fullmatch(text) is not None for text in part.dictionary.to_pylist()]
    return np.asarray(np.array(good, dtype=bool)[part.indices.to_numpy()])


def _tag(piece: str, place: int) -> tuple[int, str, str | None, str | None]:
    """Read one tag of any form, strictly: (move, local name, key, value)."""
    match = _TAG.match(piece)
    if match is None:
        raise _Malformed(N_("this is not XML"), place)
    if piece[match.end() :].strip() and _ENTITY.search(piece[match.end() :]):
        _plain_text(piece[match.end() :], place)
    name = match["name"].rpartition(":")[2]
    if match["end"]:
        if match["told"] or match["close"]:
            raise _Malformed(N_("an end tag carries attributes"), place)
        return _END, name, None, None
    told: dict[str, str] = {}
    for attribute, double, single in _TOLD.findall(match["told"]):
        if attribute in told:
            raise _Malformed(N_("an attribute stands twice in a tag"), place)
        told[attribute] = _plain_text(double or single, place)
    return _EMPTY if match["close"] else _START, name, told.get("key"), told.get("value")


def _plain_text(text: str, place: int) -> str:
    """Put in what the five entities of XML and character numbers stand for; any other is refused."""

    def meant(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name in _ENTITIES:
            return _ENTITIES[name]
        code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
        if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
            return chr(code)
        raise _Malformed(N_("an entity stands here that XML does not know"), place)

    return _ENTITY.sub(meant, text) if "&" in text else text


def _depths(moves: Ints, depth: int) -> Ints:
    """How deep each piece lies: the root is 1; an end tag lies where its start tag does."""
    after = depth + np.cumsum(moves)
    return after + (moves <= _EMPTY)


def _check_nesting(elements: Elements, block: Block) -> None:
    """See that every end tag closes the start tag before it on its level; levels end at DEPTH."""
    moves = elements.move[elements.piece]
    wrong = np.flatnonzero((elements.depth > DEPTH) | (elements.depth < 1))
    if len(wrong):
        deep = elements.depth[wrong[0]] > DEPTH
        reason = N_("elements are nested more than 64 deep") if deep else N_("an end tag has no start tag")
        raise block.broken(int(elements.offset[wrong[0]]), reason)
    rows = np.flatnonzero(moves != _EMPTY)
    rows = rows[np.argsort(elements.depth[rows].astype(np.int16), kind="stable")]
    names, moves, depths = elements.name[elements.piece[rows]], moves[rows], elements.depth[rows]
    ends = np.flatnonzero((moves[1:] == _END) & (depths[1:] == depths[:-1])) + 1
    unlike = ends[(names[ends] != names[ends - 1]) | (moves[ends - 1] != _START)]
    if len(unlike):
        raise block.broken(int(elements.offset[rows[unlike].min()]), N_("an end tag does not fit its start tag"))
