"""What Zendesk knows about its tickets, collected from any of its exports, and written as events in the end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import is_ours
from otklik.intake.trails import Happening, Trail

STATUSES = {
    "new": "new", "open": "open", "pending": "waiting_customer", "hold": "waiting_third_party",
    "on-hold": "waiting_third_party", "on_hold": "waiting_third_party", "solved": "resolved", "closed": "closed",
}  # fmt: skip
CHANNELS = {
    "web": "form", "web form": "form", "web_widget": "form", "mobile": "form", "mobile_sdk": "form",
    "help_center": "form",
    "email": "email", "mail": "email", "voice": "phone", "phone": "phone", "phone call": "phone", "sms": "sms",
    "chat": "chat", "native_messaging": "messenger", "messaging": "messenger", "whatsapp": "messenger",
    "line": "messenger", "telegram": "messenger", "viber": "messenger", "facebook": "messenger",
    "instagram_dm": "messenger",
    "facebook_message": "messenger", "facebook_post": "social", "twitter": "social", "twitter_dm": "messenger",
    "web service": "api",
}  # fmt: skip
STAFF = ("agent", "admin")
NOBODY = ("-1", "0")
OPENING_US = 60_000_000
"""A first comment written within this of the ticket's creation is what the ticket was opened with."""
PARTS = {"status": "status", "assignee_id": "assignee", "group_id": "team"}


@dataclass(slots=True)
class Ticket:
    """A ticket as it stood at the export; `records` tell of it, the last one newest."""

    id: str
    created_us: int
    updated_us: int
    records: list[int]
    status: str | None = None
    requester: str | None = None
    submitter: str | None = None
    assignee: str | None = None
    group: str | None = None
    channel: str | None = None
    public: bool = True
    subject: str | None = None
    priority: str | None = None
    type: str | None = None
    merged_into: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Comment:
    """Something said in a ticket. `rule` names the business rule that said it."""

    at_us: int
    author: str | None
    public: bool
    key: str | None
    records: list[int]
    channel: str | None = None
    rule: str | None = None
    recipients: frozenset[str] | None = None
    """To whom a business rule sent it; None for a real comment."""
    beside: tuple[str | None, ...] = ()
    """Who commented in the same update; a notice of a colleague's comment is no answer of its own."""


@dataclass(slots=True)
class Change:
    """A field that changed: status, assignee_id or group_id; `initial` when it was set at creation."""

    at_us: int
    author: str | None
    name: str
    value: str | None
    before: str | None
    record: int
    rule: str | None = None
    initial: bool = False


@dataclass(slots=True)
class Mark:
    """A moment of another kind: `merged` (into `value`), `rated` (`value` the score), `deleted`."""

    at_us: int
    author: str | None
    kind: str
    value: str | None
    record: int


@dataclass(slots=True)
class Story:
    """All that was told about one ticket."""

    comments: dict[str, Comment] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    dates: list[Happening] = field(default_factory=list)
    """What only the metrics tell: the first reply, the solving."""
    file: str = ""
    told: list[tuple[int, int]] = field(default_factory=list)
    """Record and row of everything told, for the case that the ticket itself never comes."""

    def say(self, comment: Comment) -> None:
        """Note a comment; one told twice (as an audit and as a comment) is one comment with two records."""
        key = comment.key or f"{comment.at_us} {comment.author} {len(self.comments)}"
        known = self.comments.setdefault(key, comment)
        if known is not comment:
            known.records += comment.records


