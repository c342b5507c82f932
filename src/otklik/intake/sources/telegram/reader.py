"""Reads Telegram: result.json of the Desktop app (one chat, or all), and updates as the Bot API gives them."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.chats import Chat, Saying, mark_machines, mark_our_side, write_chats
from otklik.intake.json_fields import instant_us, member, text
from otklik.intake.json_records import key_paths, read_records
from otklik.intake.source import UNTOLD, Input, ReadOptions, Recognition
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

_MESSAGES: Final = ("messages", "result", "list")
_WHOLE: Final = ("chats", "left_chats")
_MARKS: Final = ("message_id", "update_id", "date_unixtime", "from_id", "actor_id")
_UPDATE_KINDS: Final = ("message", "channel_post", "business_message")
_PRIVATE: Final = frozenset({"personal_chat", "private"})
_WITHOUT_CUSTOMERS: Final = frozenset(
    {"saved_messages", "replies", "verification_codes", "bot_chat", "public_channel", "private_channel", "channel"}
)
_OWNER = re.compile(rb'"personal_information"\s*:\s*\{\s*"user_id"\s*:\s*(\d{1,20})')


class Telegram:
    """Chats of Telegram: each is cut into requests where it was silent."""

    name = "telegram"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim exports of the Desktop app and updates of the Bot API."""
        mine = tuple(item for item in inputs if _is_telegram(item.head))
        return Recognition(mine, 0.95, N_("It holds messages as Telegram exports them.")) if mine else None

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every chat; raise BrokenJson for a file that ends in the middle."""
        gathering = _Gathering(options, out)
        for item in inputs:
            gathering.read(item)
            options.progress(N_("Reading messages"), out.records, None)
        chats = [chat for chat in gathering.chats.values() if chat.sayings]
        mark_our_side(chats, options, out, gathering.owner)
        mark_machines(chats, out)
        write_chats(chats, "messenger", options, out)
        gathering.note_zone()
        can = Can.messages | Can.first_reply | Can.acknowledgement
        return SourceFacts(out.source, "messages", can, UNTOLD, time_zone=options.time_zone)


def _is_telegram(head: bytes) -> bool:
    paths = {path.replace("[]", "") for path in key_paths(head)}
    if "update_id" in paths or "result.update_id" in paths or paths == {"ok", "result"}:
        return True
    return any(path.endswith(("messages.from_id", "messages.date_unixtime", "messages.actor_id")) for path in paths)


class _Gathering:
    """The chats met so far."""

    def __init__(self, options: ReadOptions, out: LogBuilder) -> None:
        self.chats: dict[str, Chat] = {}
        self.owner: str | None = None
        self._zone = ZoneInfo(options.time_zone or "UTC")
        self._told_zone = options.time_zone is not None
        self._out = out
        self._without_zone = 0

    def read(self, item: Input) -> None:
        """Read one file."""
        owner = _OWNER.search(item.head)
        self.owner = f"user{owner.group(1).decode()}" if owner else self.owner

        def bad(row: int, reason: str, raw: str) -> None:
            self._out.record()
            self._out.quarantine(item.name, row, reason, raw=raw)

        for record in read_records(item, _MESSAGES, bad, marks=_MARKS, nested=_WHOLE):
            value = record.value
            update = next((value[kind] for kind in _UPDATE_KINDS if isinstance(value.get(kind), dict)), None)
            if update is not None:
                self._update(update, item.name, record.row)
            elif record.under == "messages":
                self._exported(value, record.page, item.name, record.row)

    def note_zone(self) -> None:
        """Say which zone was taken for times that do not tell it."""
        if self._without_zone and not self._told_zone:
            reason = N_("%(n)s times do not say their zone; they are read as UTC. --tz says otherwise.")
            self._out.guess("time_zone", "UTC", reason, n=str(self._without_zone))

    def _exported(self, value: Mapping[str, Any], page: Mapping[str, Any], file: str, row: int) -> None:
        """Take one message of the Desktop app's export; service lines (joined, pinned, called) are none."""
        if value.get("type") != "message" or page.get("type") in _WITHOUT_CUSTOMERS:
            return
        record = self._out.record()
        told = value.get("date_unixtime")
        at_us = instant_us(told) if told is not None else instant_us(value.get("date"), self._zone)
        self._without_zone += told is None
        who = text(value.get("from_id")) or text(value.get("from"))
        name = text(value.get("from")) or ""
        if not self._complete(at_us, who, text(value.get("id")), file, row, value):
            return
        id_ = text(page.get("id")) or text(page.get("name")) or file
        chat = self._chat(id_, text(page.get("name")), text(page.get("type")), f"user{id_}")
        self._say(chat, at_us, who, name, value, str(value["id"]), record, _is_bot(name))

    def _update(self, value: Mapping[str, Any], file: str, row: int) -> None:
        """Take one message that a bot was sent or saw."""
        record = self._out.record()
        sender = value.get("from") if isinstance(value.get("from"), dict) else value.get("sender_chat")
        id_ = text(member(value, "chat", "id"))
        who = text(member(sender, "id"))
        at_us = instant_us(value.get("date"))
        if not self._complete(at_us, who and id_, text(value.get("message_id")), file, row, value):
            return
        words = (text(member(sender, part)) for part in ("first_name", "last_name"))
        name = " ".join(word for word in words if word) or text(member(sender, "username")) or ""
        title = text(member(value, "chat", "title")) or text(member(value, "chat", "username"))
        chat = self._chat(str(id_), title, text(member(value, "chat", "type")), str(id_))
        self._say(chat, at_us, who, name, value, str(value["message_id"]), record, member(sender, "is_bot") is True)

    def _complete(
        self, at_us: int | None, who: str | None, key: str | None, file: str, row: int, value: Mapping[str, Any]
    ) -> bool:
        if at_us is not None and who and key:
            return True
        reason = "no-id" if who is None or key is None else "no-date" if value.get("date") is None else "bad-date"
        self._out.quarantine(file, row, reason, raw=json.dumps(value, ensure_ascii=False)[:2000])
        return False

    def _chat(self, id_: str, title: str | None, kind: str | None, peer: str) -> Chat:
        return self.chats.setdefault(id_, Chat(id_, title, [], peer if kind in _PRIVATE else None))

    def _say(
        self, chat: Chat, at_us: int | None, who: str | None, name: str, value: Mapping[str, Any], key: str,
        record: int, bot: bool,
    ) -> None:  # fmt: skip
        words = text(value.get("text")) or text(value.get("caption")) or _joined(value.get("text"))
        chat.sayings.append(Saying(at_us or 0, who or "", name, words, key, record, bot=bot))


def _joined(parts: object) -> str:
    """Formatted text comes as a list of words and of objects with words."""
    if not isinstance(parts, list):
        return ""
    return "".join(part if isinstance(part, str) else text(member(part, "text")) or "" for part in parts)


def _is_bot(name: str) -> bool:
    return name.lower().endswith("bot")
