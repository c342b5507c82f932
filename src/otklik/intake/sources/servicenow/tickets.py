"""ServiceNow tickets: the states a row went through, what its audit and journal add, and the trail that gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.sources.servicenow.rows import Dates, Row
from otklik.intake.sources.servicenow.states import state_of
from otklik.intake.trails import Happening, Trail

CHANNELS = {
    "phone": "phone", "call": "phone", "email": "email", "e-mail": "email", "self-service": "form", "web": "form",
    "self service": "form", "chat": "chat", "virtual_agent": "chat", "virtual agent": "chat", "walk-in": "walk-in",
    "walkin": "walk-in", "ivr": "phone",
}  # fmt: skip
PARTS = {"assigned_to": "assignee", "assignment_group": "team", "state": "status", "incident_state": "status"}
ATTRIBUTES = (
    "subcategory", "impact", "urgency", "location", "company", "close_code", "reopen_count", "reassignment_count",
    "business_service", "made_sla",
)  # fmt: skip
NEEDED = frozenset(
    {"state", "hold_reason", "assigned_to", "assignment_group", "sys_updated_by", "opened_at", "sys_created_on",
     "opened_by", "sys_created_by", "caller_id", "contact_type", "resolved_at", "closed_at"}
)  # fmt: skip
TOLD = NEEDED.union(ATTRIBUTES, ("short_description", "category", "priority"))
Place = tuple[str, int]


@dataclass(slots=True)
class Snapshot:
    """The row of a ticket as it stood after one change."""

    at_us: int
    order: int
    row: Row
    record: int


@dataclass(slots=True)
class Ticket:
    """All that was told about one ticket number."""

    number: str
    snapshots: list[Snapshot] = field(default_factory=list)
    changes: list[Happening] = field(default_factory=list)
    """From audit and metric rows."""
    said: list[Happening] = field(default_factory=list)
    latest: Row = field(default_factory=dict)

    def add(self, snapshot: Snapshot) -> None:
        """Keep what is needed of a state, and all that describes the ticket of the latest."""
        if not self.snapshots or (snapshot.at_us, snapshot.order) >= max((s.at_us, s.order) for s in self.snapshots):
            self.latest = {name: value for name, value in snapshot.row.items() if name in TOLD and value}
        snapshot.row = {name: value for name, value in snapshot.row.items() if name in NEEDED and value}
        self.snapshots.append(snapshot)

    @property
    def is_alone(self) -> bool:
        """Whether one row is all there is."""
        return len(self.snapshots) == 1 and not self.changes


@dataclass
class Tickets:
    """Everything collected; audit and journal rows wait for the ticket their key belongs to."""

    dates: Dates
    out: LogBuilder
    by_number: dict[str, Ticket] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """sys_id -> number."""
    users: dict[str, str] = field(default_factory=dict)
    """sys_id or user name -> name."""
    loose: list[tuple[str, str, Row, Happening, Place]] = field(default_factory=list)
    has_ends: bool = False
    has_journal: bool = False

    def trails(self) -> int:
        """How many tickets were seen more than once, or have their changes told."""
        return sum(len({s.at_us for s in one.snapshots}) > 1 or bool(one.changes) for one in self.by_number.values())

    def take_user(self, row: Row, place: Place) -> None:
        """Remember a person's name."""
        for key in ("sys_id", "user_name"):
            if row.get(key):
                self.users[row[key]] = row.get("name") or row[key]

    def take_row(self, row: Row, place: Place) -> None:
        """Keep one state of a ticket."""
        record, number = self.out.record(), row.get("number", "")
        opened_us = self.opened_us(row)
        if not number or opened_us is None:
            reason = (
                "no-id"
                if not number
                else "bad-date"
                if row.get("opened_at") or row.get("sys_created_on")
                else "no-date"
            )
            self.out.quarantine(*place, reason, raw=str(row))
            return
        at_us = self.dates.us(row.get("sys_updated_on", ""))
        order = int(row["sys_mod_count"]) if row.get("sys_mod_count", "").isdecimal() else 0
        ticket = self.by_number.setdefault(number, Ticket(number))
        ticket.add(Snapshot(opened_us if at_us is None else at_us, order, row, record))
        if row.get("sys_id"):
            self.numbers[row["sys_id"]] = number
        self.has_ends = self.has_ends or bool(row.get("resolved_at") or row.get("closed_at"))

    def opened_us(self, row: Row) -> int | None:
        """When a ticket began: opened, else when its row was made."""
        opened_us = self.dates.us(row.get("opened_at", ""))
        return self.dates.us(row.get("sys_created_on", "")) if opened_us is None else opened_us

    def take_audit(self, row: Row, place: Place) -> None:
        """A field that changed, or a comment, as the audit keeps it."""
        name = row["fieldname"]
        if name in PARTS:
            self._later(row, place, row["documentkey"], name, row.get("sys_created_on", ""), row["newvalue"])
        elif name in ("comments", "work_notes"):
            self._later(row, place, row["documentkey"], name, row.get("sys_created_on", ""), "")

    def take_journal(self, row: Row, place: Place) -> None:
        """A comment or a work note."""
        self._later(row, place, row["element_id"], row["element"], row.get("sys_created_on", ""), "")

    def take_metric(self, row: Row, place: Place) -> None:
        """A metric's start: the state, the person or the group that began to hold then."""
        definition = row["definition"].lower()
        words = (("state", "state"), ("assigned to", "assigned_to"), ("group", "assignment_group"))
        name = next((name for word, name in words if word in definition), None)
        if name:
            self._later(row, place, row.get("number") or row.get("id", ""), name, row["start"], row["value"])

    def _later(self, row: Row, place: Place, owner: str, name: str, when: str, value: str) -> None:
        record, at_us = self.out.record(), self.dates.us(when)
        if not owner or at_us is None:
            self.out.quarantine(*place, "no-id" if not owner else "bad-date" if when else "no-date", raw=str(row))
            return
        actor = row.get("user") or row.get("sys_created_by") or None
        self.loose.append(
            (owner, name, row, Happening(at_us, "note", "agent", record, actor=actor, activity=value), place)
        )

    def join(self) -> None:
        """Give audit, journal and metric rows to their tickets; set aside those of tickets not here."""
        for owner, name, _, happening, place in self.loose:
            ticket = self.by_number.get(self.numbers.get(owner, owner))
            if ticket is None:
                self.out.quarantine(*place, "no-request", owner, record=happening.record)
                continue
            row = ticket.snapshots[-1].row
            happening.by = self._by(happening.actor or "", row)
            value, happening.activity = happening.activity or "", None
            happening.actor = self.users.get(happening.actor or "", happening.actor or "") or None
            if name in PARTS:
                self._change(ticket, happening, name, value, row)
            else:
                happening.public = name == "comments"
                happening.kind = "message" if happening.public else "note"
                self.has_journal = True
                ticket.said.append(happening)
        self.loose.clear()

    def _change(self, ticket: Ticket, happening: Happening, name: str, value: str, row: Row) -> None:
        if PARTS[name] == "status":
            _set_state(happening, value, ticket.number, row.get("hold_reason", ""))
        else:
            happening.kind = "assigned"
            setattr(happening, PARTS[name], self.users.get(value, value) or None)
        ticket.changes.append(happening)

    def _by(self, who: str, row: Row) -> str:
        """Who did it: the caller is the customer, the system itself the system, anybody else one of us."""
        if who.lower() in ("system", "guest", ""):
            return "system"
        return "customer" if self._same(who, row.get("caller_id", "")) else "agent"

    def _same(self, user: str, caller: str) -> bool:
        """Whether a user name and a caller are one person: 'joe.doe' and 'Joe Doe', or by the table of users."""
        if not caller:
            return False
        return _letters(self.users.get(user, user)) == _letters(self.users.get(caller, caller))

    def write(self, out: LogBuilder) -> int:
        """Write every ticket; return the youngest trace of work."""
        latest_us = 0
        for ticket in self.by_number.values():
            ticket.snapshots.sort(key=lambda one: (one.at_us, one.order))
            trail = Trail(ticket.number)
            for happening in self._happenings(ticket):
                trail.add(happening)
            trail.write(out)
            latest_us = max(latest_us, ticket.snapshots[-1].at_us, *(one.at_us for one in trail.happenings))
            self._describe(ticket, out)
        return latest_us

    def _happenings(self, ticket: Ticket) -> Iterator[Happening]:
        changed = ticket.changes or list(self._changed(ticket))
        yield from self._created(ticket)
        yield from (one for one in changed if one.kind == "assigned")
        yield from ticket.said
        yield from (one for one in changed if one.kind != "assigned" and (one.status or one.kind == "cancelled"))
        yield from self._ended(ticket, solved=any(one.status == "resolved" for one in changed))

    def _created(self, ticket: Ticket) -> Iterator[Happening]:
        first = ticket.snapshots[0]
        row = first.row
        opened_us = self.opened_us(row)
        assert opened_us is not None
        channel = _channel(row)
        opener = row.get("opened_by") or row.get("sys_created_by") or ""
        by_caller = not opener or not row.get("caller_id") or self._same(opener, row["caller_id"])
        by = "customer" if by_caller or channel in ("email", "form", "chat") else "agent"
        told = ticket.is_alone or first.at_us <= opened_us
        yield Happening(
            opened_us, "created", by, first.record, public=True, channel=channel,
            actor=(row.get("caller_id") if by == "customer" else opener) or None,
            status="new" if ticket.is_alone or not told else state_of(row.get("state", ""), ticket.number),
            team=(row.get("assignment_group") or None) if told else None,
            assignee=(row.get("assigned_to") or None) if told else None,
        )  # fmt: skip

    def _changed(self, ticket: Ticket) -> Iterator[Happening]:
        """What differs between one state of the row and the next."""
        before: Row = {}
        for place, snapshot in enumerate(ticket.snapshots):
            row = snapshot.row
            if not ticket.is_alone:
                yield from self._difference(ticket, snapshot, before, first=place == 0)
            before = row

    def _difference(self, ticket: Ticket, now: Snapshot, before: Row, *, first: bool) -> Iterator[Happening]:
        row, actor = now.row, now.row.get("sys_updated_by") or None
        if first and now.at_us <= (self.opened_us(row) or 0):
            return
        by = self._by(actor, row) if actor else "agent"
        holders = [row.get(name, "") for name in ("assigned_to", "assignment_group")]
        if holders != [before.get(name, "") for name in ("assigned_to", "assignment_group")]:
            happening = Happening(now.at_us, "assigned", by, now.record, actor=actor)
            happening.assignee, happening.team = holders[0] or None, holders[1] or None
            yield happening
        states = [one.get("state", "") + one.get("hold_reason", "") for one in (before, row)]
        if states[0] != states[1]:
            happening = Happening(now.at_us, "status", by, now.record, actor=actor, activity=row.get("state") or None)
            _set_state(happening, row.get("state", ""), ticket.number, row.get("hold_reason", ""))
            yield happening

    def _ended(self, ticket: Ticket, *, solved: bool) -> Iterator[Happening]:
        """The end by its own dates, where no trail tells it."""
        last = ticket.snapshots[-1]
        state = state_of(last.row.get("state", ""), ticket.number, last.row.get("hold_reason", ""))
        resolved_us, closed_us = (self.dates.us(last.row.get(name, "")) for name in ("resolved_at", "closed_at"))
        if state == "cancelled":
            if ticket.is_alone:
                label = last.row.get("state")
                yield Happening(closed_us or last.at_us, "cancelled", "agent", last.record, activity=label)
            return
        if resolved_us is not None and not solved and state in (None, "resolved", "closed"):
            yield Happening(resolved_us, "status", "agent", last.record, status="resolved")
            solved = True
        if not ticket.is_alone:
            return
        if closed_us is not None and state in (None, "closed"):
            yield Happening(closed_us, "status", "system", last.record, status="closed")
        elif state not in (None, "new") and not (state == "resolved" and solved):
            yield Happening(last.at_us, "status", "system", last.record, status=state)

    def _describe(self, ticket: Ticket, out: LogBuilder) -> None:
        row = ticket.latest
        opened_us = self.opened_us(row)
        out.request(
            ticket.number,
            customer=self.users.get(row.get("caller_id", ""), row.get("caller_id")) or None,
            subject=row.get("short_description") or None, channel=_channel(row), category=row.get("category") or None,
            priority=row.get("priority") or None, opened_at=None if opened_us is None else from_us(opened_us),
            attributes={name: row[name] for name in ATTRIBUTES if row.get(name)},
        )  # fmt: skip


def _set_state(happening: Happening, label: str, number: str, hold_reason: str) -> None:
    state = state_of(label, number, hold_reason)
    happening.kind, happening.activity = "status", label or None
    if state == "cancelled":
        happening.kind = "cancelled"
    else:
        happening.status = state


def _channel(row: Row) -> str | None:
    told = row.get("contact_type", "").lower()
    return CHANNELS.get(told, told) or None


def _letters(name: str) -> str:
    return re.sub(r"[\W_\d]+", " ", name.casefold()).strip()
