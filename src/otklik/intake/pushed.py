"""Events that a program sends, line by line as JSON or as CSV: the contract's own names, nothing is guessed.

A row is an event; the columns of `requests` may stand beside it and describe its request. A row without `at` and `kind`
only describes. A row that breaks the contract is set aside by itself; the others come in.
"""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, cast

import numpy as np
import pyarrow as pa

from otklik.base.cells import restore
from otklik.intake.building import BUILT_EVENTS, CHUNK_ROWS, LogBuilder
from otklik.intake.csv_records import long_cells
from otklik.intake.pushed_rows import Broken, Row, row_of
from otklik.schemas.events import REQUESTS

Form = Literal["ndjson", "csv"]
LONGEST_LINE: Final = 1_048_576
_ATTRIBUTE: Final = "attributes."


@dataclass
class Pushed:
    """What a body held: events in `out`, descriptions here, since they may come before their events."""

    out: LogBuilder
    name: str
    described: dict[str, dict[str, Any]] = field(default_factory=dict)
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _tables: list[pa.Table] = field(default_factory=list)

    def take(self, number: int, given: Mapping[str, Any] | Broken) -> None:
        """Take one row as an event, a description or both; set it aside where it breaks the contract."""
        record = self.out.record()
        row = given if isinstance(given, Broken) else row_of(given, self.out.source)
        if isinstance(row, Broken):
            self.out.quarantine(self.name, number, row.reason, row.detail, row.raw)
            return
        if row.event is not None:
            self._rows.append({**row.event, "record": record, "key": None})
            if len(self._rows) >= CHUNK_ROWS:
                self._flush()
        self._describe(row)

    def end(self) -> None:
        """Hand the events over in the order of their `seq`, and otherwise as they came."""
        self._flush()
        events = pa.concat_tables([BUILT_EVENTS.empty_table(), *self._tables])
        seq = events["seq"].to_numpy()
        if seq.any():
            events = events.take(pa.array(np.argsort(seq, kind="stable")))
        self.out.add_table("events", events)

    def requests(self) -> pa.Table:
        """One row a request that was named; what nobody told is empty."""
        rows = [
            {**told, "source": self.out.source, "request": name, "attributes": list(told.get("attributes", {}).items())}
            for name, told in sorted(self.described.items())
        ]
        return pa.Table.from_pylist(rows, schema=REQUESTS)

    def _flush(self) -> None:
        if self._rows:
            self._tables.append(pa.Table.from_pylist(self._rows, schema=BUILT_EVENTS))
            self._rows.clear()

    def _describe(self, row: Row) -> None:
        known = self.described.setdefault(row.request, {})
        known.setdefault("attributes", {}).update(row.attributes)
        known.update(row.told)


def read_pushed(path: Path, form: Form, pushed: Pushed, *, zipped: bool = False) -> None:
    """Read a body; whatever stands in it, no row makes the others fail."""
    with _opened(path, zipped) as stream:
        for number, given in _READERS[form](stream):
            pushed.take(number, given)
    pushed.end()


def _opened(path: Path, zipped: bool) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if zipped else path.open("rb")


def _json_rows(stream: BinaryIO) -> Iterator[tuple[int, Mapping[str, Any] | Broken]]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield number, Broken("line-too-long", f"longer than {LONGEST_LINE} bytes")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, _json_row(line)


def _json_row(line: bytes) -> Mapping[str, Any] | Broken:
    raw = line[:2_000].decode("utf-8", "replace").strip()
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Broken("not-text", "not UTF-8", raw)
    except (ValueError, RecursionError) as error:
        return Broken("not-json", str(error)[:200], raw)
    return found if isinstance(found, dict) else Broken("unreadable-record", "a row is a JSON object", raw)


def _csv_rows(stream: BinaryIO) -> Iterator[tuple[int, Mapping[str, Any] | Broken]]:
    lines = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
    reader = csv.reader(lines)
    headings: list[str] = []
    number = 0
    while True:
        number += 1
        try:
            with long_cells(LONGEST_LINE):
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, Broken("line-too-long", str(error)[:200])
            continue
        if not headings:
            headings = [name.strip() for name in cells]
        elif cells:
            yield number, _csv_row(headings, cells)


def _csv_row(headings: list[str], cells: list[str]) -> Mapping[str, Any] | Broken:
    if len(cells) != len(headings):
        return Broken("ragged-row", f"{len(cells)} cells, {len(headings)} headings", ",".join(cells))
    found: dict[str, Any] = {}
    attributes: dict[str, str] = {}
    for name, cell in zip(headings, cells, strict=True):
        if cell == "":
            continue
        if name.startswith(_ATTRIBUTE):
            attributes[name.removeprefix(_ATTRIBUTE)] = restore(cell)
        else:
            found[name] = _CELLS.get(name, restore)(cell)
    return {**found, "attributes": attributes} if attributes else found


def _flag(cell: str) -> object:
    return {"true": True, "1": True, "false": False, "0": False}.get(cell.strip().lower(), cell)


def _number(cell: str) -> object:
    return int(cell) if cell.strip().isascii() and cell.strip().isdigit() and len(cell) < 12 else cell


_CELLS: Final[dict[str, Callable[[str], object]]] = {"public": _flag, "seq": _number}
_READERS: Final[dict[str, Callable[[BinaryIO], Iterator[tuple[int, Mapping[str, Any] | Broken]]]]] = {
    "ndjson": _json_rows,
    "csv": _csv_rows,
}
