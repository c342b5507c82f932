"""Text columns as numbers into a list of their different values: whatever is done to them is done once a value."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import CODED

Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


def is_text(kind: pa.DataType) -> bool:
    """Say whether a type is text, coded or not."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def coded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """Give a text column as one coded array."""
    if pa.types.is_null(column.type):
        return constant(None, len(column))
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    column = column if column.type == CODED else column.cast(CODED)
    return column


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
    """One column after the other; without looking at the values where all share one list of them."""
    values = columns[0].dictionary
    if all(column.dictionary.equals(values) for column in columns[1:]):
        return from_codes(np.concatenate([codes_of(column) for column in columns]), values)
    return coded(pa.chunked_array(columns))


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
