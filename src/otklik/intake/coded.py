"""Text columns as numbers into a list of their different values: whatever is done to them is done once a value."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import CODED

Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
_ONE_ARRAY_BYTES: Final = 2**31 - 1
"""What one plain text array can hold."""
_WORTH_A_LOOK: Final = 1_000
_SHORT_LIST: Final = 10_000


def is_text(kind: pa.DataType) -> bool:
    """Say whether a type is text, coded or not."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def coded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """Give a text column as one coded array."""
    if pa.types.is_null(column.type):
        return constant(None, len(column))
    if isinstance(column, pa.ChunkedArray) and column.num_chunks == 1:
        column = column.chunk(0)
    if not pa.types.is_dictionary(column.type):
        return _encoded(column)
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    return column if column.type == CODED else column.cast(CODED)


def _encoded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """Code plain text: as one array, since the lists of many chunks are dear to lay together."""
    if isinstance(column, pa.ChunkedArray):
        if column.nbytes >= _ONE_ARRAY_BYTES:
            return column.dictionary_encode().unify_dictionaries().combine_chunks().cast(CODED)
        column = column.combine_chunks()
    if column.type == pa.string() and (runs := _runs(column)) is not None:
        return runs
    return column.dictionary_encode().cast(CODED)


def _runs(column: pa.StringArray) -> pa.DictionaryArray | None:
    """Code a column that rises from row to row (requests in order of their numbers); None for any other."""
    n = len(column)
    if n < _WORTH_A_LOOK or column.null_count:
        return None
    head = column.slice(0, _WORTH_A_LOOK)
    if not _rises(head) or not _rises(column):
        return None
    is_new = np.append(True, np.asarray(pc.not_equal(column.slice(1), column.slice(0, n - 1))))
    if is_new.all():
        return pa.DictionaryArray.from_arrays(pa.array(np.arange(n, dtype=np.int32)), column)
    codes = np.cumsum(is_new, dtype=np.int32) - np.int32(1)
    return pa.DictionaryArray.from_arrays(pa.array(codes), column.filter(pa.array(is_new)))


def _rises(column: pa.StringArray) -> bool:
    return bool(pc.all(pc.greater_equal(column.slice(1), column.slice(0, len(column) - 1))).as_py())


def texts(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Give a column as plain text again."""
    one = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(one.type):
        return one
    if len(one.dictionary) == 0 or one.null_count == len(one):
        return pa.nulls(len(one), pa.string())
    return one.dictionary.take(one.indices).cast(pa.string())


def codes_of(column: pa.DictionaryArray) -> Codes:
    """The numbers of a coded column, -1 for null."""
    indices = column.indices
    if not indices.null_count:
        codes: Codes = indices.to_numpy()
        return codes
    return np.asarray(indices.fill_null(-1), dtype=np.int32)


def from_codes(codes: npt.NDArray[Any], values: Sequence[str | None] | pa.Array) -> pa.DictionaryArray:
    """Make a coded column of numbers (-1 = null) and the values they mean."""
    values = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    without = codes < 0
    indices = pa.array(codes.astype(np.int32, copy=False), mask=without if without.any() else None)
    return pa.DictionaryArray.from_arrays(indices, values)


def constant(value: str | None, n: int) -> pa.DictionaryArray:
    """The same value (or null) in every row."""
    values = pa.array([] if value is None else [value], pa.string())
    indices = pa.nulls(n, pa.int32()) if value is None else pa.array(np.zeros(n, dtype=np.int32))
    return pa.DictionaryArray.from_arrays(indices, values)


def translated(column: pa.DictionaryArray, meaning: Callable[[str], str | None]) -> pa.DictionaryArray:
    """Replace each value by its meaning, None = null; asked once a value."""
    return recoded(column, pa.array([meaning(value) for value in column.dictionary.to_pylist()], pa.string()))


def recoded(column: pa.DictionaryArray, values: pa.Array) -> pa.DictionaryArray:
    """Give a coded column new values, one for each old one; equal ones become one, null ones null."""
    if values.equals(column.dictionary):
        return column
    again = values.dictionary_encode()
    new_codes = np.append(np.asarray(again.indices.fill_null(-1), dtype=np.int32), np.int32(-1))
    return from_codes(new_codes[codes_of(column)], again.dictionary)


def among(column: pa.DictionaryArray, values: Collection[str]) -> Bools:
    """Say which rows hold one of these values."""
    wanted = pc.is_in(column.dictionary, value_set=pa.array(list(values), pa.string()))
    chosen: Bools = np.append(np.asarray(wanted), False)[codes_of(column)]
    return chosen


def chosen_by(rows: Bools, yes: str | None, no: str | None) -> pa.DictionaryArray:
    """One value where `rows` holds, another where not."""
    values = [value for value in (no, yes) if value is not None]
    places = np.array([values.index(value) if value is not None else -1 for value in (no, yes)], dtype=np.int32)
    return from_codes(places[rows.astype(np.int8)], values)


def filled(column: pa.DictionaryArray, other: str) -> pa.DictionaryArray:
    """Put a value in the place of nulls."""
    if not column.null_count:
        return column
    values = column.dictionary.to_pylist()
    if other not in values:
        values.append(other)
    codes = codes_of(column)
    return from_codes(np.where(codes < 0, np.int32(values.index(other)), codes), values)


def joined(columns: Sequence[pa.DictionaryArray]) -> pa.DictionaryArray:
    """One column after the other; without looking at the rows where all share one list of values, or short ones."""
    lists = [column.dictionary for column in columns if len(column.dictionary)]
    if not lists:
        return constant(None, sum(len(column) for column in columns))
    values = lists[0]
    if all(other.equals(values) for other in lists[1:]):
        return from_codes(np.concatenate([codes_of(column) for column in columns]), values)
    if sum(len(column.dictionary) for column in columns) > _SHORT_LIST:
        return coded(pa.chunked_array(columns))
    places: dict[str, int] = {}
    codes = []
    for column in columns:
        new = [places.setdefault(value, len(places)) for value in column.dictionary.to_pylist()]
        codes.append(np.array([*new, -1], dtype=np.int32)[codes_of(column)])
    return from_codes(np.concatenate(codes), list(places))


def where(rows: Bools, yes: pa.DictionaryArray, no: pa.DictionaryArray) -> pa.DictionaryArray:
    """Take a row from one column or from the other."""
    both = joined([yes, no])
    n = len(rows)
    return both.take(pa.array(np.where(rows, np.arange(n), np.arange(n, 2 * n))))


def is_null(column: pa.Array) -> Bools:
    """Nulls as a mask."""
    if not column.null_count:
        return np.zeros(len(column), dtype=bool)
    without: Bools = np.asarray(column.is_null())
    return without
