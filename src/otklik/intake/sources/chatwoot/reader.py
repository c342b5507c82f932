"""Chatwoot: conversations and messages as its interface gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, member, objects, text
from otklik.intake.json_records import JsonRecord, read_records, shape_of
from otklik.intake.source import Input, ReadOptions, Recognition
from otklik.intake.sources.chatwoot.conversations import Conversation, Conversations, Message, message_of
from otklik.intake.trails import complete_until
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

ENOUGH: Final = 0.9
"""Share of conversations that must have a thing before the source is said to know it."""
LISTS = ("data", "payload", "conversations", "messages")
SHAPES: Mapping[str, tuple[str, ...]] = {
    "conversations": ("data.payload[].messages", "data.payload[].meta"),
    "conversations ": ("payload[].messages", "payload[].meta"),
    "conversations with messages": ("conversations[].messages[].message_type",),
    "bare conversations": ("inbox_id", "messages[].message_type"),
    "bare conversations ": ("meta.sender", "meta.channel", "messages"),
}
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "messages": ("payload[].message_type", "payload[].conversation_id"),
    "messages ": ("messages[].message_type", "messages[].conversation_id"),
    "bare messages": ("message_type", "conversation_id"),
}
Place = tuple[str, int]


class Chatwoot:
    """Reads saved pages of conversations and of messages."""

    name = "chatwoot"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim conversations, and with them pages of messages."""
        if not any(shape_of(item.head, SHAPES) for item in inputs):
            return None
        mine = tuple(item for item in inputs if shape_of(item.head, {**SHAPES, **COMPANIONS}))
        return Recognition(mine, 0.9, N_("The keys are those of Chatwoot conversations."))

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read all pages first, as messages may come before their conversation; then write them one by one."""
        pages = _Pages(Conversations(), out)
        for done, item in enumerate(inputs):
            options.progress(N_("Reading Chatwoot"), done, len(inputs))

            def set_aside(row: int, reason: str, raw: str, file: str = item.name) -> None:
                out.record()
                out.quarantine(file, row, reason, raw=raw)

            for record in read_records(item, LISTS, set_aside, marks=("id", "uuid")):
                pages.take(record, item.name)
        pages.join()
        can = _abilities(pages.all, out)
        mode = "events" if Can.status in can else "messages" if Can.messages in can else "dates"
        return SourceFacts(out.source, mode, can, complete_until(pages.all.write(out)), reader=self.name)


@dataclass
class _Pages:
    """Sorts records into conversations; messages that came before theirs wait."""

    all: Conversations
    out: LogBuilder
    loose: list[tuple[str, Message, Place]] = field(default_factory=list)

    def take(self, record: JsonRecord, file: str) -> None:
        value, place = record.value, (file, record.row)
        if "message_type" in value:
            self._message(value, text(value.get("conversation_id")), place)
        elif "messages" in value or "inbox_id" in value:
            self._conversation(value, place)

    def join(self) -> None:
        """Give messages to their conversations; set aside those of conversations not here."""
        for number, message, (file, row) in self.loose:
            conversation = self.all.by_number.get(number)
            if conversation is None:
                self.out.quarantine(file, row, "no-request", f"conversation {number}", record=message.record)
            else:
                conversation.messages.append(message)
        for conversation in self.all.by_number.values():
            conversation.messages = list({(m.number, m.at_us): m for m in conversation.messages}.values())

    def _conversation(self, value: Mapping[str, Any], place: Place) -> None:
        record, number = self.out.record(), text(value.get("id"))
        created_us = instant_us(value.get("created_at"))
        if number is None or created_us is None:
            reason = "no-id" if number is None else "bad-date" if value.get("created_at") else "no-date"
            self.out.quarantine(*place, reason, raw=str(dict(value))[:2000])
            return
        known = self.all.by_number.get(number)
        kept = {name: told for name, told in value.items() if name != "messages"}
        conversation = Conversation(number, kept, created_us, [*(known.records if known else ()), record])
        conversation.messages = known.messages if known else []
        self.all.by_number[number] = conversation
        if team := text(member(value, "meta", "team", "name")):
            self.all.teams.add(team)
        for message in objects(value.get("messages")):
            self._message(message, number, place)

    def _message(self, value: Mapping[str, Any], number: str | None, place: Place) -> None:
        record, at_us = self.out.record(), instant_us(value.get("created_at"))
        if number is None or at_us is None:
            reason = "no-id" if number is None else "bad-date" if value.get("created_at") else "no-date"
            self.out.quarantine(*place, reason, raw=str(dict(value))[:2000])
            return
        self.loose.append((number, message_of(value, at_us, record), place))


def _abilities(every: Conversations, out: LogBuilder) -> Can:
    """Messages where they reach back to the beginning; the trail where its sentences could be read."""
    conversations = list(every.by_number.values())
    of = len(conversations)
    whole = sum(one.is_whole for one in conversations)
    if not of or whole < ENOUGH * of:
        if whole < of:
            reason = N_(
                "Only %(told)s of %(of)s conversations have all their messages here; lists hold the last one only."
            )
            out.guess("messages", "no", reason, told=str(whole), of=str(of))
        return Can.first_reply if any("first_reply_created_at" in one.value for one in conversations) else Can(0)
    can = Can.messages | Can.first_reply | Can.acknowledgement
    read = sum(every.tells_end(one) for one in conversations)
    if read >= ENOUGH * of:
        return can | Can.status | Can.resolution | Can.assignee | Can.team
    reason = N_("The activity sentences of %(told)s conversations could not be read: English and Russian are known.")
    out.guess("activities", "no", reason, told=str(of - read))
    return can
