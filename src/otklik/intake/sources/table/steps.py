"""One row an event: the log of a process (loans, permits, orders, tickets as a process miner keeps them).

Steps that are somebody saying something (Customer reply, Ответ клиенту) become messages; the rest is left to
intake.process, which XES logs share.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.coded import among, codes_of, constant, is_null, texts, translated
from otklik.intake.process import CASES, process_events
from otklik.intake.sources.table.rows import (
    DESCRIBING,
    Bools,
    Ints,
    Table,
    as_us,
    attribute_names,
    events_table,
    first_rows,
    last_rows,
    numbered,
    requests_table,
    sane,
)
from otklik.intake.sources.table.vocabulary import saying_of
from otklik.schemas.events import Can

_MAX_ACTIVITIES = 2_000


def read_steps(table: Table) -> None:
    """Turn each row into a step, a message or a change of state."""
    set_aside_unplaced(table)
    kept = ~table.aside
    said = _sayings(table)
    is_said = kept & ~is_null(said)
    steps = _steps(table, kept & ~is_said)
    found = process_events(table.out.source, steps, _cases(table, kept))
    table.can |= found.can
    table.out.guesses.extend(found.guesses)
    if is_said.any():
        _write_opening(table, kept, is_said)
        _write_sayings(table, said, is_said)
    table.out.add_table("events", _in_order(found.events))
    table.is_process = not is_said.any()
    describe_cases(table, kept)


def set_aside_unplaced(table: Table) -> None:
    """Set aside rows without a request or without a believable moment."""
    at = table.instants["at"]
    column = table.plan.roles.column("at")
    table.set_aside(is_null(table.texts("request")), "no-id")
    table.set_aside(at.bad | ~sane(at.at), "bad-date", column)
    table.set_aside(is_null(at.at), "no-date", column)


def _in_order(events: pa.Table) -> pa.Table:
    return events.take(pc.sort_indices(events["record"]))


def _steps(table: Table, kept: Bools) -> pa.Table:
    who = table.texts("assignee") if "assignee" in table.plan.roles else table.texts("actor")
    steps = pa.table(
        {
            "request": table.texts("request"), "at": table.moments(),
            "record": table.records(), "activity": table.texts("activity"),
            "transition": table.texts("lifecycle"), "resource": who, "team": table.texts("team"),
        }
    )  # fmt: skip
    return steps if kept.all() else steps.filter(pa.array(kept))


def _cases(table: Table, kept: Bools) -> pa.Table | None:
    """When each case began and ended, where the rows of a case repeat such dates."""
    started, ended = table.at("created"), table.at("closed")
    ended = table.at("resolved") if ended is None else ended
    if started is None and ended is None:
        return None
    codes, n = numbered(table.texts("request"))
    rows = np.flatnonzero(kept)
    first = first_rows(np.where(kept, codes, -1), n, rows)
    first = first[first >= 0]
    nothing = pa.nulls(len(table.grid), CASES.field("started_at").type)
    picked = pa.array(first)
    columns = [(nothing if at is None else at).take(picked) for at in (started, ended)]
    return pa.table([table.texts("request").take(picked), *columns], schema=CASES)


def _sayings(table: Table) -> pa.DictionaryArray:
    """Give 'kind-by' for each row whose step is somebody saying something."""
    cells = table.texts("activity")
    said = translated(cells, saying_of) if len(cells.dictionary) <= _MAX_ACTIVITIES else constant(None, len(cells))
    return said if "message-agent" in said.dictionary.to_pylist() else constant(None, len(cells))


def _write_sayings(table: Table, said: pa.DictionaryArray, is_said: Bools) -> None:
    kind = translated(said, lambda both: both.partition("-")[0])
    rows = {
        "request": table.texts("request"), "at": table.moments(), "record": table.records(), "kind": kind,
        "by": translated(said, lambda both: both.partition("-")[2]), "public": pa.array(among(kind, ("message",))),
        "team": table.texts("team"), "activity": table.texts("activity"), "channel": table.texts("channel"),
        "assignee": table.texts("assignee"),
    }  # fmt: skip
    table.out.add_table("events", events_table(table.out.source, len(table.grid), rows, is_said))
    heard = said.dictionary.to_pylist()
    table.can |= Can.messages | Can.first_reply if "message-customer" in heard else Can.first_reply


def _write_opening(table: Table, kept: Bools, is_said: Bools) -> None:
    """The first step of a request that is no message is the request itself coming in."""
    at_us = as_us(table.instants["at"].at)
    rows = np.flatnonzero(kept)
    rows = rows[np.argsort(at_us[rows], kind="stable")]
    codes, n = numbered(table.texts("request"))
    first = first_rows(codes, n, rows)
    opening = np.zeros(len(codes), dtype=bool)
    opening[first[first >= 0]] = True
    row = {
        "request": table.texts("request"), "at": table.moments(),
        "record": table.records(), "kind": "created", "by": "customer", "public": True,
        "channel": table.texts("channel"), "team": table.texts("team"),
    }  # fmt: skip
    table.out.add_table("events", events_table(table.out.source, len(codes), row, opening & ~is_said))


def describe_cases(table: Table, kept: Bools) -> None:
    """Describe each request by what all its rows agree on, and by its last word on the roles."""
    codes, n = numbered(table.texts("request"))
    codes = np.where(kept, codes, -1)
    last = last_rows(codes, n)
    last = last[last >= 0]
    names = [name for name in attribute_names(table) if _agrees(table.grid.cells(name), codes, n)]
    roles = [role for role in DESCRIBING if role in table.plan.roles]
    described = requests_table(table, last, names)
    for role in roles:
        filled = _last_filled(table.texts(role), codes, n)
        described = described.set_column(
            described.schema.get_field_index(role), role, texts(filled.take(pa.array(codes[last])))
        )
    table.out.add_table("requests", described)


def _agrees(column: pa.DictionaryArray, codes: Ints, n: int) -> bool:
    values = codes_of(column)
    known = codes >= 0
    last = last_rows(codes, n)
    return bool((values[known] == values[last[codes[known]]]).all()) and bool((values >= 0).any())


def _last_filled(column: pa.DictionaryArray, codes: Ints, n: int) -> pa.DictionaryArray:
    rows = last_rows(codes, n, np.flatnonzero(~is_null(column)))
    return column.take(pa.array(rows, mask=rows < 0))
