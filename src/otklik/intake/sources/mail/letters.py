"""What a letter says in its headers, whatever state they are in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from itertools import islice
from typing import Final

from otklik.base.units import to_us

TEXT_CHARACTERS: Final = 4_000
_PARTS: Final = 50
_ID = re.compile(r"<([^<>\s]{1,400})>")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_REPORT = "multipart/report"
_OWN_ID = re.compile(rb"^Message-ID:[ \t]*\r?\n?[ \t]*<([^<>\s]{1,400})>", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    rb"^(?:Final|Original)-Recipient:[^;\n]*;[ \t]*<?([^\s<>@]+@[^\s<>]+)", re.IGNORECASE | re.MULTILINE
)
_FAILED = re.compile(rb"^Action:[ \t]*failed", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


_HEADER_CHARACTERS: Final = 40_000
_Headers = dict[str, list[str]]


class NoMail(ValueError):
    """These bytes are no letter; the text says why."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, understood. Addresses are in lower case."""

    id: str
    answers: tuple[str, ...]
    """Ids of earlier letters, the oldest first."""
    sender: str
    sender_name: str
    reply_to: tuple[str, ...]
    to: tuple[str, ...]
    delivered_to: tuple[str, ...]
    subject: str
    sent_us: int | None
    received_us: int | None
    headers: dict[str, str]
    """Other headers, by lower-case name, that tell machines from people."""
    content_type: str
    failed: tuple[str, ...]
    """Addresses that this letter reports as not reached."""
    text: str


_TELLING: Final = (
    "auto-submitted", "precedence", "list-id", "list-unsubscribe", "return-path", "x-autoreply", "x-autorespond",
    "x-autoreply-from", "x-auto-reply", "x-mail-autoreply", "x-auto-response-suppress", "x-failed-recipients",
    "x-ms-exchange-inbox-rules-loop", "disposition-notification-options", "feedback-id",
)  # fmt: skip


def read_letter(raw: bytes, zone: tzinfo = UTC) -> Letter:
    """Understand the bytes of one letter; dates without a zone are in `zone`. Raises NoMail."""
    try:
        message = message_from_bytes(raw)
        headers = _headers(message)
        content_type = message.get_content_type()
        text = _text(message)
    except (RecursionError, MessageError, LookupError, ValueError):
        raise NoMail("it is nested too deeply or damaged") from None
    sender_name, sender = _first(_addresses(headers, "from", "sender", "return-path"))
    if not sender:
        raise NoMail("it names no sender")
    subject = _header(headers, "subject")
    sent_us = _instant(_raw_header(headers, "date"), zone)
    ids = _ids(headers, "message-id")
    reported = _reported(raw, ids) if content_type == _REPORT else []
    return Letter(
        id=ids[0] if ids else _digest(raw),
        answers=tuple(dict.fromkeys([*_ids(headers, "references"), *_ids(headers, "in-reply-to"), *reported])),
        sender=sender,
        sender_name=sender_name,
        reply_to=_only(_addresses(headers, "reply-to")),
        to=_only(_addresses(headers, "to", "cc", "bcc", "resent-to")),
        delivered_to=_only(_addresses(headers, "delivered-to", "x-original-to", "envelope-to")),
        subject=subject,
        sent_us=sent_us,
        received_us=_received_us(headers, zone),
        headers={name: _header(headers, name) for name in _TELLING if name in headers},
        content_type=content_type,
        failed=_failed(raw) if content_type == _REPORT else (),
        text=text,
    )


def clean(text: str) -> str:
    """One line without control, bidirectional and invisible characters."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _headers(message: Message) -> _Headers:
    """Header values by lower-case name as they stand, raw 8-bit letters escaped."""
    found: _Headers = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(str(value)[:_HEADER_CHARACTERS])
    return found


def _raw_header(headers: _Headers, name: str) -> str:
    return headers.get(name, [""])[0]


def _header(headers: _Headers, name: str) -> str:
    return clean(_decoded(_raw_header(headers, name)))[:1000]


def _decoded(value: str) -> str:
    """Encoded words and raw 8-bit letters as text; what cannot be decoded stays as it is."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):  # a broken encoded word
        return _unescaped(value)
    return "".join(
        _unescaped(part) if isinstance(part, str) else _bytes_as_text(part, charset) for part, charset in parts
    )


def _bytes_as_text(part: bytes, charset: str | None) -> str:
    for encoding in (charset if charset and charset != "unknown-8bit" else None, "utf-8", "cp1251"):
        try:
            if encoding:
                return part.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return part.decode("latin-1")


def _unescaped(value: str) -> str:
    return _bytes_as_text(value.encode("utf-8", "surrogateescape"), None)


def _addresses(headers: _Headers, *names: str) -> list[tuple[str, str]]:
    values = [value for name in names for value in headers.get(name, [])[:20]]
    found = []
    for name, address in getaddresses(values) if values else []:
        plain = _ADDRESS.search(address)
        if plain:
            found.append((clean(_decoded(name)), clean(_unescaped(plain.group())).lower()))
    return found or [("", match.lower()) for value in values for match in _ADDRESS.findall(value[:2000])]


def _first(addresses: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return addresses[0] if addresses else ("", "")


def _only(addresses: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for _, address in addresses))


def _ids(headers: _Headers, name: str) -> list[str]:
    return [found for value in headers.get(name, [])[:5] for found in _ID.findall(_unescaped(value))]


def _received_us(headers: _Headers, zone: tzinfo) -> int | None:
    """When our own server took it: the topmost Received that holds a date."""
    stamps = [value.rpartition(";")[2] for value in headers.get("received", [])[:5]]
    return next((at for stamp in stamps if (at := _instant(stamp, zone)) is not None), None)


def _instant(value: str, zone: tzinfo) -> int | None:
    try:
        at = parsedate_to_datetime(" ".join(value[:200].split()))
        return to_us(at if at.tzinfo else at.replace(tzinfo=UTC if "-0000" in value else zone))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _reported(raw: bytes, own: list[str]) -> list[str]:
    """The letter that a report is about, from the copy inside it."""
    ids = [found.decode("ascii", "replace") for found in _OWN_ID.findall(raw)]
    return [one for one in ids if one not in own][:1]


def _failed(raw: bytes) -> tuple[str, ...]:
    """Whom a report of delivery calls not reached; each recipient has a paragraph of its own."""
    paragraphs = re.split(rb"\r?\n\r?\n", raw)
    found = [_RECIPIENT.findall(part) for part in paragraphs if _FAILED.search(part)]
    return tuple(dict.fromkeys(one.decode("ascii", "replace").lower() for some in found for one in some))


def _digest(raw: bytes) -> str:
    return f"{sha256(raw).hexdigest()[:24]}@without-message-id"


def _text(message: Message) -> str:
    """The beginning of the first readable part."""
    for part in islice(message.walk(), _PARTS):
        if part.get_content_maintype() == "text" and "attachment" not in str(part.get("content-disposition")):
            payload = part.get_payload(decode=True)
            text = _bytes_as_text(payload if isinstance(payload, bytes) else b"", _charset(part))
            return clean(_TAG.sub(" ", text[: 4 * TEXT_CHARACTERS]))[:TEXT_CHARACTERS]
    return ""


def _charset(part: Message) -> str | None:
    charset = part.get_content_charset()
    return charset if isinstance(charset, str) else None
