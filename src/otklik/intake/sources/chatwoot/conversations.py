"""Chatwoot conversations with their messages, collected from pages in any order, and written as trails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, member, text
from otklik.intake.sources.chatwoot.activities import MACHINES, Activity, read_activity
from otklik.intake.trails import UNSAID, Happening, Trail

TYPES: Final = ("incoming", "outgoing", "activity", "template")
STATUSES: Final = {"open": "open", "pending": "open", "snoozed": "waiting_customer", "resolved": "resolved"}
CHANNELS: Final = {
    "webwidget": "chat", "email": "email", "whatsapp": "messenger", "telegram": "messenger",
    "facebookpage": "messenger",
    "instagram": "messenger", "line": "messenger", "tiktok": "messenger", "twitterprofile": "social", "api": "api",
    "sms": "sms", "twiliosms": "sms", "voice": "phone",
}  # fmt: skip
OPENING_US: Final = 60_000_000
"""A conversation begins with its first message; a later first message is not the first."""


@dataclass(slots=True)
class Message:
    """One message of any type. `sender` contact, user, bot or ''."""

    at_us: int
    number: int
    type: str
    sender: str
    name: str | None
    private: bool
    machine: bool
    """Sent by an automation, or an automatic answer of the customer's own mailbox."""
    content: str
    rating: str | None
    record: int


