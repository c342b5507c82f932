"""Columns that say the same in every row of a file: told once, and not read from each row group.

To read a column of a small row group costs about as much whatever stands in it, and a look-up of a thousand requests
reads a thousand of them.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Value = str | int | bool | None


class Same:
    """Watches parts of a file go by, and knows which columns have held one value all along."""

    def __init__(self, schema: pa.Schema) -> None:
        self._names = [field.name for field in schema if field.name != "request" and _is_plain(field.type)]
        self._found: dict[str, Value] = {}
        self._begun = False

    @property
    def found(self) -> dict[str, Value]:
        """The columns that say the same in every row, and what."""
        return {name: self._found[name] for name in self._names} if self._begun else {}

    def note(self, part: pa.Table) -> None:
        """Look at the next rows."""
        if not part.num_rows:
            return
        told = {name: _values(part[name]) for name in self._names}
        one = {name: values[0] for name, values in told.items() if len(values) == 1}
        self._names = [
            name for name in self._names if name in one and (not self._begun or one[name] == self._found[name])
        ]
        self._found = one
        self._begun = True


def _is_plain(kind: pa.DataType) -> bool:
    return any(fits(kind) for fits in (pa.types.is_string, pa.types.is_integer, pa.types.is_boolean))


def _values(column: pa.ChunkedArray) -> list[Value]:
    """Up to two different values of a column; most columns show two in their first rows."""
    begin: list[Value] = pc.unique(column.slice(0, 100)).to_pylist()
    values: list[Value] = begin if len(begin) > 1 else pc.unique(column).to_pylist()
    return values[:2]


def repeated(value: Value, kind: pa.DataType, rows: int) -> pa.Array:
    """A column of one value; words as a dictionary of one."""
    if not pa.types.is_string(kind):
        return pa.nulls(rows, kind) if value is None else pa.array(np.full(rows, value), kind)
    codes = pa.nulls(rows, pa.int32()) if value is None else pa.array(np.zeros(rows, np.int32))
    return pa.DictionaryArray.from_arrays(codes, pa.array([] if value is None else [value], pa.string()))


def spelled_out(rows: pa.Table, names: Iterable[str], always: Mapping[str, Value], schema: pa.Schema) -> pa.Table:
    """Lay the columns that always say the same among those that were read, in the order of `names`."""
    columns = {
        name: repeated(always[name], schema.field(name).type, rows.num_rows) if name in always else rows[name]
        for name in names
    }
    return pa.table(columns)
