"""The order of the log: request, instant, then as the source told it; `seq` numbers the events of one instant."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.schemas.events import EVENTS


def sort_events(events: pa.Table) -> pa.Table:
    """Sort by request, instant and place in the source, and number the events of one instant from 0."""
    if not events.num_rows:
        return events.select(EVENTS.names)
    at_us = events["at"].cast(pa.int64()).to_numpy()
    ranks = _ranks(events["request"])
    order = _order(ranks, at_us)
    if order is not None:
        events, at_us, ranks = events.take(pa.array(order)), at_us[order], ranks[order]
    seq = pa.array(_places(ranks, at_us), pa.int32())
    columns = {name: seq if name == "seq" else events[name] for name in EVENTS.names}
    return pa.table(columns, schema=EVENTS)


def _ranks(names: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    coded = names.combine_chunks().dictionary_encode()
    by_name = coded.dictionary.take(pa.compute.sort_indices(coded.dictionary))
    position = pa.compute.index_in(coded.dictionary, value_set=by_name).to_numpy()
    ranks: npt.NDArray[np.int64] = position[coded.indices.to_numpy()].astype(np.int64)
    return ranks


def _order(ranks: npt.NDArray[np.int64], at_us: npt.NDArray[np.int64]) -> npt.NDArray[np.int64] | None:
    same = ranks[1:] == ranks[:-1]
    if bool(np.all((ranks[1:] > ranks[:-1]) | (same & (at_us[1:] >= at_us[:-1])))):
        return None
    return np.lexsort((at_us, ranks))


def _places(ranks: npt.NDArray[np.int64], at_us: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Count up within each run of equal (request, instant)."""
    number = np.arange(len(ranks))
    starts = np.ones(len(ranks), dtype=bool)
    starts[1:] = (ranks[1:] != ranks[:-1]) | (at_us[1:] != at_us[:-1])
    return (number - np.maximum.accumulate(np.where(starts, number, 0))).astype(np.int32)
