"""Reads made-up desk exports with one reader and shows what came out, in a test's own words."""

import json
from dataclasses import dataclass
from pathlib import Path

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions, Source
from otklik.schemas.log import SourceFacts


@dataclass
class Reading:
    """What one reader found: events as dicts without nulls, the account, and what it says of itself."""

    built: LogBuilder
    facts: SourceFacts

    def events(self, request: str | None = None) -> list[dict]:
        rows = [row for row in self.built.table("events").to_pylist() if request in (None, row["request"])]
        rows = [row for row in rows if row["record"] not in self.built.aside]
        return [{name: value for name, value in row.items() if value not in (None, False)} for row in rows]

    def story(self, request: str) -> list[str]:
        """Say an event as 'kind by status activity', leaving out what is not told."""
        return [
            " ".join(str(one[part]) for part in ("kind", "by", "status", "activity") if part in one)
            for one in self.events(request)
        ]

    def reasons(self) -> list[str]:
        return [row["reason"] for row in self.built.table("quarantine").to_pylist()]

    def request(self, name: str) -> dict:
        rows = self.built.table("requests").to_pylist()
        found = next(row for row in rows if row["request"] == name)
        return {**found, "attributes": dict(found["attributes"] or ())}


def read_with(source: Source, folder: Path, options: ReadOptions | None = None, **files: object) -> Reading:
    """Write each content (text, bytes, or anything JSON) as a file and read them together."""
    inputs = []
    for name, content in files.items():
        path = folder / name
        if not isinstance(content, str | bytes):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        inputs.append(Input.of(path, name))
    recognised = source.recognise(inputs)
    assert recognised is not None, "its own files"
    built = LogBuilder(source.name)
    facts = source.read(recognised.inputs, options or ReadOptions(), built)
    assert len(built.aside) == built.table("quarantine").num_rows
    return Reading(built, facts)
