"""What one more import does to the events of the requests it touches: a pure rule, so that undo can run it again.

Two imports that both tell events (full trails, messages) are a union: each event as often as the one that has it most.
Where either tells only dates, the rows of the newer one (by horizon, then by import) stand for the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.store.keys import Mask, Rows, starts_of_requests, texts_of
from otklik.store.order import IDENTITY, at_us


@dataclass(frozen=True)
class Origin:
    """What the rule has to know of an import."""

    import_id: int
    tells_events: Mapping[str, bool]
    horizon: Mapping[str, datetime]


@dataclass(frozen=True)
class Merge:
    """Which of the rows that were there leave the log, and which of the new ones enter it."""

    leaves: Mask
    enters: Mask


def merge_import(existing: pa.Table, new: pa.Table, origin: Origin, origins: Mapping[int, Origin]) -> Merge:
    """Apply the rule; `existing` (with import_id) and `new` are in the order of the log, whole requests of both."""
    leaves = np.zeros(existing.num_rows, dtype=bool)
    enters = np.ones(new.num_rows, dtype=bool)
    if not existing.num_rows or not new.num_rows:
        return Merge(leaves, enters)
    there, fresh = _Side.of(existing, new)
    pairs = _pair_equal(existing, new)
    replaced = _replaced(existing, new, there, fresh, pairs, origin, origins)
    _unite(pairs, there, fresh, enters, leaves)
    by_replacement = replaced.where != 0
    enters[by_replacement[fresh.request]] = False
    leaves[by_replacement[there.request]] = False
    enters[(replaced.where == 1)[fresh.request]] = True
    leaves[(replaced.where == 1)[there.request]] = True
    return Merge(leaves, enters)


@dataclass(frozen=True)
class _Side:
    """Numbers of the requests and instants that the rows of one table belong to, shared by both tables."""

    request: Rows
    instant: Rows
    seq: Rows
    requests: int

    @classmethod
    def of(cls, existing: pa.Table, new: pa.Table) -> "tuple[_Side, _Side]":
        names = [_names_of(table) for table in (existing, new)]
        known = pc.unique(pa.concat_arrays([name for name, _ in names]))
        requests = [
            np.repeat(pc.index_in(name, value_set=known).to_numpy(), lengths).astype(np.int64)
            for name, lengths in names
        ]
        instants = _instants(requests, [at_us(existing), at_us(new)])
        seqs = [table["seq"].to_numpy().astype(np.int64) for table in (existing, new)]
        there, fresh = (cls(*parts, len(known)) for parts in zip(requests, instants, seqs, strict=True))
        return there, fresh


def _names_of(table: pa.Table) -> tuple[pa.Array, Rows]:
    starts = starts_of_requests(table)
    columns = [texts_of(table[name].take(pa.array(starts))) for name in ("source", "request")]
    return pc.binary_join_element_wise(*columns, "\0"), np.diff([*starts, table.num_rows])


def _instants(requests: list[Rows], moments: list[Rows]) -> list[Rows]:
    """Number each (request, moment) of both sides."""
    distinct, ranks = np.unique(np.concatenate(moments), return_inverse=True)
    both = np.concatenate(requests) * len(distinct) + ranks
    numbers = np.unique(both, return_inverse=True)[1].astype(np.int64)
    return [numbers[: len(requests[0])], numbers[len(requests[0]) :]]


@dataclass(frozen=True)
class _Pairs:
    """Equal events: row `there[i]` of the existing ones is row `fresh[i]` of the new ones."""

    there: Rows
    fresh: Rows


def _pair_equal(existing: pa.Table, new: pa.Table) -> _Pairs:
    """Pair the k-th of equal events with the k-th."""
    from otklik.store.engine import open_engine

    numbered = [_for_sql(table) for table in (existing, new)]
    with open_engine() as sql:
        for name, table in zip(("there", "fresh"), numbered, strict=True):
            sql.register(name, table)
        found = sql.execute(_PAIR).fetchnumpy()
    return _Pairs(found["t"].astype(np.int64), found["f"].astype(np.int64))


def _for_sql(table: pa.Table) -> pa.Table:
    columns = {name: pa.array(at_us(table)) if name == "at" else table[name] for name in (*IDENTITY, "seq")}
    return pa.table({**columns, "row": pa.array(np.arange(table.num_rows))})


_COLUMNS = ", ".join(f'"{name}"' for name in IDENTITY)
_SAME = " and ".join(f't."{name}" is not distinct from f."{name}"' for name in IDENTITY)
_COPIES = f'select *, row_number() over (partition by {_COLUMNS} order by seq, "row") as copy from '
_MET = 'semi join (select distinct request, "at" from {other}) o on o.request = {one}.request and o."at" = {one}."at"'
_PAIR = f"""
with a as ({_COPIES} there {_MET.format(one="there", other="fresh")}),
     b as ({_COPIES} fresh {_MET.format(one="fresh", other="there")})
