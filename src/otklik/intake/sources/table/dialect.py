"""How a text file keeps its table: what parts the cells, which line holds the headings, where the rows begin."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from otklik.base.text import N_
from otklik.intake.sources.table.grid import unique_names

DELIMITERS: Final = ("\t", ";", "|", ",")
_SAMPLE_ROWS: Final = 300
_TITLE_ROWS: Final = 30
_FILLED: Final = 0.5
_SEP_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-+]?\d+([.,]\d+)?")
_MOMENT: Final = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*")


@dataclass(frozen=True)
class Dialect:
    """What parts the cells, the lines to skip before the rows, the names of the columns."""

    delimiter: str
    skip_lines: int
    names: tuple[str, ...]
    has_header: bool
    reason: str
    header_reason: str


def sniff(sample: str, delimiter: str | None = None) -> Dialect:
    """Work out the dialect of the first lines of a table (whole lines)."""
    if said := _SEP_LINE.match(sample):
        inner = sniff(sample[said.end() :], delimiter or said[1])
        return replace(inner, skip_lines=inner.skip_lines + 1)
    chosen = delimiter or _delimiter(sample)
    reason = N_("it was told") if delimiter else N_("it parts the lines into equally many cells")
    rows = _rows(sample, chosen)
    width = _width(rows)
    first = _first_row(rows, width)
    if first is None:
        return Dialect(chosen, 0, unique_names([None] * max(width, 1)), False, reason, N_("there are no headings"))
    line, cells = rows[first]
    if not _is_header(cells):
        before = rows[first - 1][0] if first else 0
        names = unique_names([None] * max(width, len(cells)))
        return Dialect(chosen, before, names, False, reason, N_("the first row already holds values"))
    headings: list[str | None] = [*cells, *([None] * (width - len(cells)))]
    skipped = N_("the rows above it are titles") if first else N_("it is the first row")
    return Dialect(chosen, line, unique_names(headings), True, reason, skipped)


def header_place(rows: Sequence[list[str]]) -> tuple[int, bool]:
    """Find the headings among the first rows of a sheet: the row's place, and whether it holds headings."""
    numbered = [(number, cells) for number, cells in enumerate(rows)]
    width = max((sum(bool(cell.strip()) for cell in cells) for cells in rows), default=0)
    first = next(
        (n for n, cells in numbered[:_TITLE_ROWS] if sum(bool(cell.strip()) for cell in cells) > _FILLED * width), None
    )
    if first is None:
        return 0, False
    return first, _is_header(rows[first])


def _rows(sample: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Give rows with the number of the line they end on; blank ones left out."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _delimiter(sample: str) -> str:
    def fit(delimiter: str) -> float:
        rows = _rows(sample, delimiter)
        width = _width(rows)
        if width < 2:
            return 0.0
        return float(sum(len(cells) == width for _, cells in rows) / len(rows) * min(width, 12) ** 0.25)

    fits = {delimiter: fit(delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: fits[delimiter])
    return best if fits[best] > 0 else ","


def _width(rows: Sequence[tuple[int, list[str]]]) -> int:
    counts = Counter(len(cells) for _, cells in rows)
    first = len(rows[0][1]) if rows else 0
    return max(counts, key=lambda width: (counts[width], width == first, width), default=0)


def _first_row(rows: Sequence[tuple[int, list[str]]], width: int) -> int | None:
    """Find the first row that is as wide as the table; titles above it are narrower or mostly blank."""
    for number, (_, cells) in enumerate(rows[:_TITLE_ROWS]):
        filled = sum(bool(cell.strip()) for cell in cells)
        is_comment = cells[0].lstrip().startswith("#") and len(cells) < max(width, 2)
        if not is_comment and len(cells) >= width - 1 and filled >= max(1, _FILLED * width):
            return number
    return 0 if rows else None


def _is_header(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(_MOMENT.fullmatch(cell) for cell in filled):
        return False
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in filled)
    return not (numbers >= len(filled) / 2 and _NUMBER.fullmatch(filled[0]))
