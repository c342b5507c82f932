"""Zammad: tickets, articles and history as its interface gives them, apart or bundled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, objects, text
from otklik.intake.json_records import JsonRecord, read_records, shape_of
from otklik.intake.source import Input, ReadOptions, Recognition
from otklik.intake.sources.zammad.tickets import PARTS, Article, Change, Ticket, Tickets, article_of
from otklik.intake.trails import complete_until
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

ENOUGH: Final = 0.9
"""Share of tickets that must have a thing before the source is said to know it."""
LISTS = ("tickets", "ticket", "articles", "history", "users", "assets")
SHAPES: Mapping[str, tuple[str, ...]] = {
    "tickets": ("number", "group_id", "customer_id"),
    "bundles": ("number", "articles[].sender"),
    "wrapped tickets": ("tickets[].number", "tickets[].customer_id"),
    "wrapped bundles": ("tickets[].number", "tickets[].articles"),
    "one ticket": ("ticket.number", "ticket.group_id"),
    "assets": ("assets.Ticket",),
}
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "articles": ("ticket_id", "sender", "internal", "type"),
    "unexpanded articles": ("ticket_id", "sender_id", "internal", "type_id"),
    "wrapped articles": ("articles[].ticket_id", "articles[].sender"),
    "history": ("history[].object", "history[].o_id"),
    "bare history": ("object", "o_id", "created_by_id", "type"),
    "users": ("login", "firstname", "lastname", "role_ids"),
}
_NAMED: Final = ("name", "login")
Place = tuple[str, int]


class Zammad:
    """Reads saved answers of the ticket, article and history calls."""

    name = "zammad"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim tickets, and with them articles, history and users."""
        if not any(shape_of(item.head, SHAPES) for item in inputs):
            return None
        mine = tuple(item for item in inputs if shape_of(item.head, {**SHAPES, **COMPANIONS}))
        return Recognition(mine, 0.9, N_("The keys are those of Zammad tickets."))

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read all files first, as articles may come before their ticket; then write ticket by ticket."""
        pages = _Pages(Tickets(), out)
        for done, item in enumerate(inputs):
            options.progress(N_("Reading Zammad"), done, len(inputs))

            def set_aside(row: int, reason: str, raw: str, file: str = item.name) -> None:
                if not raw.isdecimal():  # a search answers with the bare ids of its tickets beside them
                    out.record()
                    out.quarantine(file, row, reason, raw=raw)

            for record in read_records(item, LISTS, set_aside):
                pages.take(record, item.name)
        pages.join()
        can = _abilities(pages.tickets, out)
        mode = "events" if Can.status in can else "messages" if Can.messages in can else "dates"
        return SourceFacts(out.source, mode, can, complete_until(pages.tickets.write(out)), reader=self.name)


@dataclass
class _Pages:
    """Sorts records into tickets; what came before its ticket waits."""

    tickets: Tickets
    out: LogBuilder
    loose: list[tuple[str, Article | Change, Place]] = field(default_factory=list)

    def take(self, record: JsonRecord, file: str) -> None:
        value, place = record.value, (file, record.row)
        if record.under == "assets":
            self._assets(value, place)
        elif "o_id" in value and "object" in value:
            self._entry(value, place)
        elif "ticket_id" in value and ("sender" in value or "sender_id" in value):
            self._article(value, text(value.get("ticket_id")), place)
        elif "login" in value and "firstname" in value:
            self._name("User", value)
        elif "number" in value:
            self._ticket(value, place)

    def join(self) -> None:
        """Give articles and changes to their tickets; set aside those of tickets not here."""
        for number, told, (file, row) in self.loose:
            ticket = self.tickets.by_id.get(number)
            if ticket is None:
                self.out.quarantine(file, row, "no-request", f"ticket {number}", record=told.record)
            elif isinstance(told, Article):
                ticket.articles.append(told)
            else:
                ticket.changes.append(told)
                ticket.has_history = True
        for ticket in self.tickets.by_id.values():
            ticket.articles = list({(one.key, one.at_us): one for one in ticket.articles}.values())

    def _assets(self, value: Mapping[str, Any], place: Place) -> None:
        """The objects an answer speaks of, by kind and id."""
        for kind, found in value.items():
            for one in objects(list(found.values())) if isinstance(found, dict) else ():
                if kind == "Ticket":
                    self._ticket(one, place)
                elif kind == "TicketArticle":
                    self._article(one, text(one.get("ticket_id")), place)
                else:
                    self._name(kind, one)

    def _name(self, kind: str, value: Mapping[str, Any]) -> None:
        full = " ".join(part for name in ("firstname", "lastname") if (part := text(value.get(name))))
        name = full or next((told for part in _NAMED if (told := text(value.get(part)))), None)
        if name and (number := text(value.get("id"))):
            self.tickets.names[kind, number] = name

    def _ticket(self, value: Mapping[str, Any], place: Place) -> None:
        record, number = self.out.record(), text(value.get("id"))
        created_us = instant_us(value.get("created_at"))
        if number is None or created_us is None:
            reason = "no-id" if number is None else "bad-date" if value.get("created_at") else "no-date"
            self.out.quarantine(*place, reason, raw=str(dict(value))[:2000])
            return
        known = self.tickets.by_id.get(number)
        kept = {name: told for name, told in value.items() if name not in ("articles", "history")}
        updated_us = instant_us(value.get("updated_at")) or created_us
        self.tickets.by_id[number] = Ticket(
            number, kept, created_us, updated_us, [*(known.records if known else ()), record],
            has_history="history" in value or (known.has_history if known else False),
        )  # fmt: skip
        for article in objects(value.get("articles")):
            self._article(article, number, place)
        for entry in objects(value.get("history")):
            self._entry(entry, place)

    def _article(self, value: Mapping[str, Any], ticket: str | None, place: Place) -> None:
        record, at_us = self.out.record(), instant_us(value.get("created_at"))
        if ticket is None or at_us is None:
            reason = "no-id" if ticket is None else "bad-date" if value.get("created_at") else "no-date"
            self.out.quarantine(*place, reason, raw=str(dict(value))[:2000])
            return
        self.loose.append((ticket, article_of(value, at_us, record), place))

    def _entry(self, value: Mapping[str, Any], place: Place) -> None:
        """An entry of the history; only what changes state or hands is counted."""
        kind, name = text(value.get("type")), text(value.get("attribute"))
        what = "merged_into" if kind == "merged_into" else name if name in PARTS and kind == "updated" else "created"
        if value.get("object") != "Ticket" or (what == "created" and kind != "created"):
            return
        record, at_us, ticket = self.out.record(), instant_us(value.get("created_at")), text(value.get("o_id"))
        if ticket is None or at_us is None:
            self.out.quarantine(*place, "no-id" if ticket is None else "bad-date", raw=str(dict(value))[:2000])
            return
        after = text(value.get("id_to")) if what == "merged_into" else text(value.get("value_to"))
        key = text(value.get("id"))
        change = Change(
            at_us, what, text(value.get("created_by_id")), text(value.get("value_from")), after,
            key and f"history {key}", record,
        )  # fmt: skip
        self.loose.append((ticket, change, place))


def _abilities(tickets: Tickets, out: LogBuilder) -> Can:
    """Replies where articles are whole, the trail where there is a history; else what the ticket's dates tell."""
    every = list(tickets.by_id.values())
    of = len(every)
    said, trail = sum(one.has_articles() for one in every), sum(one.has_history for one in every)
    can = Can(0)
    if of and said >= ENOUGH * of:
        can |= Can.messages | Can.first_reply | Can.acknowledgement
    elif any("first_response_at" in one.value for one in every):
        can |= Can.first_reply
    if of and trail >= ENOUGH * of:
        can |= Can.status | Can.resolution | Can.assignee | Can.team
    elif any("close_at" in one.value for one in every):
        can |= Can.resolution
    if 0 < said < ENOUGH * of:
        reason = N_("Only %(told)s of %(of)s tickets have all their articles here, so they are not relied upon.")
        out.guess("articles", "no", reason, told=str(said), of=str(of))
    if 0 < trail < ENOUGH * of:
        reason = N_("Only %(told)s of %(of)s tickets have their history here, so it is not relied upon.")
        out.guess("history", "no", reason, told=str(trail), of=str(of))
    return can
