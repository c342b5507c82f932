"""Parquet and JSON lines: files that name their columns and know some of their types."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.coded import is_text, texts
from otklik.intake.json_fields import text
from otklik.intake.json_records import read_records
from otklik.intake.source import Input
from otklik.intake.sources.table.grid import Broken, Grid, unique_names

MAX_PARQUET_BYTES: Final = 16 * 2**30
MAX_COLUMNS: Final = 2_000
_DEEP: Final = 3


def read_parquet(item: Input) -> Grid:
    """Read a Parquet file: instants stay instants, everything else becomes text."""
    try:
        file = pq.ParquetFile(item.path)
        size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.metadata.num_row_groups))
        if size > MAX_PARQUET_BYTES:
            raise FileError(file=item.name, reason=N_("it would unpack to more than 16 GiB"))
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise FileError(file=item.name, reason=N_("the Parquet file is damaged"), detail=str(error)) from None
    columns = [_plain(table[place]) for place in range(table.num_columns)]
    names = unique_names(table.column_names)
    return Grid(item.name, pa.table(columns, names=list(names)), lambda: np.arange(1, len(table) + 1))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return column
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        values = [None if value is None else json.dumps(value, default=str) for value in column.to_pylist()]
        return pa.chunked_array([pa.array(values, pa.string())])


def read_json(item: Input) -> Grid:
    """Read JSON lines or a list of objects, inner objects as `outer.inner`; a line that is no object is set aside."""
    broken: list[Broken] = []
    rows: list[dict[str, str | None]] = []
    numbers: list[int] = []
    names: dict[str, None] = {}
    for record in read_records(item, (), lambda row, reason, raw: broken.append(Broken(row, reason, None, raw)), ()):
        flat = _flat(record.value)
        names.update(dict.fromkeys(flat))
        if len(names) > MAX_COLUMNS:
            raise FileError(file=item.name, reason=N_("it has more than 2,000 different columns"))
        rows.append(flat)
        numbers.append(record.row)
    columns = _columns(rows, list(names))
    return Grid(item.name, columns, lambda: np.array(numbers, dtype=np.int64), tuple(broken))


def _columns(rows: Sequence[Mapping[str, str | None]], names: Sequence[str]) -> pa.Table:
    arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    unique = list(unique_names(names))
    return pa.table(arrays, names=unique) if unique else pa.table({"column_1": pa.nulls(len(rows), pa.string())})


def _flat(value: Mapping[str, Any], before: str = "", depth: int = 0) -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for key, inner in value.items():
        name = text(f"{before}{key}") or f"{before}_"
        if isinstance(inner, Mapping) and depth < _DEEP:
            flat |= _flat(inner, f"{name}.", depth + 1)
        elif isinstance(inner, list | Mapping):
            flat[name] = text(json.dumps(inner, ensure_ascii=False)[:2_000])
        else:
            flat[name] = str(inner).lower() if isinstance(inner, bool) else text(inner)
    return flat


def _is_filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not is_text(column.type):
        return pc.is_valid(column)
    plain = texts(column)
    return pc.fill_null(pc.not_equal(pc.ascii_trim_whitespace(plain), ""), False)


def without_blank_rows(grid: Grid) -> Grid:
    """Leave out rows without a single value: they are no records."""
    filled = None
    for column in grid.columns.columns:
        here = _is_filled(column)
        filled = here if filled is None else pc.or_(filled, here)
        if pc.all(filled).as_py():
            return grid
    if filled is None:
        return grid
    kept = np.asarray(filled)
    numbers = grid.row_numbers
    return Grid(grid.name, grid.columns.filter(filled), lambda: numbers()[kept], grid.broken, grid.guesses)
