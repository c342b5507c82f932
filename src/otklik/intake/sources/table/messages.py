"""One row a message: who wrote is told by a column, by who wrote first, or by our own addresses."""

import numpy as np
import pyarrow as pa

from otklik.base.text import N_
from otklik.intake.coded import among, chosen_by, codes_of, constant, filled, joined, translated, where
from otklik.intake.sources.table.rows import Bools, Ints, Table, as_us, events_table, first_rows, numbered
from otklik.intake.sources.table.steps import describe_cases, set_aside_unplaced
from otklik.intake.sources.table.vocabulary import is_public, side_of
from otklik.schemas.events import Can


def read_messages(table: Table, opened: frozenset[str] = frozenset(), our_addresses: tuple[str, ...] = ()) -> None:
    """Turn each row into a message (or note); `opened` are requests whose opening another table tells."""
    set_aside_unplaced(table)
    kept = ~table.aside
    codes, n = numbered(table.texts("request"))
    rows = np.flatnonzero(kept)
    at_us = as_us(table.instants["at"].at)
    first = first_rows(codes, n, rows[np.argsort(at_us[rows], kind="stable")])
    public = _public(table)
    opening = np.zeros(len(codes), dtype=bool)
    opening[first[first >= 0]] = True
    opening &= ~among(table.texts("request"), opened)
    columns = {
        "request": table.texts("request"), "at": table.moments(), "record": table.records(),
        "kind": where(opening, constant("created", len(codes)), chosen_by(public, "message", "note")),
        "by": _sides(table, codes, first, our_addresses), "public": pa.array(public), "actor": table.texts("actor"),
        "channel": table.texts("channel"), "team": table.texts("team"), "assignee": table.texts("assignee"),
        "key": table.texts("event_id"),
    }  # fmt: skip
    table.out.add_table("events", events_table(table.out.source, len(codes), columns, kept))
    table.can = Can.messages | Can.first_reply | Can.acknowledgement
    describe_cases(table, kept)


def _sides(table: Table, codes: Ints, first: Ints, our_addresses: tuple[str, ...]) -> pa.DictionaryArray:
    """Who wrote each message, by the first way that the table offers."""
    known = translated(table.texts("by"), side_of)
    if known.null_count < len(known):
        return filled(known, "agent")
    author, customer = table.texts("actor"), table.texts("customer")
    if our_addresses:
        ours = frozenset(address.casefold() for address in our_addresses)
        return filled(translated(author, lambda name: "agent" if _is_ours(name, ours) else "customer"), "agent")
    if customer.null_count < len(customer) and author.null_count < len(author):
        reason = N_("a message is the customer's where its author is the request's customer")
        table.out.guess("by", table.plan.roles.column("customer") or "", reason)
        return chosen_by(_same(author, customer), "customer", "agent")
    reason = N_("nothing says who wrote; whoever wrote first in a request counts as its customer")
    table.out.guess("by", table.plan.roles.column("actor") or "", reason)
    by_author = codes_of(author)
    opener = np.where(codes >= 0, by_author[first[codes]], -1)
    return chosen_by(by_author == opener, "customer", "agent")


def _same(one: pa.DictionaryArray, other: pa.DictionaryArray) -> Bools:
    both = codes_of(joined([one, other]))
    mine, its = both[: len(one)], both[len(one) :]
    same: Bools = (mine == its) & (mine >= 0)
    return same


def _is_ours(author: str, ours: frozenset[str]) -> bool:
    name = author.casefold()
    return name in ours or any(name.endswith(f"@{one.lstrip('@')}") for one in ours if "@" not in one[1:])


def _public(table: Table) -> Bools:
    heading = table.plan.roles.column("public") or ""
    said = translated(table.texts("public"), lambda value: "no" if is_public(value, heading) is False else "yes")
    return ~among(said, ("no",))
