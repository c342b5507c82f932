"""One row a request: what was said of it later wins, column by column; what nobody said is worked out."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import REQUESTS, UTC_US

_TEXTS = ("customer", "subject", "channel", "category", "priority", "segment", "language")
_FOLD = f"""
WITH told AS (SELECT *, row_number() OVER () AS place FROM given),
pairs AS (SELECT request, place, unnest(map_entries(attributes)) AS pair FROM told),
latest AS (SELECT request, pair.key AS key, arg_max(pair.value, place) AS value FROM pairs GROUP BY ALL ORDER BY key),
folded AS (SELECT request, map(list(key), list(value)) AS attributes FROM latest GROUP BY request)
SELECT request, {", ".join(f"arg_max({name}, place) AS {name}" for name in _TEXTS)},
       arg_max(opened_us, place) AS opened_us, any_value(folded.attributes) AS attributes
FROM told LEFT JOIN folded USING (request) GROUP BY request
"""  # arg_max passes over nulls


def describe_requests(given: pa.Table, events: pa.Table, source: str) -> pa.Table:
    """Fold `given` to one row for each request that has events; fill opened_at and the channel from the events.

    `events` sorted; requests come out in the same order.
    """
    known = events["request"].combine_chunks()
    starts = _starts(known)
    names = known.take(pa.array(starts))
    if not given["request"].combine_chunks().equals(names):  # one row each, in order: nothing to fold
        given = _in_order_of(names, given)
    columns: dict[str, pa.Array] = {name: given[name].combine_chunks() for name in REQUESTS.names}
    columns["source"] = pa.repeat(source, len(names))
    columns["request"] = names
    opened, channel = _openings(events, starts)
    columns["opened_at"] = pc.coalesce(columns["opened_at"], opened)
    columns["channel"] = pc.coalesce(columns["channel"], channel)
    return pa.table(columns, schema=REQUESTS)


def _in_order_of(names: pa.Array, given: pa.Table) -> pa.Table:
    row = pc.index_in(names, value_set=given["request"].combine_chunks())
    if given.num_rows > len(names) - row.null_count:
        given = _fold(given)
        row = pc.index_in(names, value_set=given["request"].combine_chunks())
    return given.take(row)


def _starts(known: pa.Array) -> npt.NDArray[np.int64]:
    if not len(known):
        return np.zeros(0, dtype=np.int64)
    changes = np.asarray(pc.not_equal(known.slice(1), known.slice(0, len(known) - 1)))
    return np.concatenate(([0], np.flatnonzero(changes) + 1))


def _openings(events: pa.Table, starts: npt.NDArray[np.int64]) -> tuple[pa.Array, pa.Array]:
    """When each request was created and how it came in; its first event stands in where nothing says `created`."""
    created = np.flatnonzero(np.asarray(pc.equal(events["kind"], "created")))
    request = np.searchsorted(starts, created, side="right") - 1
    row = np.full(len(starts), -1, dtype=np.int64)
    row[request[::-1]] = created[::-1]
    channel = events["channel"].combine_chunks().take(pa.array(row, mask=row < 0))
    opened = events["at"].combine_chunks().take(pa.array(np.where(row < 0, starts, row)))
    return opened, channel


def _fold(given: pa.Table) -> pa.Table:
    import duckdb

    opened_us = given["opened_at"].cast(pa.int64())
    given = given.drop_columns(["source", "opened_at"]).append_column("opened_us", opened_us)
    with duckdb.connect() as engine:
        engine.register("given", given)
        folded = engine.sql(_FOLD).to_arrow_table()
    opened_at = folded["opened_us"].cast(pa.int64()).cast(UTC_US)
    nobody = pa.nulls(folded.num_rows, pa.string())
    return folded.append_column("opened_at", opened_at).append_column("source", nobody)
