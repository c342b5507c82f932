"""Zammad tickets with articles and history, collected from its interface in any order, and written as trails."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, member, text, truth
from otklik.intake.trails import Happening, Trail

STATES: Final = {
    "new": "new", "open": "open", "pending reminder": "waiting_customer", "pending close": "waiting_customer",
    "closed": "closed", "neu": "new", "offen": "open", "geschlossen": "closed",
}  # fmt: skip
STATE_NUMBERS: Final = {
    "1": "new",
    "2": "open",
    "3": "pending reminder",
    "4": "closed",
    "5": "merged",
    "6": "pending close",
}
SENDERS: Final = {"1": "Agent", "2": "Customer", "3": "System"}
TYPES: Final = {
    "1": "email", "2": "sms", "3": "chat", "4": "fax", "5": "phone", "6": "twitter status",
    "7": "twitter direct-message", "8": "facebook feed post", "9": "facebook feed comment", "10": "note", "11": "web",
}  # fmt: skip
CHANNELS: Final = {
    "email": "email", "sms": "sms", "chat": "chat", "phone": "phone", "web": "form", "fax": "fax",
    "twitter status": "social", "twitter direct-message": "messenger", "facebook feed post": "social",
    "facebook feed comment": "social", "telegram personal-message": "messenger", "whatsapp message": "messenger",
}  # fmt: skip
PARTS: Final = {"owner": "assignee", "group": "team", "state": "status"}
NOBODY: Final = ("-", "", None)
SYSTEM: Final = "1"
OPENING_US: Final = 60_000_000
"""The first article written within this of the ticket's creation is what the ticket was opened with."""
_THIRD = re.compile(r"vendor|third|supplier|hold|partner|extern|подряд|поставщ|пауз", re.IGNORECASE)


def status_of(name: str | None) -> str | None:
    """The log's status for the name of a state, own ones included; None for merged, removed and nothing.

    >>> status_of("pending reminder"), status_of("Waiting for vendor"), status_of("merged")
    ('waiting_customer', 'waiting_third_party', None)
    """
    folded = (name or "").lower()
    if folded in STATES:
        return STATES[folded]
    if not folded or folded in ("merged", "removed"):
        return None
    if re.search(r"pending|wait|ожид", folded):
        return "waiting_third_party" if _THIRD.search(folded) else "waiting_customer"
    return "closed" if re.search(r"clos|solv|done|закры|реш", folded) else "open"


@dataclass(slots=True)
class Article:
    """Something written in a ticket, or a call that was noted."""

    at_us: int
    sender: str
    type: str
    internal: bool
    author: str | None
    automatic: bool
    key: str | None
    record: int


@dataclass(slots=True)
class Change:
    """An entry of the history: state, owner or group, or `merged_into` with the number of the target."""

    at_us: int
    what: str
    author: str | None
    before: str | None
    after: str | None
    key: str | None
    record: int


@dataclass(slots=True)
class Ticket:
    """A ticket as it stood at the export."""

    id: str
    value: Mapping[str, Any]
    created_us: int
    updated_us: int
    records: list[int]
    articles: list[Article] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    has_history: bool = False

    @property
    def request(self) -> str:
        """The number people know it by."""
        return text(self.value.get("number")) or self.id

    def has_articles(self) -> bool:
        """Whether as many articles are here as the ticket says it has."""
        count = self.value.get("article_count")
        return bool(self.articles) and len(self.articles) >= (count if isinstance(count, int) else 1)


