"""One row a message: who wrote is told by a column, by who wrote first, or by our own addresses."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.intake.sources.table.rows import (
    Bools,
    Ints,
    Table,
    as_us,
    codes_of,
    events_table,
    first_rows,
)
from otklik.intake.sources.table.steps import describe_cases, set_aside_unplaced
from otklik.intake.sources.table.vocabulary import is_public, looked_up, side_of
from otklik.schemas.events import Can

_MAX_NAMES = 5_000


def read_messages(table: Table, opened: pa.Array | None = None, our_addresses: tuple[str, ...] = ()) -> None:
    """Turn each row into a message (or note); `opened` are requests whose opening another table tells."""
    set_aside_unplaced(table)
    kept = ~table.aside
    codes, n = codes_of(table.texts("request"))
    rows = np.flatnonzero(kept)
    at_us = as_us(table.instants["at"].at)
    first = first_rows(codes, n, rows[np.argsort(at_us[rows], kind="stable")])
    by = _sides(table, codes, first, our_addresses)
    public = _public(table)
    opening = np.zeros(len(codes), dtype=bool)
    opening[first[first >= 0]] = True
    if opened is not None:
        opening &= ~pc.is_in(table.texts("request"), value_set=opened).to_numpy(zero_copy_only=False)
    kind = pc.if_else(pa.array(opening), "created", pc.if_else(pa.array(public), "message", "note"))
    author = table.texts("actor")
    columns = {
        "request": table.texts("request"), "at": table.moments(),
        "record": table.records(), "kind": kind, "by": by, "public": pa.array(public), "actor": author,
        "channel": table.texts("channel"), "team": table.texts("team"), "assignee": table.texts("assignee"),
        "key": table.texts("event_id"),
    }  # fmt: skip
    table.out.add_table("events", events_table(table.out.source, len(codes), columns, kept))
    table.can = Can.messages | Can.first_reply | Can.acknowledgement
    describe_cases(table, kept)


def _sides(table: Table, codes: Ints, first: Ints, our_addresses: tuple[str, ...]) -> pa.Array:
    cells = table.cells("by")
    if cells is not None:
        names = pc.unique(pc.drop_null(cells)).to_pylist()
        known = looked_up(cells, [(name, side_of(name)) for name in names[:_MAX_NAMES]])
        if known.null_count < len(known):
            return pc.fill_null(known, "agent")
    author = table.texts("actor")
    if our_addresses:
        return pc.if_else(_is_ours(author, our_addresses), "agent", "customer")
    customer = table.texts("customer")
    if customer.null_count < len(customer) and author.null_count < len(author):
        reason = N_("a message is the customer's where its author is the request's customer")
        table.out.guess("by", table.plan.roles.column("customer") or "", reason)
        return pc.if_else(pc.fill_null(pc.equal(author, customer), False), "customer", "agent")
    reason = N_("nothing says who wrote; whoever wrote first in a request counts as its customer")
    table.out.guess("by", table.plan.roles.column("actor") or "", reason)
    opener = author.take(pa.array(first[np.maximum(codes, 0)], mask=first[np.maximum(codes, 0)] < 0))
    return pc.if_else(pc.fill_null(pc.equal(author, opener), True), "customer", "agent")


def _is_ours(author: pa.Array, our_addresses: tuple[str, ...]) -> pa.Array:
    lowered = pc.utf8_lower(pc.fill_null(author, ""))
    ours = pc.is_in(lowered, value_set=pa.array([address.lower() for address in our_addresses]))
    for address in our_addresses:
        if "@" not in address.strip("@"):
            ours = pc.or_(ours, pc.ends_with(lowered, "@" + address.lower().lstrip("@")))
    return ours


def _public(table: Table) -> Bools:
    cells = table.cells("public")
    if cells is None:
        return np.ones(len(table.grid), dtype=bool)
    heading = table.plan.roles.column("public") or ""
    names = pc.unique(pc.drop_null(cells)).to_pylist()
    said = [(name, {True: "yes", False: "no", None: None}[is_public(name, heading)]) for name in names[:_MAX_NAMES]]
    seen: Bools = pc.fill_null(pc.equal(looked_up(cells, said), "yes"), True).to_numpy(zero_copy_only=False)
    return seen
