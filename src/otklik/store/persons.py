"""A person in the rows of the log: where a name stands, and the same rows with a pseudonym in its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.schemas.events import REQUESTS
from otklik.store.keys import Keys, Mask, flat, texts_of

NAMED: Final = {"events": ("actor", "assignee"), "requests": ("customer",)}
"""Columns that hold the name of a person, and nothing else."""
TEXTS: Final = {"events": ("team", "activity"), "requests": ("subject", "category", "segment")}
"""Columns of free words, in which somebody may be mentioned."""
SHORTEST: Final = 4
"""Shorter names, and plain numbers, are looked for as whole cells only: as words they would be found everywhere."""
_ATTRIBUTES = REQUESTS.field("attributes").type
_CELL = r"[\s,;|\"'=:{}\[\]<>()]"


@dataclass(frozen=True)
class Person:
    """Every way the records spell one person, and what is to stand there instead."""

    names: tuple[str, ...]
    pseudonym: str

    @classmethod
    def of(cls, names: Sequence[str], pseudonym: str) -> "Person":
        """Take the names as they were told; raise ValueError where there is none."""
        spelled = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
        if not spelled:
            raise ValueError("a person without a name")
        return cls(spelled, pseudonym)

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """Names that can be told from other words, longest first."""
        found = [name for name in self.names if len(name) >= SHORTEST and not name.isdigit()]
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def _words(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\w)(?:{_either(self.distinct)})(?!\w)", re.IGNORECASE) if self.distinct else None

    @cached_property
    def _cells(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?<=^)|(?<={_CELL}))(?:{_either(self.names)})(?=$|{_CELL})", re.MULTILINE)

    @cached_property
    def query(self) -> str | None:
        """The distinct names as a pattern for RE2."""
        return rf"(?i)(?:^|[^\pL\pN_])(?:{_either(self.distinct)})(?:$|[^\pL\pN_])" if self.distinct else None

    def is_in(self, text: str) -> bool:
        """Say whether a text names the person: a distinct name as a word, any name as a whole cell."""
        return bool((self._words and self._words.search(text)) or self._cells.search(text))

    def hidden(self, text: str) -> str:
        """Put the pseudonym where the person is named."""
        text = self._words.sub(self.pseudonym, text) if self._words else text
        return self._cells.sub(self.pseudonym, text)

    def in_words(self, text: str) -> str:
        """The same for free words: only distinct names are found there."""
        if text in self.names:
            return self.pseudonym
        return self._words.sub(self.pseudonym, text) if self._words else text


def _either(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in names)


def kind_of_rows(table: str) -> str:
    """Whether a table holds rows of events or of requests."""
    return table.removeprefix("history_")


def requests_of_person(rows: pa.Table, person: Person) -> Keys:
    """The requests whose customer the person is."""
    return Keys.of(rows.filter(pc.is_in(rows["customer"].cast(pa.string()), value_set=pa.array(person.names))))


def without_person(rows: pa.Table, table: str, person: Person, own: Keys) -> tuple[pa.Table, Mask]:
    """The rows without the person, and which of them changed; what `own` requests say in words is gone altogether."""
    kind = kind_of_rows(table)
    changed = np.zeros(rows.num_rows, dtype=bool)
    for name in (*NAMED[kind], *TEXTS[kind]):
        column, hit = _hide(rows[name], person)
        if column is not None:
            rows = rows.set_column(rows.column_names.index(name), name, column)
            changed |= hit
    if kind != "requests":
        return rows, changed
    mine = own.mask(rows) if len(own) else np.zeros(rows.num_rows, dtype=bool)
    rows, told = _without_words(rows, mine)
    rows, mentioned = _hide_in_attributes(rows, person)
    return rows, changed | told | mentioned


def _hide(column: pa.ChunkedArray, person: Person) -> tuple[pa.Array | None, Mask]:
    """Look at each distinct text once."""
    coded = flat(column)
    if not pa.types.is_dictionary(coded.type):
        coded = coded.dictionary_encode()
    words = coded.dictionary.cast(pa.string())
    hit = _found(words, person)
    if not hit.any():
        return None, np.zeros(len(coded), dtype=bool)
    told = pa.array([person.in_words(text) for text in words.filter(pa.array(hit)).to_pylist()], pa.string())
    indices = pc.fill_null(coded.indices, -1).to_numpy()
    rows = (indices >= 0) & hit[indices]
    return pc.replace_with_mask(words, pa.array(hit), told).take(coded.indices).dictionary_encode(), rows


def _found(words: pa.Array, person: Person) -> Mask:
    found = pc.is_in(words, value_set=pa.array(person.names))
    if person.query:
        found = pc.or_(found, pc.fill_null(pc.match_substring_regex(words, person.query), False))
    mask: Mask = found.to_numpy(zero_copy_only=False)
    return mask


def _without_words(rows: pa.Table, mine: Mask) -> tuple[pa.Table, Mask]:
    """Take subject and attributes out of some rows."""
    if not mine.any():
        return rows, mine
    subject = texts_of(rows["subject"])
    lengths = _lengths(rows)
    gone = mine & (subject.is_valid().to_numpy(zero_copy_only=False) | (lengths > 0))
    bare = pc.if_else(pa.array(mine), pa.scalar(None, pa.string()), subject).dictionary_encode()
    rows = rows.set_column(rows.column_names.index("subject"), "subject", bare)
    return _with_attributes(rows, {int(row): [] for row in np.flatnonzero(gone)}), gone


def _hide_in_attributes(rows: pa.Table, person: Person) -> tuple[pa.Table, Mask]:
    attributes = _attributes(rows)
    changed = np.zeros(rows.num_rows, dtype=bool)
    if not len(attributes):
        return rows, changed
    begin, end = attributes.offsets[0].as_py(), attributes.offsets[-1].as_py()
    values = attributes.items.slice(begin, end - begin)
    hit = _found(values.cast(pa.string()), person)
    owners = np.repeat(np.arange(len(attributes)), _lengths(rows))
    changed[owners[hit]] = True
    told = {}
    for row in np.flatnonzero(changed):
        entries = attributes[int(row)].as_py()
        told[int(row)] = [(name, value if value is None else person.in_words(value)) for name, value in entries]
    return _with_attributes(rows, told), changed


def _attributes(rows: pa.Table) -> pa.MapArray:
    chunks = rows["attributes"].cast(_ATTRIBUTES).chunks
    return pa.concat_arrays(chunks or [pa.array([], _ATTRIBUTES)])


def _lengths(rows: pa.Table) -> np.ndarray:
    attributes = _attributes(rows)
    return np.diff(attributes.offsets.to_numpy()) if len(attributes) else np.empty(0, np.int64)


def _with_attributes(rows: pa.Table, told: dict[int, list[tuple[str, str | None]]]) -> pa.Table:
    if not told:
        return rows
    attributes = _attributes(rows)
    places = np.arange(len(attributes))
    places[list(told)] = len(attributes) + np.arange(len(told))
    both = pa.concat_arrays([attributes, pa.array(list(told.values()), _ATTRIBUTES)])
    return rows.set_column(rows.column_names.index("attributes"), "attributes", both.take(pa.array(places)))
