"""Who held each request last: the team and the person by which its facts are told apart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from otklik.base.units import to_us
from otklik.measures.codes import NONE
from otklik.measures.columns import Rows, coded, instants, request_bounds

HELD_BY: Final = ("team", "assignee")


def held_last(events: Rows, until: Mapping[str, datetime]) -> pa.Table:
    """Name the team and the person that held each request last.

    Input     events: source, request, at, team, assignee of whole requests, sorted by (source, request, at, seq);
              until: the horizon of each source
    Output    one row a request, in order: source, request, team, assignee (text, null where nobody ever held it)
    Unit      does not apply
    Open end  an open request is told by whoever holds it at the horizon
    Errors    KeyError for a source without a horizon
    Source    the service log, version 1

    >>> at = pa.array([0, 1, 2], pa.timestamp("us", "UTC"))
    >>> who = {"team": ["A", "B", None], "assignee": [None, None, None]}
    >>> events = pa.table({"source": ["s"] * 3, "request": ["1"] * 3, "at": at, **who})
    >>> held_last(events, {"s": datetime.fromisoformat("2000-01-01T00:00Z")})["team"].to_pylist()
    ['B']
    """
    whole = pa.Table.from_batches([events]) if isinstance(events, pa.RecordBatch) else events
    whole = whole.select(["source", "request", "at", *HELD_BY]).unify_dictionaries().combine_chunks()
    column = {name: whole[name].combine_chunks() for name in whole.column_names}
    first = request_bounds(column["source"], column["request"])
    starts = pa.array(first[:-1])
    told = {name: column[name].take(starts) for name in ("source", "request")}
    seen = instants(column["at"]) <= _horizons(column["source"], until)
    for name in HELD_BY:
        codes, names = coded(column[name])
        place = np.where((codes != NONE) & seen, np.arange(len(codes)), NONE)
        last = np.maximum.reduceat(place, first[:-1]) if len(first) > 1 else place
        found = np.where(last == NONE, NONE, codes[last])
        told[name] = pa.array(names, pa.string()).take(pa.array(found, mask=found == NONE))
    return pa.table(told)


def _horizons(source: pa.Array, until: Mapping[str, datetime]) -> npt.NDArray[np.int64]:
    codes, names = coded(source)
    return np.array([to_us(until[name]) for name in names] or [0], np.int64)[codes]
