"""A broken text table, line by line: what can be read is read, what cannot is set aside with its line and reason."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.intake.csv_records import long_cells
from otklik.intake.sources.table.dialect import Dialect
from otklik.intake.sources.table.grid import Broken
from otklik.intake.sources.table.scanning import LONGEST_LINE, Text

MAX_LINES_OF_A_ROW: Final = 200
_CHUNK_ROWS: Final = 50_000
_SHOWN: Final = 2_000


@dataclass(frozen=True)
class Rescued:
    """The rows that hold, the lines they stood on, and the others."""

    columns: pa.Table
    row_numbers: npt.NDArray[np.int64]
    broken: tuple[Broken, ...]


class _Row(NamedTuple):
    line: int
    cells: list[str]
    lines: list[str]


def careful_table(text: Text, dialect: Dialect) -> Rescued:
    """Read every line that has as many cells as the table; set the others aside."""
    with long_cells(LONGEST_LINE):
        return _rescued(text, dialect)


def _rescued(text: Text, dialect: Dialect) -> Rescued:
    width = len(dialect.names)
    schema = pa.schema([(name, pa.string()) for name in dialect.names])
    tables, rows, lines, broken = [schema.empty_table()], [], [], []
    for found in _rows(_lines(text, dialect), dialect.delimiter, width):
        if isinstance(found, Broken):
            broken.append(found)
            continue
        rows.append(found.cells)
        lines.append(found.line)
        if len(rows) >= _CHUNK_ROWS:
            tables.append(_table(rows, schema))
            rows.clear()
    tables.append(_table(rows, schema))
    return Rescued(pa.concat_tables(tables), np.array(lines, dtype=np.int64), tuple(broken))


def _table(rows: list[list[str]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=schema)


def _lines(text: Text, dialect: Dialect) -> Iterator[tuple[int, str]]:
    with text.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        for number, line in enumerate(stream, 1):
            if number > dialect.skip_lines:
                yield number, line


def _rows(lines: Iterator[tuple[int, str]], delimiter: str, width: int) -> Iterator[_Row | Broken]:
    """Put lines together to rows; a quote that never closes costs its own line only."""
    waiting: deque[tuple[int, str]] = deque()
    for first in lines:
        waiting.append(first)
        while waiting:
            taken = _one_row(waiting, lines)
            row = _parsed(taken, delimiter)
            problem = _problem(row, width)
            if problem is None:
                yield row
            elif problem != "blank":
                yield Broken(row.line, *_said(problem, row, width))
                waiting.extendleft(reversed(taken[1:]))


def _one_row(waiting: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    """Take lines until their quotes are even; one line alone when they never are."""
    taken = [waiting.popleft()]
    quotes = taken[0][1].count('"')
    while quotes % 2 and len(taken) < MAX_LINES_OF_A_ROW:
        following = waiting.popleft() if waiting else next(lines, None)
        if following is None:
            break
        taken.append(following)
        quotes += following[1].count('"')
    if quotes % 2:
        waiting.extendleft(reversed(taken[1:]))
        return taken[:1]
    return taken


def _parsed(taken: list[tuple[int, str]], delimiter: str) -> _Row:
    lines = [line for _, line in taken]
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=len(lines) > 1), [])
    except csv.Error:
        cells = []
    return _Row(taken[0][0], cells, lines)


def _problem(row: _Row, width: int) -> str | None:
    joined = "".join(row.lines)
    if not joined.strip():
        return "blank"
    if joined.count('"') % 2 or not row.cells:
        return "broken-quote"
    if "\0" in joined:
        return "zero-byte"
    if not joined.isascii() and any("\udc80" <= letter <= "\udcff" for letter in joined):
        return "not-text"
    while len(row.cells) > width and not row.cells[-1].strip():
        row.cells.pop()
    return None if len(row.cells) == width else "ragged-row"


def _said(problem: str, row: _Row, width: int) -> tuple[str, str | None, str]:
    raw = "".join(row.lines)[:_SHOWN].rstrip("\r\n").encode("utf-8", "replace").decode()
    detail = f"{len(row.cells)} cells instead of {width}" if problem == "ragged-row" else None
    return problem, detail, raw
