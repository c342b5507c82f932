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
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.intake.sources.xes.blocks import Block

Ints = npt.NDArray[np.int64]
DEPTH: Final = 64
ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
_PLAIN = (
    rf'^<(?P<tag>{"|".join(sorted(ATTRIBUTES))})\s+key="(?P<key>[^"<&]*)"\s+value="(?P<value>[^"<&]*)"'
    r"\s*(?P<close>/?)>\s*$"
)
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
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
    controls = np.flatnonzero(pc.match_substring_regex(texts, _CONTROL))
    if len(controls):
        raise _Malformed(N_("a control character stands here"), controls[0])
    return texts


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parsed(pieces: pa.Array) -> tuple[Ints, Ints, Ints, pa.Array, list[str], list[str]]:
    found = pc.extract_regex(pieces, _PLAIN)
    plain = np.asarray(found.is_valid())
    tag, key, value, close = (found.field(i) for i in range(4))
    move = np.where(np.asarray(pc.equal(close, "/")), _EMPTY, _START).astype(np.int64)
    odd = np.flatnonzero(~plain)
    told = [_tag(pieces[int(i)].as_py(), int(i)) for i in odd]
    move[odd] = [one[0] for one in told]
    name_code, names = _codes(tag, odd, [one[1] for one in told])
    key_code, keys = _codes(key, odd, [one[2] for one in told])
    values = pc.replace_with_mask(value, pa.array(~plain), pa.array([one[3] for one in told], pa.string()))
    return move, name_code, key_code, values, names, keys


def _codes(column: pa.Array, odd: Ints, told: Sequence[str | None]) -> tuple[Ints, list[str]]:
    encoded = column.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    place = {word: code for code, word in enumerate(words)}
    codes = np.asarray(encoded.indices.fill_null(-1), dtype=np.int64).copy()
    codes[odd] = [-1 if word is None else place.setdefault(word, len(place)) for word in told]
    return codes, list(place)


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