@dataclass
class Tickets:
    """All tickets by id, and the names that ids stand for."""

    by_id: dict[str, Ticket] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, id) -> name; kinds as Zammad's assets: User, Group, TicketState, TicketPriority."""

    def named(self, ticket: Ticket, name: str, kind: str) -> str | None:
        """A relation of a ticket by name: told as `group` (expanded), or to be looked up by `group_id`."""
        told, number = text(ticket.value.get(name)), text(ticket.value.get(f"{name}_id"))
        found = self.names.get((kind, number or "")) or told
        if found is None and kind == "TicketState":
            found = STATE_NUMBERS.get(number or "")
        return (found or number) if found not in NOBODY or number not in (None, SYSTEM) else None

    def by(self, author: str | None, ticket: Ticket) -> str:
        """Who changed a ticket: its customer, Zammad itself, or one of us."""
        if author in (None, SYSTEM):
            return "system"
        return "customer" if author == text(ticket.value.get("customer_id")) else "agent"

    def actor(self, author: str | None) -> str | None:
        """A person's name, or number."""
        return None if author in (None, SYSTEM) else self.names.get(("User", author or ""), author)

    def write(self, out: LogBuilder) -> int:
        """Write every ticket; return the youngest trace of work."""
        latest_us = 0
        for ticket in self.by_id.values():
            trail = Trail(ticket.request)
            self._hold_from_start(ticket, trail)
            for happening in self._happenings(ticket):
                trail.add(happening)
            trail.write(out)
            latest_us = max(latest_us, ticket.updated_us, *(one.at_us for one in trail.happenings))
            self._describe(ticket, out)
        return latest_us

    def _hold_from_start(self, ticket: Ticket, trail: Trail) -> None:
        """Who held it before the first change: as that change says, or, if nothing changed, whoever holds it."""
        for part, kind in (("owner", "User"), ("group", "Group")):
            changes = [one for one in ticket.changes if one.what == part]
            first = min(changes, key=lambda one: one.at_us, default=None)
            held = first.before if first else self.named(ticket, part, kind)
            setattr(trail, PARTS[part], None if held in NOBODY else held)

    def _happenings(self, ticket: Ticket) -> Iterator[Happening]:
        merged = self._merged(ticket)
        articles = sorted(ticket.articles, key=lambda one: one.at_us)
        first = articles[0] if articles and abs(articles[0].at_us - ticket.created_us) <= OPENING_US else None
        yield from self._created(ticket, None if merged else first, is_merged=merged is not None)
        changed = list(self._changed(ticket))
        yield from (one for one in changed if one.kind == "assigned")
        for article in articles:
            if article is not first or merged:
                yield from self._said(ticket, article, is_merged=merged is not None)
        yield from (one for one in changed if one.kind != "assigned")
        yield from self._dated(ticket)
        if merged:
            yield merged

    def _created(self, ticket: Ticket, first: Article | None, *, is_merged: bool) -> Iterator[Happening]:
        """A merged ticket keeps nothing of what was said: its articles went over to the target."""
        sender = first.sender if first else self._sender(ticket)
        kind = first.type if first else self._type(ticket)
        by = {"Customer": "customer", "Agent": "agent"}.get(sender, "system")
        author = text(ticket.value.get("created_by_id"))
        if kind == "phone" and author != text(ticket.value.get("customer_id")):
            by = "agent"
        public = not is_merged and not (first.internal if first else False)
        for record in reversed(ticket.records):
            yield Happening(
                ticket.created_us, "created", by, record, actor=self.actor(author), public=public,
                channel=CHANNELS.get(kind), status="new",
            )  # fmt: skip

    def _sender(self, ticket: Ticket) -> str:
        told = text(ticket.value.get("create_article_sender"))
        return told or SENDERS.get(text(ticket.value.get("create_article_sender_id")) or "", "Customer")

    def _type(self, ticket: Ticket) -> str:
        told = text(ticket.value.get("create_article_type"))
        return told or TYPES.get(text(ticket.value.get("create_article_type_id")) or "", "")

    def _said(self, ticket: Ticket, article: Article, *, is_merged: bool) -> Iterator[Happening]:
        by = {"Customer": "customer", "Agent": "agent"}.get(article.sender, "rule")
        kind = "note" if article.internal or (is_merged and by == "agent") else "message"
        if by == "customer" and article.automatic:
            by, kind = "rule", "note"
        public = not article.internal and (kind == "message" or by == "rule")
        said = Happening(
            article.at_us, kind, by, article.record, actor=self.actor(article.author), public=public,
            channel=CHANNELS.get(article.type), key=article.key,
        )  # fmt: skip
        if article.type != "phone" or kind == "note":
            yield said
            return
        for side in ("customer", "agent"):
            yield Happening(
                article.at_us, "message", side, article.record, actor=said.actor if side == "agent" else None,
                public=True, channel="phone", key=f"{article.key} {side}",
            )  # fmt: skip

    def _changed(self, ticket: Ticket) -> Iterator[Happening]:
        for change in sorted(ticket.changes, key=lambda one: one.at_us):
            if change.what not in PARTS:
                continue
            happening = Happening(
                change.at_us, "assigned", self.by(change.author, ticket), change.record,
                actor=self.actor(change.author), key=change.key,
            )  # fmt: skip
            if change.what == "state":
                happening.kind, happening.status = "status", status_of(change.after)
                if change.after == "removed":
                    happening.kind = "deleted"
                elif happening.status is None:
                    continue
            else:
                setattr(happening, PARTS[change.what], None if change.after in NOBODY else change.after)
            yield happening

    def _merged(self, ticket: Ticket) -> Happening | None:
        told = next((one for one in ticket.changes if one.what == "merged_into"), None)
        if told is not None:
            target = self.by_id.get(told.after or "")
            by, actor = self.by(told.author, ticket), self.actor(told.author)
            number = target.request if target else None
            return Happening(told.at_us, "merged", by, told.record, actor=actor, activity=number)
        if self.named(ticket, "state", "TicketState") == "merged":
            return Happening(ticket.updated_us, "merged", "agent", ticket.records[-1])
        return None

    def _dated(self, ticket: Ticket) -> Iterator[Happening]:
        """What the ticket's own dates tell where articles or history are missing."""
        value, record = ticket.value, ticket.records[-1]
        first_us = instant_us(value.get("first_response_at"))
        if not ticket.has_articles() and first_us is not None and first_us >= ticket.created_us:
            yield Happening(first_us, "message", "agent", record, public=True, channel=CHANNELS.get(self._type(ticket)))
        if ticket.has_history:
            return
        status = status_of(self.named(ticket, "state", "TicketState"))
        closed_us = instant_us(value.get("last_close_at")) or instant_us(value.get("close_at"))
        at_us = closed_us if status == "closed" and closed_us is not None else ticket.updated_us
        if status not in (None, "new"):
            yield Happening(at_us, "status", "system", record, status=status)

    def _describe(self, ticket: Ticket, out: LogBuilder) -> None:
        value = ticket.value
        attributes = {
            "group": self.named(ticket, "group", "Group"),
            "organization": self.named(ticket, "organization", "Organization"),
            "tags": text(value.get("tags")),
            "state": self.named(ticket, "state", "TicketState"),
        }
        out.request(
            ticket.request,
            customer=self.named(ticket, "customer", "User"), subject=text(value.get("title")),
            channel=CHANNELS.get(self._type(ticket)), category=text(value.get("type")),
            priority=self.named(ticket, "priority", "TicketPriority"), opened_at=from_us(ticket.created_us),
            attributes={name: told for name, told in attributes.items() if told},
        )  # fmt: skip


def article_of(value: Mapping[str, Any], at_us: int, record: int) -> Article:
    """Read an article; sender and type come as names or, unexpanded, as numbers."""
    preferences = value.get("preferences")
    number = text(value.get("id"))
    return Article(
        at_us,
        text(value.get("sender")) or SENDERS.get(text(value.get("sender_id")) or "", "System"),
        text(value.get("type")) or TYPES.get(text(value.get("type_id")) or "", "note"),
        truth(value.get("internal")) is True,
        text(value.get("created_by_id")),
        truth(member(preferences, "is-auto-response")) is True,
        number and f"article {number}", record,
    )  # fmt: skip