select t."row" as t, f."row" as f from a t join b f on t.copy = f.copy and {_SAME}
"""


def _unite(pairs: _Pairs, there: _Side, fresh: _Side, enters: Mask, leaves: Mask) -> None:
    """Take in what is new. Where the newer import knows a whole instant and orders it otherwise, its order counts."""
    enters[pairs.fresh] = False
    size = int(max(there.instant.max(), fresh.instant.max())) + 1
    unmatched = np.ones(len(there.instant), dtype=bool)
    unmatched[pairs.there] = False
    unknown = np.bincount(there.instant[unmatched], minlength=size) > 0
    moved = there.seq[pairs.there] != fresh.seq[pairs.fresh]
    reordered = np.bincount(there.instant[pairs.there[moved]], minlength=size) > 0
    again = (reordered & ~unknown)[there.instant[pairs.there]]
    leaves[pairs.there[again]] = True
    enters[pairs.fresh[again]] = True


@dataclass(frozen=True)
class _Replaced:
    """For each request: 0 = united, 1 = the new rows replace the old, 2 = the old rows stay."""

    where: npt.NDArray[np.int8]


def _replaced(
    existing: pa.Table, new: pa.Table, there: _Side, fresh: _Side, pairs: _Pairs,
    origin: Origin, origins: Mapping[int, Origin],
) -> _Replaced:  # fmt: skip
    """Decide request by request, by the newest import its rows came from."""
    owner = np.zeros(there.requests, np.int64)
    np.maximum.at(owner, there.request, existing["import_id"].to_numpy().astype(np.int64))
    source = np.full(there.requests, -1, np.int64)
    sources = texts_of(new["source"]).dictionary_encode()
    source[fresh.request] = sources.indices.to_numpy()
    where = np.zeros(there.requests, np.int8)
    for code, name in enumerate(sources.dictionary.to_pylist()):
        for owner_id in np.unique(owner[(source == code) & (owner > 0)]):
            here = (source == code) & (owner == owner_id)
            where[here] = _verdict(name, origin, origins[int(owner_id)])
    where[_equal_requests(there, fresh, pairs) & (where == 1)] = 2
    return _Replaced(where)


def _verdict(source: str, origin: Origin, owner: Origin) -> int:
    if origin.tells_events[source] and owner.tells_events[source]:
        return 0
    return 1 if origin.horizon[source] >= owner.horizon[source] else 2


def _equal_requests(there: _Side, fresh: _Side, pairs: _Pairs) -> Mask:
    """Requests whose rows are the same on both sides, order included."""
    in_place = there.seq[pairs.there] == fresh.seq[pairs.fresh]
    count = [np.bincount(side.request, minlength=there.requests) for side in (there, fresh)]
    paired = np.bincount(there.request[pairs.there[in_place]], minlength=there.requests)
    equal: Mask = (count[0] == paired) & (count[1] == paired)
    return equal
