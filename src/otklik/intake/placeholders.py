"""Words that stand where nothing is known: EMPTY, (null), N/A, - and their kin."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

PLACEHOLDERS: Final = frozenset({
    "", "empty", "null", "none", "nil", "nan", "n/a", "#n/a", "blank", "not set", "unset", "not specified", "undefined",
    "-", "--", "---", "–", "—", "?", "н/д", "пусто", "не указано", "не указан", "не указана", "не задано",
})  # fmt: skip
"""In small letters, without brackets around them. 'NA' and 'unknown' are not here: the one is a region, the other says
something."""
HELD: Final = ("team", "assignee", "channel")
DESCRIBED: Final = ("channel", "category", "priority", "segment", "language")


def is_placeholder(name: str) -> bool:
    """Whether a name says that there is none."""
    bare = name.strip().lower()
    return bare in PLACEHOLDERS or (bare[:1] + bare[-1:] in _BRACKETS and bare[1:-1].strip() in PLACEHOLDERS)


_BRACKETS: Final = ("()", "[]", "<>", "{}")


def without_placeholders(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Make nothing of the placeholders in these columns; teams, channels and the like, of which there are not many."""
    for name in columns:
        at = table.schema.get_field_index(name)
        column = table.column(at)
        empty = [said for said in pc.unique(column).to_pylist() if said is not None and is_placeholder(said)]
        if empty:
            hollow = pc.is_in(column.cast(pa.string()), value_set=pa.array(empty))
            table = table.set_column(at, table.field(at), pc.if_else(hollow, pa.scalar(None, column.type), column))
    return table
