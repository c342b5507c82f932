"""Requests as keys: sets of (source, request), their stable hash, and the ranges of hashes that make up buckets."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Hashes = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

_PRIME = 0x9E3779B97F4A7C15  # odd, so that every byte counts to the last
_LIMIT = 1 << 64
_CHUNK = 1 << 20
_FEW = 64
"""Values so few that to look for them chunk by chunk costs nothing."""


class HashRange(NamedTuple):
    """All hashes that begin with the `bits` bits of `prefix`; 0 bits = all hashes."""

    bits: int = 0
    prefix: int = 0

    def holds(self, hashes: Hashes) -> Mask:
        """Say of each hash whether it lies in this range."""
        if self.bits == 0:
            return np.ones(len(hashes), dtype=bool)
        held: Mask = (hashes >> np.uint64(64 - self.bits)) == np.uint64(self.prefix)
        return held

    def split(self, bits: int) -> list["HashRange"]:
        """Cut into the ranges that are `bits` bits long."""
        more = bits - self.bits
        return [HashRange(bits, (self.prefix << more) + i) for i in range(1 << more)]

    def meets(self, other: "HashRange") -> bool:
        """Say whether one of the two lies in the other."""
        bits = min(self.bits, other.bits)
        return self.prefix >> (self.bits - bits) == other.prefix >> (other.bits - bits)


def hash_texts(texts: pa.Array) -> Hashes:
    """Hash each text to 64 bits, the same on every machine and in every version."""
    texts = texts.cast(pa.large_string())
    parts = [_hash_chunk(texts.slice(at, _CHUNK)) for at in range(0, len(texts), _CHUNK)]
    return np.concatenate([np.empty(0, np.uint64), *parts])


def _hash_chunk(texts: pa.Array) -> Hashes:
    _, offsets_buffer, bytes_buffer = texts.buffers()
    offsets = np.frombuffer(offsets_buffer, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(offsets)
    result = lengths.astype(np.uint64)
    filled = np.flatnonzero(lengths)
    if len(filled):
        octets = np.frombuffer(bytes_buffer, np.uint8)[offsets[0] : offsets[-1]].astype(np.uint64) + np.uint64(1)
        starts = offsets[filled] - offsets[0]
        places = np.arange(len(octets)) - np.repeat(starts, lengths[filled])
        weighted = octets * _powers(int(lengths.max()))[places]
        result[filled] += np.add.reduceat(weighted, starts)
    return _mix(result)


def _powers(n: int) -> Hashes:
    powers = np.ones(n, np.uint64)
    powers[1:] = np.uint64(_PRIME)
    return np.multiply.accumulate(powers)


def _mix(hashes: Hashes) -> Hashes:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31))


def hash_keys(source: pa.Array, request: pa.Array) -> Hashes:
    """Hash each (source, request)."""
    coded = source if pa.types.is_dictionary(source.type) else source.dictionary_encode()
    of_source = hash_texts(coded.dictionary)[coded.indices.to_numpy()]
    return _mix(hash_texts(request) ^ (of_source * np.uint64(_PRIME % _LIMIT)))


def flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array of a column, its dictionaries made one."""
    if isinstance(column, pa.ChunkedArray):
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def texts_of(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column of texts without dictionary."""
    column = flat(column)
    return column.cast(pa.string()) if column.type != pa.string() else column


def starts_of_requests(table: pa.Table) -> Rows:
    """Row numbers at which the next request begins; rows of one request must stand together."""
    if not table.num_rows:
        return np.empty(0, np.int64)
    changed = np.zeros(table.num_rows, dtype=bool)
    changed[0] = True
    for name in ("source", "request"):
        column = flat(table[name])
        if pa.types.is_dictionary(column.type):
            codes = column.indices.to_numpy()
            changed[1:] |= codes[1:] != codes[:-1]
        else:
            changed[1:] |= pc.not_equal(column[1:], column[:-1]).to_numpy(zero_copy_only=False)
    return np.flatnonzero(changed)


def hashes_of_rows(rows: pa.Table) -> Hashes:
    """The hash of each row's request; rows of one request stand together."""
    starts = starts_of_requests(rows)
    first = pa.array(starts)
    of_keys = hash_keys(texts_of(rows["source"].take(first)), texts_of(rows["request"].take(first)))
    hashes: Hashes = np.repeat(of_keys, np.diff([*starts, rows.num_rows]))
    return hashes


@dataclass(frozen=True)
class Keys:
    """A set of requests, sorted by source and request."""

    source: pa.Array
    request: pa.Array

    @classmethod
    def of(cls, table: pa.Table) -> "Keys":
        """The requests of a table, in whatever order its rows are."""
        starts = pa.array(starts_of_requests(table))
        source, request = (texts_of(table[name].take(starts)) for name in ("source", "request"))
        return cls.sorted(source, request)

    @classmethod
    def sorted(cls, source: pa.Array, request: pa.Array) -> "Keys":
        """Sort and drop repetitions."""
        if len(source) == 0:
            return cls.none()
        same = pc.equal(source[1:], source[:-1])
        after = pc.or_(pc.greater(source[1:], source[:-1]), pc.and_(same, pc.greater(request[1:], request[:-1])))
        if not (pc.all(after, min_count=0).as_py()):
            both = pa.table({"source": source, "request": request}).group_by(["source", "request"]).aggregate([])
            both = both.take(pc.sort_indices(both, sort_keys=[("source", "ascending"), ("request", "ascending")]))
            source, request = texts_of(both["source"]), texts_of(both["request"])
        return cls(source, request)

    @classmethod
    def none(cls) -> "Keys":
        """No request at all."""
        return cls(pa.array([], pa.string()), pa.array([], pa.string()))

    @classmethod
    def joined(cls, parts: "list[Keys]") -> "Keys":
        """Every request of any part."""
        parts = [part for part in parts if len(part)]
        if all(part.request.equals(parts[0].request) and part.source.equals(parts[0].source) for part in parts[1:]):
            return parts[0] if parts else cls.none()
        source = pa.concat_arrays([cls.none().source, *(part.source for part in parts)])
        request = pa.concat_arrays([cls.none().request, *(part.request for part in parts)])
        return cls.sorted(source, request)

    def __len__(self) -> int:
        return len(self.source)

    @cached_property
    def hashes(self) -> Hashes:
        """The hash of each."""
        return hash_keys(self.source, self.request)

    @cached_property
    def names(self) -> list[str]:
        """Each as one text that sorts as (source, request) does."""
        joined: list[str] = pc.binary_join_element_wise(self.source, self.request, "\0").to_pylist()
        return joined

    @cached_property
    def by_source(self) -> dict[str, pa.Array]:
        """The requests of each source."""
        sources = pc.unique(self.source).to_pylist()
        return {source: self.request.filter(pc.equal(self.source, source)) for source in sources}

    def within(self, span: HashRange) -> "Keys":
        """Those in a range of hashes."""
        return self if span.bits == 0 else self.where(span.holds(self.hashes))

    def where(self, mask: Mask) -> "Keys":
        """Those the mask picks."""
        picked = pa.array(mask)
        return Keys(self.source.filter(picked), self.request.filter(picked))

    def mask(self, table: pa.Table) -> Mask:
        """Say of each row of a table whether its request is one of these."""
        found = np.zeros(table.num_rows, dtype=bool)
        for source, requests in self.by_source.items():
            found |= _is_one_of(table["source"], pa.array([source])) & _is_one_of(table["request"], requests)
        return found

    def has(self, others: "Keys") -> Mask:
        """Say of each of the others whether it is one of these."""
        return self.mask(others.table()) if len(others) else np.empty(0, dtype=bool)

    def table(self) -> pa.Table:
        """As a table of two columns."""
        return pa.table({"source": self.source, "request": self.request})


def _is_one_of(column: pa.ChunkedArray, values: pa.Array) -> Mask:
    """Look each value of the dictionaries up once rather than each row, and all of them in one go."""
    if not pa.types.is_dictionary(column.type):
        plain: Mask = flat(pc.is_in(column, value_set=values)).to_numpy(zero_copy_only=False)
        return plain
    words = [chunk.dictionary.cast(pa.string()) for chunk in column.chunks]
    if len(values) <= _FEW:
        masks = [
            _words_in(chunk, pc.is_in(part, value_set=values)) for chunk, part in zip(column.chunks, words, strict=True)
        ]
        return np.concatenate([np.empty(0, bool), *masks])
    known = pc.is_in(pa.concat_arrays([pa.array([], pa.string()), *words]), value_set=values)
    known_words: Mask = known.to_numpy(zero_copy_only=False)
    begins = np.cumsum([0, *(len(part) for part in words)])
    codes = [chunk.indices.to_numpy() + begin for chunk, begin in zip(column.chunks, begins[:-1], strict=True)]
    found: Mask = known_words[np.concatenate([np.empty(0, np.int64), *codes])]
    return found


def _words_in(chunk: pa.DictionaryArray, known: pa.BooleanArray) -> Mask:
    if known.true_count in {0, len(known)}:
        return np.full(len(chunk), known.true_count > 0)
    rows: Mask = known.to_numpy(zero_copy_only=False)[chunk.indices.to_numpy()]
    return rows
