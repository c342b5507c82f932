"""The beginning of a table, for a look: its headings, its first rows, what each column is taken for."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from otklik.base.errors import UserError
from otklik.intake.coded import is_text
from otklik.intake.json_records import is_lines
from otklik.intake.source import Beginning, Input, ReadOptions
from otklik.intake.sources.table.encoding import detect_encoding
from otklik.intake.sources.table.grid import Grid, as_text
from otklik.intake.sources.table.kinds import kind_of
from otklik.intake.sources.table.loading import load_grid
from otklik.intake.sources.table.plan import make_plan
from otklik.intake.sources.table.profiles import profile
from otklik.intake.sources.table.roles import Role, Roles, assign_roles
from otklik.intake.sources.table.telling import told_mode, told_roles
from otklik.schemas.previews import PREVIEW_ROWS, PreviewColumn, PreviewPart

BEGINNING_BYTES: Final = 2**21
_LINES_OF_A_ROW: Final = 200


def begin_tables(inputs: Sequence[Input], options: ReadOptions, folder: Path) -> Beginning:
    """Show the first rows of each table (tables with the same headings once) and give the files cut short."""
    shorter = [_cut(item, folder) for item in inputs]
    parts: dict[tuple[str, ...], PreviewPart] = {}
    for item in shorter:
        try:
            grid = load_grid(item, Path(tempfile.mkdtemp(dir=folder)), options.mapping)
        except UserError:
            continue  # it shows again, and is told, when the file is read
        headings = tuple(grid.names)
        seen = parts.get(headings)
        if seen is None:
            parts[headings] = _part(grid, options)
        else:
            parts[headings] = seen.model_copy(update={"files": (*seen.files, item.name)})
    is_whole = all(cut.path == item.path for cut, item in zip(shorter, inputs, strict=True))
    return Beginning(tuple(parts.values()), tuple(shorter), is_whole)


def _cut(item: Input, folder: Path) -> Input:
    """Keep the first rows of a long file of lines, in a copy; other kinds stay whole."""
    kind = kind_of(item)
    by_lines = kind == "text" or (kind == "json" and is_lines(item.head))
    if not by_lines or detect_encoding(item.head).name.startswith(("utf-16", "utf-32")):
        return item
    try:
        with item.open() as stream:
            start = stream.read(BEGINNING_BYTES + 1)
    except (OSError, EOFError):
        return item
    end = _end_of_row(start) if len(start) > BEGINNING_BYTES else 0
    if not end:
        return item
    path = Path(tempfile.mkdtemp(dir=folder)) / "beginning"
    path.write_bytes(start[:end])
    return replace(item, path=path)


def _end_of_row(start: bytes) -> int:
    """Find the last line end outside quotes; 0 where the lines have no end."""
    end = start.rfind(b"\n") + 1
    nearest = end
    for _ in range(_LINES_OF_A_ROW):
        if not end or start.count(b'"', 0, end) % 2 == 0:
            break
        end = start.rfind(b"\n", 0, end - 1) + 1
    return end or nearest


def _part(grid: Grid, options: ReadOptions) -> PreviewPart:
    roles, mode, reason = _understood(grid, options)
    by_column = {one.column: one for one in roles.found}
    first = grid.columns.slice(0, PREVIEW_ROWS)
    return PreviewPart(
        reader="table",
        is_table=True,
        files=(grid.name,),
        mode=mode,
        reason=reason,
        columns=tuple(_column(name, by_column.get(name)) for name in grid.names),
        rows=tuple(zip(*(_texts(first[name]) for name in grid.names), strict=True)),
        row_numbers=tuple(grid.row_numbers()[:PREVIEW_ROWS].tolist()),
    )


def _understood(grid: Grid, options: ReadOptions) -> tuple[Roles, str | None, str]:
    """Roles, mode and its reason; where the table tells nothing, the roles alone, at worst without what was told."""
    told = told_roles(grid, options)
    profiles = [profile(grid, name) for name in grid.names]
    try:
        plan = make_plan(grid, told, told_mode(grid, options))
    except UserError:
        try:
            return assign_roles(profiles, told, grid.name), None, ""
        except UserError:
            return assign_roles(profiles, {}, grid.name), None, ""
    return plan.roles, plan.mode, plan.reason


def _column(name: str, role: Role | None) -> PreviewColumn:
    return (
        PreviewColumn(heading=name) if role is None else PreviewColumn(heading=name, role=role.role, reason=role.reason)
    )


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    plain = column.cast(pa.string()) if is_text(column.type) else as_text(column)
    cells: list[str | None] = plain.to_pylist()
    return cells
