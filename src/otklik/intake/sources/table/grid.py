"""A table before anybody knows what its columns mean: texts, where each row stood, and what was broken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.coded import coded, is_text, recoded, texts
from otklik.schemas.log import Guess

_NOTHING: Final = pa.array(["", "null", "none", "n/a", "na", "nan", "nat", "-", "—", "(null)", "#n/a", "nil"])
_LONGEST_NOTHING: Final = 6
_ZERO_DATE: Final = r"^(0000([-./])00[-./]00|00([-./])00[-./]0000)([ T]00:00(:00(\.0+)?)?)?Z?$"
"""How MySQL and its kin write 'no date'."""


class Broken(NamedTuple):
    """A row that is no row of this table: where, a reason code, and what stood there."""

    row: int
    reason: str
    detail: str | None
    raw: str | None


@dataclass(frozen=True)
class Grid:
    """Columns of text (or of instants, where the file has types) under unique names; `row_numbers` where they stood."""

    name: str
    columns: pa.Table
    row_numbers: Callable[[], npt.NDArray[np.int64]]
    broken: tuple[Broken, ...] = ()
    guesses: tuple[Guess, ...] = ()
    _cells: dict[str, pa.DictionaryArray] = field(default_factory=dict, repr=False, compare=False)

    @property
    def names(self) -> list[str]:
        """Headings, made unique."""
        return list(self.columns.column_names)

    def cells(self, name: str) -> pa.DictionaryArray:
        """One column of text, coded, with blanks gone; instants of typed files are written out."""
        if name not in self._cells:
            column = self.columns[name]
            as_codes = coded(column if is_text(column.type) else as_text(column))
            self._cells[name] = recoded(as_codes, clean(as_codes.dictionary))
        return self._cells[name]

    def moments(self, name: str) -> pa.Array:
        """One column as dates stand in it: plain text with blanks gone, or instants as they are."""
        column = self.columns[name]
        return clean(texts(column)) if is_text(column.type) else column.combine_chunks()

    def raw(self, index: int) -> str:
        """One row as comma-separated text, for the quarantine."""
        cells = self.columns.slice(index, 1).to_pylist()[0].values()
        return ",".join("" if cell is None else str(cell) for cell in cells)[:2000]

    def __len__(self) -> int:
        """Rows that came whole."""
        return int(self.columns.num_rows)


def clean(column: pa.Array) -> pa.Array:
    """Take off blanks around plain text, and make 'NULL', 'N/A', '-' and the like what they mean: nothing.

    An apostrophe that only guards against formulas ('=1+1, '+7 ...) goes as well.
    """
    trimmed = pc.utf8_trim_whitespace(column)
    if pc.any(pc.starts_with(trimmed, "'")).as_py():
        trimmed = pc.replace_substring_regex(trimmed, pattern=r"^'([=+\-@\t\r])", replacement=r"\1")
    if pc.any(pc.starts_with(trimmed, "00")).as_py():
        trimmed = pc.replace_substring_regex(trimmed, pattern=_ZERO_DATE, replacement="")
    short = pc.less_equal(pc.binary_length(trimmed), _LONGEST_NOTHING)
    if not pc.any(short).as_py():
        return trimmed
    lowered = pc.utf8_lower(pc.if_else(short, trimmed, "x"))
    return pc.if_else(pc.is_in(lowered, value_set=_NOTHING), pa.scalar(None, trimmed.type), trimmed)


def as_text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Write out a column as plain text; instants as ISO."""
    one = texts(column)
    if pa.types.is_timestamp(one.type):
        return pc.strftime(one.cast(pa.timestamp("s", one.type.tz), safe=False), "%Y-%m-%dT%H:%M:%S")
    return one.cast(pa.string())


def unique_names(headings: Sequence[str | None]) -> tuple[str, ...]:
    """Give every column a name of its own: blank ones by their place, repeated ones a number."""
    return tuple(_unique(headings))


def _unique(headings: Sequence[str | None]) -> Iterator[str]:
    taken: set[str] = set()
    for place, heading in enumerate(headings, 1):
        name = " ".join((heading or "").replace("\0", "").split()).strip("\ufeff\"'") or f"column_{place}"
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        taken.add(free)
        yield free
