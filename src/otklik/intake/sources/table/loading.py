"""From a file to a grid, whatever kind of table it is."""

from collections.abc import Mapping
from pathlib import Path

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.source import Input
from otklik.intake.sources.table.delimited import read_delimited
from otklik.intake.sources.table.grid import Grid
from otklik.intake.sources.table.kinds import kind_of
from otklik.intake.sources.table.typed import read_json, read_parquet, without_blank_rows
from otklik.intake.sources.table.workbook import read_workbook


def load_grid(item: Input, folder: Path, told: Mapping[str, object] | None = None) -> Grid:
    """Read all rows as text; `told` may name encoding, delimiter and sheet. Raises FileError."""
    told = told or {}
    kind = kind_of(item)
    if kind == "workbook":
        sheet = told.get("sheet")
        return without_blank_rows(read_workbook(item, str(sheet) if sheet else None))
    if kind == "parquet":
        return without_blank_rows(read_parquet(item))
    if kind == "json":
        return without_blank_rows(read_json(item))
    if kind == "text":
        return without_blank_rows(read_delimited(item, folder, dict(told)))
    raise FileError(file=item.name, reason=N_("it is no table"))
