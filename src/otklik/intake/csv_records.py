"""Rows of a CSV with known headings, as desks and warehouses write it: nothing is guessed but the delimiter."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from otklik.intake.source import Input

Bad = Callable[[int, str, str], None]
"""Called for one bad row with (its number, a reason code, what stood there)."""


def headings_of(head: bytes) -> list[str]:
    """The headings in the first line, trimmed and in lower case; none where that line is no table row.

    >>> headings_of(b"Number;Opened")
    ['number', 'opened']
    """
    line = _first_line(head)
    try:
        return [name.strip().lower() for name in next(csv.reader([line], delimiter=_delimiter(line)), [])]
    except csv.Error:
        return []


def read_csv(item: Input, bad: Bad) -> Iterator[tuple[int, list[str]]]:
    """Every row after the first, with its number; a row of another length or an endless one goes to `bad`."""
    width = len(headings_of(item.head))
    with item.open() as raw, io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="") as lines:
        reader = csv.reader(lines, delimiter=_delimiter(_first_line(item.head)))
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                bad(number, "line-too-long", str(error))
                continue
            if number == 1 or not cells:
                continue
            if len(cells) == width:
                yield number, cells
            else:
                bad(number, "ragged-row", ",".join(cells))


@contextmanager
def long_cells(longest: int) -> Iterator[None]:
    """Let the csv module read cells of so many characters; its own limit is for the whole process."""
    before = csv.field_size_limit(longest)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _first_line(head: bytes) -> str:
    return next(iter(head.split(b"\n", 1)[0].decode("utf-8-sig", "replace").splitlines()), "")


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)
