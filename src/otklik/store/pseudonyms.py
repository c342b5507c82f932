"""Names that stand for forgotten people: always the same for the same person, and no way back without the key.

The key lies beside the log, readable by its owner only. Remembered of the forgotten is a keyed fingerprint of each
of their names, so that an old export imported again does not bring them back.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.files import whole_file
from otklik.schemas.log import ServiceLog
from otklik.store.keys import flat
from otklik.store.persons import NAMED, Person, requests_of_person, without_person

FOLDER: Final = "privacy"
BEGINS: Final = "person-"
_COLUMNS = re.compile(r"[,;\t|\"]")


@dataclass(frozen=True)
class Pseudonyms:
    """The pseudonyms of one log."""

    folder: Path

    @property
    def _key(self) -> bytes:
        path = self._made() / "pseudonym.key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return bytes.fromhex(path.read_text("ascii"))
        key = secrets.token_bytes(32)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
        return key

    def _made(self) -> Path:
        folder = self.folder / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def person(self, names: list[str]) -> Person:
        """The person of these names, and the pseudonym: that of the first name, or one given before to any of them."""
        person = Person.of(names, "")
        known = self.forgotten
        given = [known[mark] for name in person.names if (mark := self._mark(name)) in known]
        return replace(person, pseudonym=given[0] if given else BEGINS + self._mark(person.names[0])[:12])

    def _mark(self, name: str) -> str:
        return hmac.new(self._key, name.strip().casefold().encode(), hashlib.sha256).hexdigest()

    @cached_property
    def forgotten(self) -> dict[str, str]:
        """The pseudonym of each forgotten name, by the name's fingerprint."""
        path = self.folder / FOLDER / "forgotten.json"
        if not path.exists():
            return {}
        found: dict[str, str] = json.loads(path.read_text("ascii"))
        return found

    def remember(self, person: Person) -> None:
        """Remember that the person was forgotten."""
        known = {**self.forgotten, **{self._mark(name): person.pseudonym for name in person.names}}
        with whole_file(self._made() / "forgotten.json") as temporary:
            temporary.write_text(json.dumps(known), "ascii")
        self.__dict__.pop("forgotten", None)

    def applied(self, log: ServiceLog) -> ServiceLog:
        """A log about to be imported, without those who were forgotten."""
        if not self.forgotten:
            return log
        tables = {"events": log.events, "requests": log.requests}
        met = self._met(tables)
        for person in met:
            own = requests_of_person(tables["requests"], person)
            for name, rows in tables.items():
                told, _ = without_person(rows, name, person, own)
                tables[name] = told.cast(rows.schema)
        sources = tuple(replace(one, files=tuple(_hidden(name, met) for name in one.files)) for one in log.sources)
        return replace(log, **tables, sources=sources, quarantine=self._clean(log.quarantine, met))

    def _met(self, tables: dict[str, pa.Table]) -> list[Person]:
        """The forgotten who stand in the columns of names, each with the spellings met."""
        met: dict[str, list[str]] = {}
        for table, columns in NAMED.items():
            for column in columns:
                for name in _distinct(tables[table][column]):
                    pseudonym = self.forgotten.get(self._mark(name))
                    if pseudonym:
                        met.setdefault(pseudonym, []).append(name)
        return [Person.of(names, pseudonym) for pseudonym, names in met.items()]

    def _clean(self, quarantine: pa.Table, met: list[Person]) -> pa.Table:
        """Rows set aside without what was written in them, where a cell names somebody forgotten."""
        rows = quarantine.to_pylist()
        for row in rows:
            row["file"] = _hidden(row["file"], met)
            if row["raw"] and any(self._mark(cell) in self.forgotten for cell in _COLUMNS.split(row["raw"]) if cell):
                row |= {"raw": None, "detail": None}
        return pa.Table.from_pylist(rows, schema=quarantine.schema)


def _hidden(text: str, people: list[Person]) -> str:
    for person in people:
        text = person.in_words(text)
    return text


def _distinct(column: pa.ChunkedArray) -> list[str]:
    words = flat(column)
    words = words.dictionary if pa.types.is_dictionary(words.type) else pc.unique(words)
    return [name for name in words.to_pylist() if name and name.strip()]
