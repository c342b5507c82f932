"""Columns to events: small building blocks that every mode shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.building import BUILT_EVENTS, LogBuilder
from otklik.intake.checks import EARLIEST_US, LATEST_US
from otklik.intake.coded import coded, codes_of, constant, is_text, texts
from otklik.intake.sources.table.grid import Grid
from otklik.intake.sources.table.instants import Instants
from otklik.intake.sources.table.plan import Plan
from otklik.schemas.events import QUARANTINE, REQUESTS, UTC_US, Can

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
DESCRIBING: Final = ("customer", "subject", "channel", "category", "priority", "segment", "language")
LONGEST_ATTRIBUTE: Final = 500
SECONDS: Final = pa.timestamp("s", tz="UTC")
NOTHING_YET: Final = Can(0)


@dataclass
class Table:
    """One table on its way into the log: its plan, its instants by role, the number of its first record."""

    plan: Plan
    instants: dict[str, Instants]
    first_record: int
    out: LogBuilder
    can: Can = NOTHING_YET
    is_process: bool = False
    told_states: Mapping[str, str] = field(default_factory=dict)
    messages_elsewhere: bool = False
    """Another table of the same log holds the messages, so this one tells none."""
    aside: Bools = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        if not len(self.aside):
            self.aside = np.zeros(len(self.plan.grid), dtype=bool)

    @property
    def grid(self) -> Grid:
        """The rows themselves."""
        return self.plan.grid

    def cells(self, role: str) -> pa.DictionaryArray | None:
        """Cells of a role's column, cleaned and coded; None where no column has it."""
        return self.plan.cells(role)

    def texts(self, role: str) -> pa.DictionaryArray:
        """Cells of a role, or nulls where no column has it."""
        cells = self.cells(role)
        return constant(None, len(self.grid)) if cells is None else cells

    def at(self, role: str) -> pa.Array | None:
        """Instants of a role."""
        found = self.instants.get(role)
        return None if found is None else found.at

    def moments(self) -> pa.Array:
        """When each row happened; rows without a moment (set aside) count as 1970."""
        return pc.fill_null(self.instants["at"].at, pa.scalar(0, UTC_US))

    def set_aside(self, rows: Bools, reason: str, detail: str | None = None) -> None:
        """Put rows into the quarantine, each once, for the first reason found."""
        fresh = np.flatnonzero(rows & ~self.aside)
        if not len(fresh):
            return
        numbers = self.grid.row_numbers()
        self.out.add_table("quarantine", quarantine_table(self.grid, fresh, numbers[fresh], reason, detail))
        self.aside |= rows

    def records(self) -> pa.Array:
        """The record number of each row."""
        return pa.array(np.arange(self.first_record, self.first_record + len(self.grid)))


def quarantine_table(grid: Grid, rows: Ints, numbers: Ints, reason: str, detail: str | None) -> pa.Table:
    """Rows set aside for one reason."""
    found = [
        {"file": grid.name, "row": int(number), "reason": reason, "detail": detail, "raw": grid.raw(int(row))}
        for row, number in zip(rows, numbers, strict=True)
    ]
    return pa.Table.from_pylist(found, schema=QUARANTINE)


def broken_table(grid: Grid) -> pa.Table:
    """Rows that were broken before anybody read them."""
    found = [{"file": grid.name, **broken._asdict()} for broken in grid.broken]
    return pa.Table.from_pylist(found, schema=QUARANTINE)


def events_table(source: str, n: int, rows: Mapping[str, Any], chosen: Bools | None = None) -> pa.Table:
    """Make events of columns (arrays of length n) and constants; `chosen` keeps some rows."""
    table = pa.table({name: _column(name, rows.get(name), n, source) for name in BUILT_EVENTS.names})
    return table if chosen is None or chosen.all() else table.filter(pa.array(chosen))


def _column(name: str, given: Any, n: int, source: str) -> pa.Array:
    kind = BUILT_EVENTS.field(name).type
    if isinstance(given, pa.Array | pa.ChunkedArray):
        return coded(given) if kind == pa.string() else given.cast(kind)
    if kind == pa.string():
        return constant(source if name == "source" else given, n)
    value = {"seq": 0, "public": False}.get(name) if given is None else given
    return pa.nulls(n, kind) if value is None else pa.repeat(pa.scalar(value, kind), n)


