"""Arrow columns as numpy arrays: instants, numbers, places, codes."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import NONE
from otklik.stats.estimate import Floats, Ints


def key_of(table: pa.Table) -> pa.Array:
    """Source and request joined by a character that no id holds.

    Input     a table with `source` and `request`
    Output    string array (n,)
    Unit      none
    Open end  none
    Errors    none
    Source    docs/en/method/statistics.md
    """
    plain = [table[name].cast(pa.string()) for name in ("source", "request")]
    return _whole(pc.binary_join_element_wise(*plain, "\x1f"))


def micros(column: Any) -> Ints:
    """Instants as microseconds since 1970, NONE for null."""
    whole = _whole(column).cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
    return np.asarray(pc.fill_null(whole, NONE).to_numpy(zero_copy_only=False), dtype=np.int64)


def numbers(column: Any) -> Floats:
    """Numbers as float64, NaN for null."""
    return np.asarray(_whole(column).cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def indices(column: Any) -> Ints:
    """Places as int64, NONE for null."""
    return np.asarray(pc.fill_null(_whole(column), NONE).to_numpy(zero_copy_only=False), dtype=np.int64)


def codes_of(column: Any, names: tuple[str, ...]) -> Ints:
    """Places of words in a fixed list, NONE for null."""
    whole = _whole(column)
    if pa.types.is_dictionary(whole.type):
        place = np.append(indices(pc.index_in(whole.dictionary, value_set=pa.array(names))), NONE)
        return place[indices(whole.indices)]
    return indices(pc.index_in(whole, value_set=pa.array(names)))


def _whole(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        return column.unify_dictionaries().combine_chunks()
    return column