@dataclass
class Desk:
    """Everything collected so far."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    merges: dict[str, str] = field(default_factory=dict)
    """Loser -> winner, as the winner tells it."""
    audited: set[str] = field(default_factory=set)
    """Tickets whose audits or history are here; metric events would only repeat them."""
    told_replies: set[str] = field(default_factory=set)
    told_solving: set[str] = field(default_factory=set)

    def add_ticket(self, ticket: Ticket) -> None:
        """Keep the newest state of a ticket."""
        known = self.tickets.get(ticket.id)
        if known is None or known.updated_us <= ticket.updated_us:
            self.tickets[ticket.id] = ticket
            known, ticket = ticket, known or ticket
        if known is not ticket:
            known.records = ticket.records + known.records

    def story(self, ticket: str, file: str, row: int, record: int) -> Story:
        """The story of a ticket, begun if this is the first word about it."""
        story = self.stories.setdefault(ticket, Story(file=file))
        if not story.told or story.told[-1][0] != record:
            story.told.append((record, row))
        return story

    def count_as_ours(self, ours: tuple[str, ...]) -> None:
        """Make agents of the people told to be us, by name or address."""
        for number in {*self.names, *self.addresses}:
            if is_ours(self.names.get(number), ours) or is_ours(self.addresses.get(number), ours):
                self.roles[number] = "agent"

    def by(self, author: str | None, ticket: Ticket, rule: str | None) -> str:
        """Who an author is in a ticket: whoever asked is its customer, even a colleague."""
        if rule is not None:
            return "rule"
        if author is None or author in NOBODY:
            return "system"
        if author == ticket.requester:
            return "customer"
        role = self.roles.get(author)
        if role is None:
            return "agent"
        return "agent" if role in STAFF else "customer"

    def actor(self, author: str | None) -> str | None:
        """The name of an author, or the number where no name is known."""
        return None if author is None or author in NOBODY else self.names.get(author, author)

    def write(self, out: LogBuilder) -> int:
        """Write every ticket as events, set aside what belongs to no ticket, and return the youngest trace of work."""
        latest_us = 0
        for ticket in self.tickets.values():
            story = self.stories.pop(ticket.id, Story())
            trail = _Writer(self, ticket, story).trail()
            trail.write(out)
            latest_us = max(latest_us, ticket.updated_us, *(one.at_us for one in trail.happenings))
            self._describe(ticket, out)
        for number, story in self.stories.items():
            for record, row in story.told:
                out.quarantine(story.file, row, "no-request", f"ticket {number}", record=record)
        return latest_us

    def _describe(self, ticket: Ticket, out: LogBuilder) -> None:
        out.request(
            ticket.id,
            customer=ticket.requester, subject=ticket.subject, channel=ticket.channel, category=ticket.type,
            priority=ticket.priority, opened_at=from_us(ticket.created_us), attributes=ticket.attributes,
        )  # fmt: skip


class _Writer:
    """Turns one ticket and its story into a trail."""

    def __init__(self, desk: Desk, ticket: Ticket, story: Story) -> None:
        self.desk, self.ticket, self.story = desk, ticket, story

    def trail(self) -> Trail:
        first = self._first_comment()
        trail = Trail(self.ticket.id)
        changed = sorted(self._changed(), key=lambda happening: happening.kind != "assigned")
        hands = [one for one in changed if one.kind == "assigned"]
        for happening in (*self._created(first), *hands, *self._said(first), *changed[len(hands) :], *self._marked()):
            trail.add(happening)
        if self.ticket.id not in self.desk.audited:
            for happening in self.story.dates:
                trail.add(happening)
        return trail

    def _first_comment(self) -> Comment | None:
        comments = (comment for comment in self.story.comments.values() if comment.recipients is None)
        first = min(comments, key=lambda comment: comment.at_us, default=None)
        if first is None or abs(first.at_us - self.ticket.created_us) > OPENING_US:
            return None
        return first

    def _created(self, first: Comment | None) -> Iterator[Happening]:
        ticket, story = self.ticket, self.story
        author = ticket.submitter if first is None or first.rule or first.author in (None, *NOBODY) else first.author
        author = author or ticket.requester
        holder = {part: self._value(name, self._at_first(name)) for name, part in PARTS.items()}
        for record in reversed(ticket.records):
            yield Happening(
                ticket.created_us, "created", self.desk.by(author, ticket, first.rule if first else None), record,
                actor=self.desk.actor(author), public=first.public if first else ticket.public,
                channel=ticket.channel, status=holder["status"] if story.changes else None,
                team=holder["team"], assignee=holder["assignee"],
            )  # fmt: skip
        if first and not first.public:
            yield from self._comment(first)

    def _at_first(self, name: str) -> str | None:
        """What a field was at creation: as set then, as the first change found it, or as it is if it never changed."""
        changes = sorted((c for c in self.story.changes if c.name == name), key=lambda change: change.at_us)
        if changes and (changes[0].initial or self._was_set_at_creation(changes[0])):
            return changes[0].value
        if changes:
            return changes[0].before or ("new" if name == "status" else None)
        if name == "status":
            return "new"
        return self.ticket.assignee if name == "assignee_id" else self.ticket.group

    def _value(self, name: str, value: str | None) -> str | None:
        if name == "status":
            return STATUSES.get((value or "").lower())
        if not value:
            return None
        return self.desk.groups.get(value, value) if name == "group_id" else self.desk.actor(value)

    def _said(self, first: Comment | None) -> Iterator[Happening]:
        for comment in self.story.comments.values():
            if comment is not first and self._is_heard(comment):
                yield from self._comment(comment)

    def _is_heard(self, comment: Comment) -> bool:
        """A notice counts as an answer where it went to whoever asked and nobody else had just written to them."""
        asked = self.ticket.requester
        return comment.recipients is None or (
            asked in comment.recipients and all(author == asked for author in comment.beside)
        )

    def _comment(self, comment: Comment) -> Iterator[Happening]:
        by = self.desk.by(comment.author, self.ticket, comment.rule)
        channel = comment.channel if by == "customer" or comment.channel == "phone" else None
        for record in comment.records:
            yield Happening(
                comment.at_us, "message" if comment.public else "note", by, record,
                actor=comment.rule or self.desk.actor(comment.author), public=comment.public,
                channel=channel or self.ticket.channel, key=comment.key,
            )  # fmt: skip

    def _changed(self) -> Iterator[Happening]:
        for change in self.story.changes:
            if self._was_set_at_creation(change):
                continue
            happening = Happening(
                change.at_us, "status" if change.name == "status" else "assigned",
                self.desk.by(change.author, self.ticket, change.rule), change.record,
                actor=change.rule or self.desk.actor(change.author),
            )  # fmt: skip
            value = self._value(change.name, change.value)
            if change.name == "status" and value is None:
                if (change.value or "").lower() != "deleted":
                    continue
                happening.kind = "deleted"
            setattr(happening, PARTS[change.name], value)
            yield happening

    def _was_set_at_creation(self, change: Change) -> bool:
        """Whether the created event tells it already."""
        if change.initial:
            return change.at_us <= self.ticket.created_us + OPENING_US
        same = (one for one in self.story.changes if one.name == change.name)
        at_once = change.before is None and change.at_us == self.ticket.created_us
        return at_once and change is min(same, key=lambda one: one.at_us)

    def _marked(self) -> Iterator[Happening]:
        ticket = self.ticket
        for mark in self.story.marks:
            if mark.kind != "merged":
                yield Happening(
                    mark.at_us, mark.kind, self.desk.by(mark.author, ticket, None), mark.record,
                    actor=self.desk.actor(mark.author), activity=mark.value,
                )  # fmt: skip
        yield from self._end()

    def _end(self) -> Iterator[Happening]:
        """How it ended, where only the ticket itself tells: merged, deleted, or the state it was found in."""
        ticket = self.ticket
        merged = next((mark for mark in self.story.marks if mark.kind == "merged"), None)
        target = (merged.value if merged else None) or self.desk.merges.get(ticket.id) or ticket.merged_into
        if merged or target or "closed_by_merge" in ticket.attributes.get("tags", "").split(","):
            at_us = merged.at_us if merged else self._closed_us()
            yield Happening(at_us, "merged", "agent", merged.record if merged else ticket.records[-1], activity=target)
            return
        if ticket.status == "deleted":
            if not any(change.value == "deleted" for change in self.story.changes):
                yield Happening(ticket.updated_us, "deleted", "system", ticket.records[-1])
        elif self._last_status() != (found := self._value("status", ticket.status)) and found not in (None, "new"):
            yield Happening(ticket.updated_us, "status", "system", ticket.records[-1], status=found)

    def _closed_us(self) -> int:
        closings = (one.at_us for one in self.story.changes if one.name == "status" and one.value == "closed")
        return min(closings, default=self.ticket.updated_us)

    def _last_status(self) -> str | None:
        told: Iterable[Change] = (change for change in self.story.changes if change.name == "status")
        last = max(told, key=lambda change: change.at_us, default=None)
        if last is not None:
            return self._value("status", last.value)
        if self.ticket.id not in self.desk.audited:
            dated = [one for one in self.story.dates if one.status]
            return max(dated, key=lambda one: one.at_us).status if dated else None
        return None
