"""Several rows a request over time: each shows its state, its holder and its team as they were at that moment."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.coded import among, codes_of, is_null, translated
from otklik.intake.sources.table.rows import (
    Bools,
    Ints,
    Table,
    as_us,
    events_table,
    first_rows,
    last_rows,
    numbered,
    sane,
)
from otklik.intake.sources.table.states import told_states
from otklik.intake.sources.table.steps import describe_cases, set_aside_unplaced
from otklik.schemas.events import UTC_US, Can

GONE = ("cancelled", "deleted", "merged")


def read_snapshots(table: Table) -> None:
    """Tell what changed from one row of a request to the next; the first row (or its creation date) opens it."""
    if "at" not in table.instants:
        table.instants["at"] = table.instants["updated"]
    set_aside_unplaced(table)
    kept = ~table.aside
    order, codes, n = _in_time(table, kept)
    states = told_states(table, "status")
    _write_opening(table, order, codes, n)
    _write_changes(table, order, codes, states)
    _write_ends(table, order, codes, n, states)
    table.can = Can.status | Can.resolution
    for role, flag in (("assignee", Can.assignee), ("team", Can.team)):
        if role in table.plan.roles:
            table.can |= flag
    describe_cases(table, kept)


def _in_time(table: Table, kept: Bools) -> tuple[Ints, Ints, int]:
    """Rows by request and time, and the request number of every row."""
    codes, n = numbered(table.texts("request"))
    rows = np.flatnonzero(kept)
    at_us = as_us(table.instants["at"].at)
    return rows[np.lexsort((at_us[rows], codes[rows]))], codes, n


def _columns(table: Table, at: pa.Array) -> dict[str, object]:
    return {
        "request": table.texts("request"), "record": table.records(), "at": pc.fill_null(at, pa.scalar(0, UTC_US)),
        "actor": table.texts("actor"), "assignee": table.texts("assignee"), "team": table.texts("team"),
        "channel": table.texts("channel"),
    }  # fmt: skip


def _mask(table: Table, rows: Ints) -> Bools:
    chosen = np.zeros(len(table.grid), dtype=bool)
    chosen[rows] = True
    return chosen


def _write_opening(table: Table, order: Ints, codes: Ints, n: int) -> None:
    first = first_rows(codes, n, order)
    at = table.instants["at"].at
    created = table.at("created")
    if created is not None:
        sound = sane(created) & (as_us(created) <= as_us(at)) & ~is_null(created)
        at = pc.if_else(pa.array(sound), created, at)
    rows = {**_columns(table, at), "kind": "created", "by": "customer", "public": True, "actor": None}
    table.out.add_table("events", events_table(table.out.source, len(codes), rows, _mask(table, first[first >= 0])))


def _write_changes(table: Table, order: Ints, codes: Ints, states: pa.DictionaryArray) -> None:
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = codes[order[1:]] != codes[order[:-1]]
    new_state = _changed(states, order, is_first, also_first=True)
    new_holder = np.zeros(len(order), dtype=bool)
    for role in ("assignee", "team"):
        new_holder |= _changed(table.texts(role), order, is_first, also_first=False)
    columns = _columns(table, table.instants["at"].at)
    kind = translated(states, lambda state: state if state in GONE else "status")
    status = translated(states, lambda state: None if state in GONE else state)
    rows = {**columns, "kind": kind, "by": "agent", "status": status}
    handed = {**columns, "kind": "assigned", "by": "agent"}
    n = len(codes)
    table.out.add_table("events", events_table(table.out.source, n, handed, _mask(table, order[new_holder])))
    table.out.add_table("events", events_table(table.out.source, n, rows, _mask(table, order[new_state])))


def _changed(values: pa.DictionaryArray, order: Ints, is_first: Bools, *, also_first: bool) -> Bools:
    numbers = codes_of(values)[order]
    changed = np.zeros(len(order), dtype=bool)
    changed[1:] = numbers[1:] != numbers[:-1]
    told: Bools = np.where(is_first, also_first, changed) & (numbers >= 0)
    return told


def _write_ends(table: Table, order: Ints, codes: Ints, n: int, states: pa.DictionaryArray) -> None:
    """Where no row shows the end but the last one has its date, that date tells it."""
    showing = order[among(states, ("resolved", "closed", *GONE))[order]]
    shown = last_rows(codes, n, showing) >= 0
    last = last_rows(codes, n, order)
    silent = last[(last >= 0) & ~shown]
    for role in ("resolved", "closed"):
        at = table.at(role)
        if at is not None and states.null_count == len(states):
            chosen = _mask(table, silent) & ~is_null(at) & sane(at)
            rows = {**_columns(table, at), "kind": "status", "by": "agent", "status": role}
            table.out.add_table("events", events_table(table.out.source, len(codes), rows, chosen))