@dataclass(slots=True)
class Conversation:
    """A conversation as it stood at the export."""

    number: str
    value: Mapping[str, Any]
    created_us: int
    records: list[int]
    messages: list[Message] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the messages reach back to the beginning; lists of conversations hold the last message only."""
        first = min((one.at_us for one in self.messages), default=None)
        return first is not None and first <= self.created_us + OPENING_US


def message_of(value: Mapping[str, Any], at_us: int, record: int) -> Message:
    """Read a message; types come as numbers or words, senders as an object or a class name."""
    told = value.get("message_type")
    kind = TYPES[told] if isinstance(told, int) and 0 <= told < len(TYPES) else str(told)
    sender = (text(member(value, "sender", "type")) or text(value.get("sender_type")) or "").lower()
    sender = "bot" if "bot" in sender or "captain" in sender else sender
    attributes = value.get("content_attributes")
    machine = bool(member(attributes, "automation_rule_id")) or bool(member(attributes, "email", "auto_reply"))
    machine = machine or bool(member(value, "additional_attributes", "campaign_id"))
    rating = text(member(attributes, "submitted_values", "csat_survey_response", "rating"))
    number = text(value.get("id")) or "0"
    return Message(
        at_us, int(number) if number.isdecimal() else 0, kind, sender, text(member(value, "sender", "name")),
        value.get("private") is True or text(value.get("status")) == "failed", machine,
        (text(value.get("content")) or "")[:300], rating, record,
    )  # fmt: skip


@dataclass
class Conversations:
    """All conversations by number, and the names of teams, which sentences do not tell from people."""

    by_number: dict[str, Conversation] = field(default_factory=dict)
    teams: set[str] = field(default_factory=set)

    def activity(self, message: Message) -> Activity | None:
        """The change of state or hands that a message speaks of."""
        return read_activity(message.content, self.teams) if message.type == "activity" else None

    def tells_end(self, one: Conversation) -> bool:
        """Whether the sentences of a conversation lead to the state it is in."""
        states = [
            activity.status for message in one.messages if (activity := self.activity(message)) and activity.status
        ]
        return (text(one.value.get("status")) != "resolved") or (bool(states) and states[-1] == "resolved")

    def write(self, out: LogBuilder) -> int:
        """Write every conversation; return the youngest trace of work."""
        latest_us = 0
        for one in self.by_number.values():
            one.messages.sort(key=lambda message: (message.at_us, message.number))
            trail = Trail(one.number)
            for happening in self._happenings(one, trail):
                trail.add(happening)
            trail.write(out)
            latest_us = max(latest_us, _last_us(one) or 0, *(happening.at_us for happening in trail.happenings))
            _describe(one, out)
        return latest_us

    def _happenings(self, one: Conversation, trail: Trail) -> Iterator[Happening]:
        spoken = [message for message in one.messages if message.type == "incoming" or message.sender]
        first = spoken[0] if spoken and one.is_whole and spoken[0].at_us <= one.created_us + OPENING_US else None
        self._hold_from_start(one, trail)
        by = _by(first) if first else "customer"
        for record in reversed(one.records):
            yield Happening(
                one.created_us, "created", by, record, actor=first.name if first else _contact(one),
                public=not first.private if first else True, channel=_channel(one), status="new",
            )  # fmt: skip
        for message in one.messages:
            if message.type == "activity":
                yield from self._changed(message)
            elif message is not first:
                yield from _said(message, one)
        yield from self._found(one)

    def _hold_from_start(self, one: Conversation, trail: Trail) -> None:
        """Where no sentence speaks of hands, whoever holds it now held it all along."""
        told = [activity for message in one.messages if (activity := self.activity(message))]
        if all(activity.assignee is None for activity in told):
            trail.assignee = text(member(one.value, "meta", "assignee", "name"))
        if all(activity.team is None for activity in told):
            trail.team = text(member(one.value, "meta", "team", "name"))

    def _changed(self, message: Message) -> Iterator[Happening]:
        change = self.activity(message)
        if change is None:
            return
        who = change.who
        by = "agent" if who and who.lower() not in MACHINES else "system"
        happening = Happening(
            message.at_us, "status" if change.status else "assigned", by, message.record,
            actor=who if by == "agent" else None, status=change.status, key=str(message.number),
        )  # fmt: skip
        happening.assignee = UNSAID if change.assignee is None else change.assignee or None
        happening.team = UNSAID if change.team is None else change.team or None
        yield happening

    def _found(self, one: Conversation) -> Iterator[Happening]:
        """What only the conversation itself tells: the first reply, the state it was found in."""
        first_us = instant_us(one.value.get("first_reply_created_at"))
        if not one.is_whole and first_us is not None and first_us >= one.created_us:
            yield Happening(first_us, "message", "agent", one.records[-1], public=True, channel=_channel(one))
        status = STATUSES.get(text(one.value.get("status")) or "")
        told = [activity.status for message in one.messages if (activity := self.activity(message)) and activity.status]
        at_us = _last_us(one)
        if status and at_us is not None and status != (told[-1] if told else None) and (told or status != "open"):
            yield Happening(at_us, "status", "system", one.records[-1], status=status)


def _by(message: Message) -> str:
    if message.type == "incoming":
        return "customer"
    if message.sender == "bot":
        return "bot"
    return "rule" if message.machine or message.type == "template" or message.sender == "" else "agent"


def _said(message: Message, one: Conversation) -> Iterator[Happening]:
    """A message; the customer's mailbox answering by itself is a note, as nobody wrote."""
    by, kind, public = _by(message), "note" if message.private else "message", not message.private
    if by == "customer" and message.machine:
        by, kind = "rule", "note"
    yield Happening(
        message.at_us, kind, by, message.record, actor=message.name, public=public, channel=_channel(one),
        key=str(message.number),
    )  # fmt: skip
    if message.rating:
        yield Happening(message.at_us, "rated", "customer", message.record, activity=message.rating)


def _last_us(one: Conversation) -> int | None:
    for name in ("last_activity_at", "timestamp", "updated_at", "created_at"):
        if (at_us := instant_us(one.value.get(name))) is not None:
            return at_us
    return None


def _channel(one: Conversation) -> str | None:
    told = (text(member(one.value, "meta", "channel")) or text(one.value.get("channel")) or "").lower()
    name = told.removeprefix("channel::")
    return CHANNELS.get(name, name) or None


def _contact(one: Conversation) -> str | None:
    return text(member(one.value, "meta", "sender", "name"))


def _describe(one: Conversation, out: LogBuilder) -> None:
    labels = one.value.get("labels")
    names = [name for label in labels if (name := text(label))] if isinstance(labels, list) else []
    attributes = {"inbox": text(one.value.get("inbox_id")), "labels": ", ".join(names)}
    out.request(
        one.number,
        customer=text(member(one.value, "meta", "sender", "id")) or _contact(one), channel=_channel(one),
        subject=text(member(one.value, "additional_attributes", "mail_subject")), category=names[0] if names else None,
        priority=text(one.value.get("priority")),
        language=text(member(one.value, "additional_attributes", "browser_language")),
        opened_at=from_us(one.created_us), attributes={name: told for name, told in attributes.items() if told},
    )  # fmt: skip
