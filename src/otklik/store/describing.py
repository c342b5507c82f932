"""What one more import does to the descriptions of requests: the newer wins, column by column.

A pure rule like that for events, so that undo can run it again. A row is `merged` when it was put together from several
imports; the rows as they came then stand in the history.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import REQUESTS
from otklik.store.keys import Hashes, Keys, Mask, Rows, flat, hash_texts, texts_of
from otklik.store.merging import Origin
from otklik.store.order import sort_by_request
from otklik.store.reading import coded

_KEYS = ("source", "request")
_TOLD = tuple(name for name in REQUESTS.names if name not in (*_KEYS, "attributes"))


@dataclass(frozen=True)
class Told:
    """What an import does to the descriptions."""

    changed: pa.Table
    """New or different rows, with import_id and merged, in order."""
    hidden: pa.Table
    """Rows as they came, with import_id and hidden_by, in order."""
    added: int


def lay_over(
    existing: pa.Table, new: pa.Table, origin: Origin, origins: Mapping[int, Origin], settled: int = 0
) -> Told:
    """Apply the rule; `existing` with import_id and merged, `new` one row a request, in order."""
    told = describe(existing, new, newer_ones(existing, new, origin, origins))
    known = told.before >= 0
    me = np.full(new.num_rows, origin.import_id, np.int32)
    rows = told.rows.append_column("import_id", pa.array(me)).append_column("merged", pa.array(known))
    mine = new.append_column("import_id", pa.array(me)).filter(pa.array(known))
    overlaid = existing.take(pa.array(told.before[told.changed & known]))
    as_came = overlaid.filter(pa.array(~is_merged(overlaid, settled))).select(mine.column_names)
    hidden = sort_by_request(pa.concat_tables([mine.cast(as_came.schema), as_came]))
    return Told(
        changed=rows.filter(pa.array(told.changed)).cast(existing.schema),
        hidden=hidden.append_column("hidden_by", pa.array(np.full(hidden.num_rows, origin.import_id, np.int32))),
        added=int((~known).sum()),
    )


def told_columns(new: pa.Table) -> list[str]:
    """The columns in which new descriptions tell anything; no other can change."""
    told = [name for name in _TOLD if new[name].null_count < new.num_rows]
    told_attributes = any(chunk.offsets[-1].as_py() > chunk.offsets[0].as_py() for chunk in new["attributes"].chunks)
    return [*told, "attributes"] if told_attributes else told


def is_merged(rows: pa.Table, settled: int) -> Mask:
    """Say of each row whether several imports had a part in it; what is settled counts as one."""
    merged: Mask = flat(rows["merged"]).to_numpy(zero_copy_only=False)
    several: Mask = merged & (flat(rows["import_id"]).to_numpy() > settled)
    return several


def is_older_than_any(origin: Origin, origins: Mapping[int, Origin]) -> bool:
    """Say whether any import is known to a later horizon; only then it matters whose a description is."""
    return any(
        theirs > origin.horizon.get(name, theirs) for one in origins.values() for name, theirs in one.horizon.items()
    )


def newer_ones(existing: pa.Table, new: pa.Table, origin: Origin, origins: Mapping[int, Origin]) -> Mask:
    """Say of each new description whether it is not older than the one that is there."""
    newer = np.ones(new.num_rows, dtype=bool)
    before = positions(existing, new)
    known = before >= 0
    if not known.any() or not is_older_than_any(origin, origins):
        return newer
    owners = np.where(known, flat(existing["import_id"]).to_numpy()[before], 0)
    sources = texts_of(new["source"]).dictionary_encode()
    names, codes = sources.dictionary.to_pylist(), sources.indices.to_numpy()
    for owner in np.unique(owners[known]):
        for code, name in enumerate(names):
            theirs = origins[int(owner)].horizon.get(name)
            if theirs is not None and theirs > origin.horizon[name]:
                newer[known & (owners == owner) & (codes == code)] = False
    return newer


def bare_descriptions(keys: Keys) -> pa.Table:
    """Descriptions that tell nothing but which request it is."""
    schema = coded(REQUESTS)
    columns = {field.name: pa.nulls(len(keys), field.type) for field in schema}
    named = {
        name: column.cast(schema.field(name).type) for name, column in zip(_KEYS, keys.table().columns, strict=True)
    }
    nothing = pa.array([[]], _ATTRIBUTES).take(pa.array(np.zeros(len(keys), np.int64)))
    return pa.table({**columns, **named, "attributes": nothing})


def tells_anything(rows: pa.Table) -> Mask:
    """Say of each description whether it tells anything."""
    told = np.zeros(rows.num_rows, dtype=bool)
    for name in _TOLD:
        told |= flat(rows[name]).is_valid().to_numpy(zero_copy_only=False)
    attributes = pa.concat_arrays(rows["attributes"].cast(_ATTRIBUTES).chunks or [_NO_ATTRIBUTES])
    return told | (_prints(attributes)[1] > 0)


@dataclass(frozen=True)
class Description:
    """The descriptions after an import, for all requests it describes."""

    rows: pa.Table
    changed: Mask
    """Which of them differ from those that were there."""
    before: Rows
    """Where each was found among those that were there; -1 = nowhere."""


def describe(existing: pa.Table, new: pa.Table, newer: Mask) -> Description:
    """Lay new descriptions (one a request) over the existing ones; where not `newer`, only fill what was empty."""
    before = positions(existing, new)
    known = before >= 0
    if not known.any():
        return Description(new, np.ones(new.num_rows, dtype=bool), before)
    old = existing.select(REQUESTS.names).take(pa.array(before, mask=~known))
    columns = {name: new[name] for name in _KEYS}
    changed = ~known
    for name in _TOLD:
        columns[name] = _overlay(old[name], new[name], newer)
        changed |= _differs(old[name], columns[name])
    columns["attributes"], moved = _merge_attributes(old["attributes"], new["attributes"], newer, known)
    rows = pa.table([columns[name] for name in REQUESTS.names], names=REQUESTS.names)
    return Description(rows, changed | moved, before)


def positions(existing: pa.Table, new: pa.Table) -> Rows:
    """Where each new description's request stands among the existing ones; -1 = nowhere."""
    if not existing.num_rows:
        return np.full(new.num_rows, -1, np.int64)
    found = pc.index_in(_names(new), value_set=_names(existing))
    places: Rows = pc.fill_null(found, -1).to_numpy().astype(np.int64)
    return places