def sane(at: pa.Array) -> Bools:
    """Say which instants lie where service happens; nulls pass."""
    at_us = pc.fill_null(at.cast(pa.int64()), EARLIEST_US).to_numpy()
    ok: Bools = (at_us >= EARLIEST_US) & (at_us < LATEST_US)
    return ok


def as_us(at: pa.Array) -> Ints:
    """Instants as microseconds; nulls as 0."""
    at_us: Ints = pc.fill_null(at.cast(pa.int64()), 0).to_numpy()
    return at_us


def numbered(ids: pa.DictionaryArray) -> tuple[Ints, int]:
    """Number the requests from 0; nulls -1."""
    return codes_of(ids).astype(np.int64), len(ids.dictionary)


def last_rows(codes: Ints, n: int, order: Ints | None = None) -> Ints:
    """The last row of each request, in file order or in the given one; -1 where it has none."""
    rows = np.arange(len(codes)) if order is None else order
    last = np.full(n, -1, dtype=np.int64)
    known = codes[rows] >= 0
    last[codes[rows][known]] = rows[known]
    return last


def first_rows(codes: Ints, n: int, order: Ints | None = None) -> Ints:
    """The first row of each request."""
    rows = np.arange(len(codes)) if order is None else order
    return last_rows(codes, n, rows[::-1])


def taken(column: pa.Array, rows: Ints) -> pa.Array:
    """These rows of a column; all of them as they stand cost nothing."""
    is_all = len(rows) == len(column) and bool((rows == np.arange(len(rows))).all())
    return column if is_all else column.take(pa.array(rows))


def requests_table(table: Table, rows: Ints, attributes: Sequence[str], opened_at: pa.Array | None = None) -> pa.Table:
    """Describe the requests that stand in these rows."""
    columns: dict[str, Any] = {role: texts(taken(table.texts(role), rows)) for role in DESCRIBING}
    columns["request"] = texts(taken(table.texts("request"), rows))
    columns["source"] = pa.repeat(pa.scalar(table.out.source), len(rows))
    opened = opened_at if opened_at is not None else table.at("created")
    columns["opened_at"] = (
        pa.nulls(len(rows), REQUESTS.field("opened_at").type) if opened is None else taken(opened, rows)
    )
    columns["attributes"] = attribute_map(table, rows, attributes)
    return pa.table({name: columns[name] for name in REQUESTS.names}, schema=REQUESTS)


def attribute_map(table: Table, rows: Ints, names: Sequence[str]) -> pa.Array:
    """Everything else the table says of a request, as a map of text to text."""
    columns = [(name, texts(taken(table.grid.cells(name), rows))) for name in names]
    due = table.at("due")
    if due is not None:
        columns.append(("due_at", pc.strftime(taken(due, rows).cast(SECONDS, safe=False), "%Y-%m-%dT%H:%M:%SZ")))
    n = len(rows)
    if not columns:
        return pa.nulls(n, REQUESTS.field("attributes").type)
    items = pa.concat_arrays([column.cast(pa.string()) for _, column in columns])
    row_major = (np.arange(n)[:, None] + np.arange(len(columns))[None, :] * n).ravel()
    valid = items.is_valid().to_numpy(zero_copy_only=False)[row_major]
    keys = pa.array([name for name, _ in columns]).take(pa.array(row_major[valid] // max(n, 1)))
    offsets = np.append(0, np.cumsum(valid.reshape(n, len(columns)).sum(axis=1)))
    return pa.MapArray.from_arrays(pa.array(offsets, pa.int32()), keys, items.take(pa.array(row_major[valid])))


def attribute_names(table: Table) -> list[str]:
    """Columns that nobody claimed (and the state by its own name), short enough to slice by."""
    taken = table.plan.roles.taken() - {table.plan.roles.column("status")}
    return [name for name in table.grid.names if name not in taken and _is_short(table.grid.columns[name])]


def _is_short(column: pa.ChunkedArray) -> bool:
    if not is_text(column.type):
        return True
    if pa.types.is_dictionary(column.type):
        column = pa.chunked_array([coded(column).dictionary])
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    return bool(longest <= LONGEST_ATTRIBUTE)
