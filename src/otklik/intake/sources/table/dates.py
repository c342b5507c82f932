"""One row a request with its few dates: created, first reply, resolved, closed, and its present state.

A row whose end lies before its beginning is set aside (ends-before-start), and so is one that says it has ended in a
table of end dates, but not when (ended-without-date). A state that says the request is open outranks an end date: it
was reopened, nobody knows when.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.intake.coded import among, is_null
from otklik.intake.sources.table.rows import (
    Bools,
    Ints,
    Table,
    as_us,
    attribute_names,
    events_table,
    last_rows,
    numbered,
    requests_table,
    sane,
)
from otklik.intake.sources.table.states import told_states
from otklik.schemas.events import Can

ENDS: Final = ("resolved", "closed")
GONE: Final = ("cancelled", "deleted", "merged")
NO_END_US: Final = frozenset({0, -2_208_988_800_000_000, -62_135_596_800_000_000, 2_932_896 * 86_400_000_000})
"""1970-01-01, 1900-01-01, 0001-01-01 and 9999-12-31: how databases write 'no date'."""
_DAY_US: Final = 86_400_000_000


def read_dates(table: Table) -> None:
    """Turn each row into created, first reply, resolved and closed, as far as its dates go."""
    _forget_no_ends(table)
    _set_aside(table)
    states = told_states(table, "status")
    is_open = ~is_null(states) & ~among(states, ("resolved", "closed", *GONE))
    has_end = _has_any(table, ENDS)
    _stand_in(table, states, has_end)
    kept = _newest(table)
    reopened = kept & is_open & has_end
    if reopened.any():
        reason = N_("%(n)s rows have an end date, yet their state says open: they were opened again and are waiting")
        table.out.guess("reopened", str(int(reopened.sum())), reason, n=str(int(reopened.sum())))
    _write(table, kept, states, ~is_open)
    table.can = _can(table)


def _forget_no_ends(table: Table) -> None:
    """Empty the end dates that are only a way to write 'none'."""
    for role in (*ENDS, "first_reply", "due"):
        found = table.instants.get(role)
        if found is None:
            continue
        local_days = np.isin((as_us(found.at) + _DAY_US // 2) // _DAY_US, [us // _DAY_US for us in NO_END_US])
        none = local_days & ~is_null(found.at)
        if none.any():
            at = pc.if_else(pa.array(none), pa.scalar(None, found.at.type), found.at)
            table.instants[role] = type(found)(at, found.bad & ~none)


def _set_aside(table: Table) -> None:
    created = table.instants["created"]
    table.set_aside(is_null(table.texts("request")), "no-id")
    table.set_aside(created.bad, "bad-date", table.plan.roles.column("created"))
    table.set_aside(is_null(created.at), "no-date", table.plan.roles.column("created"))
    table.set_aside(~sane(created.at), "bad-date", table.plan.roles.column("created"))
    start_us = as_us(created.at)
    for role in ("first_reply", *ENDS):
        found = table.instants.get(role)
        if found is None:
            continue
        column = table.plan.roles.column(role)
        table.set_aside(found.bad | ~sane(found.at), "bad-date", column)
        early = ~is_null(found.at) & (as_us(found.at) < start_us)
        if _days_only(found.at) and not _days_only(created.at):
            same_day = early & (as_us(found.at) + _DAY_US > start_us)
            at_us = np.where(same_day, start_us, as_us(found.at))
            moved = pa.array(at_us, mask=is_null(found.at)).cast(found.at.type)
            table.instants[role] = type(found)(moved, found.bad)
            early &= ~same_day
        table.set_aside(early, "ends-before-start", column)


def _days_only(at: pa.Array) -> bool:
    """Say whether every instant is the same time of day: dates without a clock."""
    at_us = as_us(at)[~is_null(at)]
    if len(np.unique(at_us[:100] % _DAY_US)) > 2:
        return False
    times = np.unique(at_us % _DAY_US)
    return len(times) == 1 or (len(times) == 2 and abs(int(times[1] - times[0])) == 3_600_000_000)


def _has_any(table: Table, roles: tuple[str, ...]) -> Bools:
    has = np.zeros(len(table.grid), dtype=bool)
    for role in roles:
        at = table.at(role)
        if at is not None:
            has |= ~is_null(at)
    return has


def _stand_in(table: Table, states: pa.DictionaryArray, has_end: Bools) -> None:
    """Deal with rows that have ended, nobody says when: by the last change, or set aside, or not told at all."""
    lacking = among(states, ("resolved", "closed")) & ~has_end & ~table.aside
    if not lacking.any():
        return
    if any(role in table.instants for role in ENDS):
        table.set_aside(lacking, "ended-without-date")
    elif "updated" in table.instants:
        column = table.plan.roles.column("updated") or ""
        updated = table.instants["updated"]
        known = lacking & ~updated.bad & sane(updated.at) & (as_us(updated.at) >= as_us(table.instants["created"].at))
        at = pc.if_else(pa.array(known), updated.at, pa.scalar(None, updated.at.type))
        table.instants["closed"] = type(updated)(at, updated.bad)
        reason = N_("no column says when a request ended; its last change stands in where its state says it has")
        table.out.guess("closed", column, reason)


def _newest(table: Table) -> Bools:
    """Keep one row a request: the one changed last, else the last one; the others are repeats."""
    usable = np.flatnonzero(~table.aside)
    codes, n = numbered(table.texts("request"))
    updated = table.at("updated")
    order: Ints = usable if updated is None else usable[np.argsort(as_us(updated)[usable], kind="stable")]
    rows = last_rows(codes, n, order)
    kept = np.zeros(len(table.grid), dtype=bool)
    kept[rows[rows >= 0]] = True
    table.out.repeats += int(len(usable) - kept.sum())
    return kept


def _write(table: Table, kept: Bools, states: pa.DictionaryArray, may_end: Bools) -> None:
    n = len(table.grid)
    common = {
        "request": table.texts("request"), "record": table.records(), "channel": table.texts("channel"),
        "team": table.texts("team"), "assignee": table.texts("assignee"),
    }  # fmt: skip

    def add(role: str, chosen: Bools, **rows: object) -> None:
        at = table.at(role)
        if at is not None:
            there = chosen & ~is_null(at)
            safe = pc.fill_null(at, pa.scalar(0, at.type))
            table.out.add_table("events", events_table(table.out.source, n, {**common, "at": safe, **rows}, there))

    add("created", kept, kind="created", by="customer", public=not table.messages_elsewhere)
    if not table.messages_elsewhere:
        add("first_reply", kept, kind="message", by="agent", public=True, actor=table.texts("assignee"))
    gone = {state: among(states, (state,)) for state in GONE}
    ends = kept & may_end & ~np.logical_or.reduce(list(gone.values()))
    for role in ENDS:
        add(role, ends, kind="status", by="agent", status=role)
    for state, rows in gone.items():
        last = next((role for role in ("closed", "resolved", "updated") if role in table.instants), "created")
        add(last, kept & rows, kind=state, by="system")
    table.out.add_table("requests", requests_table(table, np.flatnonzero(kept), attribute_names(table)))


def _can(table: Table) -> Can:
    can = Can(0)
    if "first_reply" in table.instants:
        can |= Can.first_reply
    if any(role in table.instants for role in ENDS):
        can |= Can.resolution
    return can
