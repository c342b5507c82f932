"""Reads WhatsApp chats: `_chat.txt` of an iPhone, `WhatsApp Chat with ....txt` of Android."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import PurePath
from typing import Final
from zoneinfo import ZoneInfo

from otklik.base.text import N_
from otklik.base.units import to_us
from otklik.intake.building import LogBuilder
from otklik.intake.chats import Chat, Saying, mark_machines, mark_our_side, write_chats
from otklik.intake.source import UNTOLD, Input, ReadOptions, Recognition
from otklik.intake.sources.whatsapp.lines import LINE_CHARACTERS, Line, date_order, first_line, read_lines
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

_NAMED_AFTER: Final = re.compile(
    r"WhatsApp[ -]Chat (?:with|mit|-) (?P<en>.+)|(?:Чат WhatsApp с|Чат WhatsApp -)(?: контактом)? (?P<ru>.+)",
    re.IGNORECASE,
)


class WhatsApp:
    """Chats of WhatsApp, one a file: each is cut into requests where it was silent."""

    name = "whatsapp"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim texts whose lines begin with a date, a time and a name."""
        mine = tuple(item for item in inputs if _is_chat(item))
        return Recognition(mine, 0.85, N_("Its lines are messages as WhatsApp exports them.")) if mine else None

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every chat; a message whose date does not exist goes to quarantine."""
        zone = ZoneInfo(options.time_zone or "UTC")
        chats = []
        for item in inputs:
            chats.append(_chat(item, zone, out))
            options.progress(N_("Reading messages"), out.records, None)
        if options.time_zone is None:
            out.guess("time_zone", "UTC", N_("WhatsApp does not say the zone of its times; --tz does."))
        chats = [chat for chat in chats if chat.sayings]
        mark_our_side(chats, options, out)
        mark_machines(chats, out)
        write_chats(chats, "messenger", options, out)
        can = Can.messages | Can.first_reply | Can.acknowledgement
        return SourceFacts(out.source, "messages", can, UNTOLD, time_zone=options.time_zone)


def _is_chat(item: Input) -> bool:
    head = item.head[:8000].decode(_encoding(item), "replace")
    if head.lstrip()[:1] in ("{", "<") or "\0" in head:
        return False
    line = first_line(head)
    return line is not None and (line.sender is not None or "WhatsApp" in head)


def _encoding(item: Input) -> str:
    return "utf-16" if item.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _chat(item: Input, zone: ZoneInfo, out: LogBuilder) -> Chat:
    lines = list(read_lines(_text_lines(item)))
    order, certain = date_order(lines)
    if not certain:
        reason = N_("Every order of day and month fits %(file)s; this is the usual one.")
        out.guess("date_order", order, reason, file=item.name)
    title = _title(item.name)
    chat = Chat(title, title, [])
    places: Counter[str] = Counter()
    for line in lines:
        if line.sender is None:
            continue
        record = out.record()
        try:
            at_us = to_us(line.moment(order).replace(tzinfo=zone).astimezone(UTC))
        except (ValueError, OverflowError):
            out.quarantine(item.name, line.row, "bad-date", "-".join(line.date), line.text)
            continue
        chat.sayings.append(_saying(line, at_us, places, record))
    senders = {saying.who for saying in chat.sayings}
    chat.peer = title if title in senders and len(senders) == 2 else None
    return chat


def _saying(line: Line, at_us: int, places: Counter[str], record: int) -> Saying:
    """Number the messages of one sender and instant: WhatsApp has no ids, Android not even seconds."""
    who = line.sender or ""
    place = f"{at_us // 1_000_000}-{who}"
    places[place] += 1
    return Saying(at_us, who, who, line.text, f"{place}-{places[place]}", record)


def _text_lines(item: Input) -> Iterator[str]:
    with item.open() as stream, io.TextIOWrapper(stream, encoding=_encoding(item), errors="replace") as text:
        yield from iter(lambda: text.readline(LINE_CHARACTERS), "")


def _title(name: str) -> str:
    """Whom the chat is with, from the name that the phone gave the file or its archive."""
    for part in reversed(PurePath(name).parts):
        found = _NAMED_AFTER.search(re.sub(r"\.(?:txt|zip|gz)$", "", part))
        if found:
            return (found["en"] or found["ru"]).strip()
    return PurePath(name).stem
