"""Dates and times as people write them, read a whole column at a time.

Every cell is reduced to its shape (digits to 9, letters to a). A column has few shapes; each is understood once, by
a grammar, and all cells of that shape are then read as fixed-width fields. What no shape explains is not a moment.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.sources.table.date_styles import MONTHS, ZONES_S, Cut, cuts_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

MAX_LENGTH: Final = 80
MAX_SHAPES: Final = 500
_ISO_LENGTHS: Final = (10, *range(16, 28))
NO_OFFSET: Final = np.iinfo(np.int64).min
DAY_S: Final = 86_400
_DAY_US: Final = DAY_S * 1_000_000

_SHAPE_OF = np.arange(256, dtype=np.uint8)
_SHAPE_OF[ord("0") : ord("9") + 1] = ord("9")
_SHAPE_OF[ord("a") : ord("z") + 1] = ord("a")
_SHAPE_OF[ord("A") : ord("Z") + 1] = ord("a")
_SHAPE_OF[128:] = ord("a")


@dataclass
class Pieces:
    """A column taken apart; row by row: `ok`, the two numbers of a date whose order is open, the rest of it.

    `day_s` midnight of dates whose order is plain; `a`, `b`, `year` where it is open (a > 0); `second_us` time of day
    in microseconds, or the whole moment for numbers; `offset_s` NO_OFFSET where the cell names no zone.
    """

    ok: Bools
    a: Ints
    b: Ints
    year: Ints
    day: Ints
    second_us: Ints
    offset_s: Ints
    styles: dict[str, int]
    """How many cells were written in which style: 'ymd', 'named', 'a/b/y', 'a.b.y', 'half-day', 'unix-s' ..."""


def take_apart(column: pa.ChunkedArray | pa.Array, *, numbers: bool = False) -> Pieces:
    """Read every cell of a string column as far as it goes; `numbers` also allows unix times and Excel day numbers."""
    plain = _plain_iso(column)
    if plain is not None:
        return plain
    cells = _one_array(column)
    n = len(cells)
    a, b, year, day, second_us = (np.zeros(n, dtype=np.int64) for _ in range(5))
    pieces = Pieces(np.zeros(n, dtype=bool), a, b, year, day, second_us, np.full(n, NO_OFFSET), {})
    starts, lengths, text = _bytes_of(cells)
    for shape, rows in _by_shape(starts, lengths, text):
        for cut in cuts_of(shape, numbers):
            matrix = _matrix(text, starts[rows], len(shape))
            if _Reading(cut, matrix, rows, pieces).read():
                break
    return pieces


def _plain_iso(column: pa.ChunkedArray | pa.Array) -> Pieces | None:
    """Read a column of ISO cells of one length (2024-03-01 09:30:00, 2024-03-01T09:30:00.000Z); None for others."""
    bounds = pc.min_max(pc.binary_length(column))
    if bounds["min"].as_py() not in _ISO_LENGTHS or bounds["min"] != bounds["max"]:
        return None
    is_utc = pc.all(pc.ends_with(column, "Z")).as_py()
    try:
        at = column.cast(pa.timestamp("us", "UTC" if is_utc else None))
    except pa.ArrowInvalid:  # another style, or a date that is none: cell by cell, then
        return None
    at = at.combine_chunks() if isinstance(at, pa.ChunkedArray) else at
    n = len(at)
    at_us = at.cast(pa.int64()).fill_null(0).to_numpy()
    ok = np.ones(n, dtype=bool) if not at.null_count else at.is_valid().to_numpy(zero_copy_only=False)
    day, nothing = at_us // _DAY_US, np.zeros(n, dtype=np.int64)
    offset_s = np.full(n, 0 if is_utc else NO_OFFSET)
    return Pieces(ok, nothing, nothing, nothing, day, at_us - day * _DAY_US, offset_s, {"ymd": n - at.null_count})


def _one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    cells = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return cells.cast(pa.large_string())


def _bytes_of(cells: pa.Array) -> tuple[Ints, Ints, Bytes]:
    if not len(cells):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8)
    _, offset_buffer, text_buffer = cells.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1]
    text = np.frombuffer(text_buffer, dtype=np.uint8) if text_buffer is not None else np.zeros(0, np.uint8)
    lengths = np.diff(offsets)
    if cells.null_count:
        lengths = np.where(cells.is_valid().to_numpy(zero_copy_only=False), lengths, 0)
    return offsets[:-1], lengths, text


def _by_shape(starts: Ints, lengths: Ints, text: Bytes) -> list[tuple[str, Ints]]:
    """Group rows by shape, the most common first; too long or too varied ones are left out."""
    if not len(starts):
        return []
    first, last = int(starts[0]), int(starts[-1] + lengths[-1])
    shaped = _SHAPE_OF[text[first:last]]
    bounds = np.append(starts, last) - first
    shapes = pa.LargeStringArray.from_buffers(
        len(starts), pa.py_buffer(np.ascontiguousarray(bounds, dtype=np.int64)), pa.py_buffer(shaped)
    )
    coded = shapes.dictionary_encode()
    codes = coded.indices.to_numpy()
    counts = np.bincount(codes, minlength=len(coded.dictionary))
    order = np.argsort(codes, kind="stable") if len(counts) > 1 else np.arange(len(codes))
    ends = np.cumsum(counts)
    groups = []
    for code in np.argsort(-counts, kind="stable")[:MAX_SHAPES]:
        rows = order[ends[code] - counts[code] : ends[code]]
        rows = rows[lengths[rows] > 0]
        shape = coded.dictionary[int(code)].as_py()
        if len(rows) and len(shape) <= MAX_LENGTH:
            groups.append((shape, rows))
    return groups


def _matrix(text: Bytes, starts: Ints, width: int) -> Bytes:
    """Lay cells of one width under each other; without copying where they stand side by side."""
    if int(starts[-1] - starts[0]) == (len(starts) - 1) * width and bool((np.diff(starts) == width).all()):
        return text[starts[0] : starts[0] + len(starts) * width].reshape(len(starts), width)
    rows: Bytes = np.lib.stride_tricks.sliding_window_view(text, width)[starts]
    return rows


class _Reading:
    """Reads the cells of one shape by one cut into the pieces; remembers which cells made sense."""

    def __init__(self, cut: Cut, matrix: Bytes, rows: Ints, pieces: Pieces) -> None:
        self.cut = cut
        self.matrix = matrix
        self.rows = rows
        self.pieces = pieces
        self.ok: Bools = np.ones(len(rows), dtype=bool)

    def read(self) -> bool:
        """Fill the pieces; False when not one cell made sense."""
        if self.cut.style in {"unix-s", "unix-ms", "unix-us", "excel"}:
            second_us = self._instant_us()
        else:
            self._date()
            second_us = self._time_us()
            self._offset()
        if not self.ok.any():
            return False
        good = self.rows[self.ok]
        self.pieces.ok[good] = True
        self.pieces.second_us[good] = second_us[self.ok]
        self._note(self.cut.style)
        if "half" in self.cut.fields:
            self._note("half-day")
        return True

    def _note(self, style: str) -> None:
        self.pieces.styles[style] = self.pieces.styles.get(style, 0) + int(self.ok.sum())

    def _number(self, name: str, default: int = 0) -> Ints:
        span = self.cut.fields.get(name)
        if span is None:
            return np.full(len(self.rows), default, dtype=np.int64)
        number = np.zeros(len(self.rows), dtype=np.int64)
        for place in range(*span):
            number = number * 10 + (self.matrix[:, place] - ord("0"))
        return number

    def _words(self, name: str) -> tuple[list[str], Ints]:
        start, end = self.cut.fields[name]
        letters = np.ascontiguousarray(self.matrix[:, start:end]).view(f"S{end - start}").ravel()
        unique, codes = np.unique(letters, return_inverse=True)
        return [word.decode("utf-8", "replace").casefold() for word in unique.tolist()], codes

    def _looked_up(self, name: str, meaning: dict[str, int], start: int | None = None) -> Ints:
        words, codes = self._words(name)
        numbers = np.array([meaning.get(word[:start], NO_OFFSET) for word in words], dtype=np.int64)[codes]
        self.ok &= numbers != NO_OFFSET
        found: Ints = np.where(numbers != NO_OFFSET, numbers, 0)
        return found

    def _date(self) -> None:
        year = self._year()
        if "A" in self.cut.fields:
            a, b = self._number("A"), self._number("B")
            self.ok &= (np.maximum(a, b) <= 31) & (np.minimum(a, b) <= 12) & (np.minimum(a, b) >= 1)
            self._put(self.pieces.a, a)
            self._put(self.pieces.b, b)
            self._put(self.pieces.year, year)
            return
        month = self._looked_up("name", MONTHS, 3) if "name" in self.cut.fields else self._number("M")
        day, valid = days_from_civil(year, month, self._number("D"))
        self.ok &= valid
        self._put(self.pieces.day, day)

    def _year(self) -> Ints:
        year = self._number("Y")
        start, end = self.cut.fields["Y"]
        full: Ints = year if end - start == 4 else np.where(year < 70, 2000, 1900) + year
        return full

    def _put(self, target: Ints, values: Ints) -> None:
        target[self.rows] = values

    def _time_us(self) -> Ints:
        hour, minute, second = self._number("h"), self._number("mi"), self._number("s")
        if "half" in self.cut.fields:
            words, codes = self._words("half")
            halves = [{"am": 0, "pm": 12}.get(word.replace(".", ""), -1) for word in words]
            half = np.array(halves, dtype=np.int64)[codes]
            self.ok &= (half >= 0) & (hour >= 1) & (hour <= 12)
            hour = hour % 12 + np.maximum(half, 0)
        self.ok &= (hour <= 24) & (minute <= 59) & (second <= 60) & ((hour < 24) | (minute + second == 0))
        return ((hour * 60 + minute) * 60 + np.minimum(second, 59)) * 1_000_000 + self._fraction_us()

    def _fraction_us(self) -> Ints:
        span = self.cut.fields.get("f")
        if span is None:
            return np.zeros(len(self.rows), dtype=np.int64)
        digits = span[1] - span[0]
        fraction = self._number("f")
        micro: Ints = fraction * 10 ** (6 - digits) if digits <= 6 else fraction // 10 ** (digits - 6)
        return micro

    def _offset(self) -> None:
        fields = self.cut.fields
        offset = np.full(len(self.rows), NO_OFFSET)
        if "zone" in fields:
            offset = self._looked_up("zone", ZONES_S)
        nth = "" if "sign" in fields else "2"
        if f"sign{nth}" in fields and f"oh{nth}" in fields:
            ahead = np.where(self.matrix[:, fields[f"sign{nth}"][0]] == ord("-"), -1, 1)
            size = self._number(f"oh{nth}") * 3600 + self._number(f"om{nth}") * 60
            self.ok &= size <= 15 * 3600
            offset = np.where(offset == NO_OFFSET, 0, offset) + ahead * size
        self._put(self.pieces.offset_s, offset)

    def _instant_us(self) -> Ints:
        number = self._number("n")
        self._put(self.pieces.offset_s, np.zeros(len(self.rows), dtype=np.int64))
        if self.cut.style == "excel":
            self._put(self.pieces.offset_s, np.full(len(self.rows), NO_OFFSET))
            self._put(self.pieces.day, number - 25_569)
            self.ok &= (number >= 20_000) & (number <= 80_000)
            return self._day_share_us()
        scale = {"unix-s": 1_000_000, "unix-ms": 1_000, "unix-us": 1}[self.cut.style]
        instant = number * scale + (self._fraction_us() if self.cut.style == "unix-s" else 0)
        self.ok &= (instant >= 631_152_000_000_000) & (instant < 4_102_444_800_000_000)  # 1990 to 2100
        return instant

    def _day_share_us(self) -> Ints:
        span = self.cut.fields.get("f")
        if span is None:
            return np.zeros(len(self.rows), dtype=np.int64)
        share = self._number("f") / 10.0 ** (span[1] - span[0])
        return np.round(share * DAY_S).astype(np.int64) * 1_000_000


def days_from_civil(year: Ints, month: Ints, day: Ints) -> tuple[Ints, Bools]:
    """Days since 1970 of a date, and whether there is such a date."""
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(valid, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(valid, day - 1, 0).astype("timedelta64[D]")
    valid &= days.astype("datetime64[M]") == months
    return days.astype(np.int64), valid


def share_of_moments(column: pa.ChunkedArray | pa.Array, *, numbers: bool = False) -> float:
    """The share of non-empty cells that are moments."""
    filled = pc.drop_null(column)
    if not len(filled):
        return 0.0
    ok: Any = take_apart(filled, numbers=numbers).ok
    return float(ok.mean())