def _names(table: pa.Table) -> pa.Array:
    return pc.binary_join_element_wise(*(texts_of(table[name]) for name in _KEYS), "\0")


def _overlay(old: pa.ChunkedArray, new: pa.ChunkedArray, newer: Mask) -> pa.Array:
    one, other = _plain(old), _plain(new)
    return pc.if_else(pa.array(newer), pc.coalesce(other, one), pc.coalesce(one, other))


def _plain(column: pa.ChunkedArray) -> pa.Array:
    column = flat(column)
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _differs(old: pa.ChunkedArray, new: pa.Array) -> Mask:
    old = _plain(old)
    equal = pc.or_kleene(pc.equal(old, new), pc.and_(pc.is_null(old), pc.is_null(new)))
    differs: Mask = pc.invert(pc.fill_null(equal, False)).to_numpy(zero_copy_only=False)
    return differs


def _merge_attributes(old: pa.ChunkedArray, new: pa.ChunkedArray, newer: Mask, known: Mask) -> tuple[pa.Array, Mask]:
    """Attribute by attribute; a row is looked at by itself only where both sides tell, and differ."""
    one, other = (pa.concat_arrays(column.cast(_ATTRIBUTES).chunks or [_NO_ATTRIBUTES]) for column in (old, new))
    prints, sizes = zip(*(_prints(column) for column in (one, other)), strict=True)
    both = known & (prints[0] != prints[1]) & (sizes[0] > 0) & (sizes[1] > 0)
    only_new = ~known | ((sizes[0] == 0) & (sizes[1] > 0))
    rows = np.flatnonzero(both)
    merged = [
        _joined(a, b) if later else _joined(b, a)
        for a, b, later in zip(_entries(one, rows), _entries(other, rows), newer[rows], strict=True)
    ]
    everything = pa.concat_arrays([one, other, pa.array(merged, _ATTRIBUTES)])
    places = np.where(only_new, len(one), 0) + np.arange(len(one))
    places[rows] = len(one) + len(other) + np.arange(len(rows))
    result = everything.take(pa.array(places))
    return result, known & (_prints(result)[0] != prints[0])


_ATTRIBUTES = REQUESTS.field("attributes").type
_NO_ATTRIBUTES = pa.array([], _ATTRIBUTES)


def _prints(attributes: pa.MapArray) -> tuple[Hashes, Rows]:
    """A fingerprint of the entries of each row, whatever their order, and how many there are."""
    offsets = attributes.offsets.to_numpy()
    names, values = (
        side.slice(offsets[0], offsets[-1] - offsets[0]) if len(offsets) else side
        for side in (attributes.keys, attributes.items)
    )
    entries = hash_texts(names) * np.uint64(3) ^ hash_texts(pc.fill_null(values, _NULL))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(entries, dtype=np.uint64)])
    bounds = offsets - offsets[0]
    return sums[bounds[1:]] - sums[bounds[:-1]], np.diff(bounds).astype(np.int64)


_NULL = "\0null"


def _entries(attributes: pa.MapArray, rows: Rows) -> list[list[tuple[str, str | None]]]:
    entries: list[list[tuple[str, str | None]]] = attributes.take(pa.array(rows)).to_pylist()
    return entries


def _joined(older: list[tuple[str, str | None]], newer: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    return list({**dict(older), **{name: value for name, value in newer if value is not None}}.items())
