"""XLSX, XLS and ODS: read by calamine in a child process, since a workbook may lie about its size."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.archives import ZIP_MAGIC, inflate_all, is_bomb, open_zip
from otklik.intake.errors import ArchiveRefused, WorkbookRefused
from otklik.intake.sandbox import Call, Tell, run_child
from otklik.intake.source import Input
from otklik.intake.sources.table.dialect import header_place
from otklik.intake.sources.table.grid import Grid, unique_names
from otklik.schemas.log import Guess

_CHUNK_ROWS: Final = 20_000
_LOOKED_AT: Final = 30


def read_workbook(item: Input, sheet: str | None = None) -> Grid:
    """Read one sheet (the told one, else the largest); raises FileError for what calamine or the limits refuse."""
    call = Call(f"{__name__}:read_sheet", (item.path, item.name, sheet))
    parts = list(run_child(call, item.name))
    told: dict[str, Any] = {name: value for name, value in parts if name != "rows"}
    rows = [table for name, table in parts if name == "rows"]
    names = unique_names(told["headings"])
    if not rows:
        columns = pa.table({name: pa.array([], pa.string()) for name in names})
        return Grid(item.name, columns, lambda: np.zeros(0, dtype=np.int64), guesses=_guesses(told))
    table = pa.concat_tables(rows)
    numbers = table["row"].to_numpy()
    columns = table.drop_columns(["row"]).rename_columns(list(names))
    return Grid(item.name, columns, lambda: numbers, guesses=_guesses(told))


def _guesses(told: dict[str, Any]) -> tuple[Guess, ...]:
    guesses = []
    if len(told["sheets"]) > 1:
        reason = N_("it has the most rows of all sheets: %(sheets)s")
        facts = {"sheets": ", ".join(told["sheets"])}
        guesses.append(Guess(what="sheet", value=told["sheet"], reason=reason, facts=facts))
    reason = N_("the rows above it are titles") if told["header"] > 1 else N_("it is the first row")
    guesses.append(Guess(what="header", value=str(told["header"]) if told["has_header"] else N_("none"), reason=reason))
    return tuple(guesses)


def read_sheet(tell: Tell, path: Path, name: str, wanted: str | None) -> None:
    """Inside the child: check the archive, open the workbook, send the rows of one sheet as text."""
    import python_calamine

    _check_archive(path, name)
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            _send(tell, book, name, wanted)
    except python_calamine.PasswordError:
        raise FileError(file=name, reason=N_("it is locked by a password")) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        too_large = "limit" in str(error).lower()
        reason = N_("it claims more cells than can be read") if too_large else N_("it is damaged")
        raise WorkbookRefused(file=name, reason=reason, detail=str(error)) from None


def _check_archive(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        if stream.read(4) != ZIP_MAGIC:
            return
    try:
        with open_zip(path, name) as archive:
            inflate_all(archive, name)
            for member in archive.infolist():
                if is_bomb(member.file_size, member.compress_size):
                    raise ArchiveRefused(file=name, reason=N_("it would unpack to more than 200 times its size"))
    except ArchiveRefused as error:
        raise WorkbookRefused(**error.facts) from None


def _send(tell: Tell, book: Any, name: str, wanted: str | None) -> None:
    sheets = [meta.name for meta in book.sheets_metadata if _is_shown(meta)]
    if wanted and wanted not in sheets:
        raise FileError(file=name, reason=N_("there is no such sheet"))
    if not sheets:
        raise FileError(file=name, reason=N_("it has no sheet with a table"))
    loaded = [(title, book.get_sheet_by_name(title)) for title in ([wanted] if wanted else sheets)]
    title, sheet = max(loaded, key=lambda pair: pair[1].height)
    first_row = (sheet.start or (0, 0))[0] + 1
    rows = enumerate(sheet.iter_rows(), first_row)
    numbered = ((number, [cell_text(cell) for cell in row]) for number, row in rows)
    head = [row for row, _ in zip(numbered, range(_LOOKED_AT), strict=False)]
    place, has_header = header_place([[cell or "" for cell in cells] for _, cells in head])
    headings = head[place][1] if head and has_header else [None] * sheet.width
    tell("sheets", sheets)
    tell("sheet", title)
    tell("header", head[place][0] if head else 1)
    tell("has_header", has_header)
    tell("headings", headings)
    for table in _tables(_filled([*head[place + has_header :]], numbered), len(headings)):
        tell("rows", table)


def _is_shown(meta: Any) -> bool:
    return "WorkSheet" in str(meta.typ) and "Visible" in str(meta.visible)


def _filled(
    head: list[tuple[int, list[str | None]]], rest: Iterable[tuple[int, list[str | None]]]
) -> Iterator[tuple[int, list[str | None]]]:
    for rows in (head, rest):
        for number, cells in rows:
            if any(cells):
                yield number, cells


def _tables(rows: Iterable[tuple[int, list[str | None]]], width: int) -> Iterator[pa.Table]:
    numbers: list[int] = []
    cells: list[list[str | None]] = []
    schema = pa.schema([*((f"c{place}", pa.string()) for place in range(width)), ("row", pa.int64())])

    def table() -> pa.Table:
        columns = [pa.array(column, pa.string()) for column in zip(*cells, strict=True)]
        return pa.table([*columns, pa.array(numbers, pa.int64())], schema=schema)

    for number, row in rows:
        numbers.append(number)
        cells.append((row + [None] * width)[:width])
        if len(cells) >= _CHUNK_ROWS:
            yield table()
            numbers.clear()
            cells.clear()
    if cells:
        yield table()


def cell_text(cell: object) -> str | None:
    """Write a cell as a person reads it: whole numbers without a point, moments as ISO.

    >>> cell_text(7.0), cell_text(True), cell_text(datetime(2024, 3, 1, 9, 5)), cell_text("")
    ('7', 'true', '2024-03-01 09:05:00', None)
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**63 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    text = str(cell).strip()
    return text.encode("utf-8", "replace").decode() or None
