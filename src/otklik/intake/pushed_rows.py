"""One row that a program sent, against the contract: an event, a description, or the reason why it is neither."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from otklik.base.units import to_us
from otklik.intake.checks import EARLIEST_US, LATEST_US
from otklik.schemas.events import EVENTS, REQUESTS, By, Kind, Status

LONGEST_ID: Final = 300
LONGEST_TEXT: Final = 4_000
MOST_ATTRIBUTES: Final = 100
MOST_SEQ: Final = 2**31 - 1
_EVENT_TEXTS: Final = ("actor", "team", "assignee", "channel", "activity")
_DESCRIBING: Final = ("customer", "subject", "category", "priority", "segment", "language")
KNOWN: Final = frozenset((*EVENTS.names, *REQUESTS.names))
"""Every name a row may hold."""


@dataclass(frozen=True)
class Broken:
    """Why a row cannot be taken; `reason` is a code of the quarantine."""

    reason: str
    detail: str
    raw: str | None = None


@dataclass(frozen=True)
class Row:
    """A row that holds to the contract."""

    request: str
    event: dict[str, Any] | None
    told: dict[str, Any]
    attributes: dict[str, str] = field(default_factory=dict)


class _Wrong(Exception):
    """The first thing found wrong."""


def row_of(given: Mapping[str, Any], source: str) -> Row | Broken:
    """Read a row; text, truth and number are taken as what they are and never converted."""
    try:
        return _row(given, source)
    except _Wrong as wrong:
        reason, detail = wrong.args
        return Broken(reason, detail, _raw(given))


def _row(given: Mapping[str, Any], source: str) -> Row:
    if unknown := sorted(str(name) for name in given if name not in KNOWN):
        raise _Wrong("unreadable-record", f"unknown: {', '.join(unknown)[:200]}")
    request = _text(given, "request", LONGEST_ID)
    if request is None:
        raise _Wrong("no-id", "request is missing")
    if (named := _text(given, "source", LONGEST_ID)) not in (None, source):
        raise _Wrong("unreadable-record", f"source is {named}, this push is for {source}")
    told: dict[str, Any] = {name: value for name in _DESCRIBING if (value := _text(given, name)) is not None}
    if given.get("opened_at") is not None:
        told["opened_at"] = _instant_us(given["opened_at"], "opened_at")
    attributes = _attributes(given.get("attributes"))
    if given.get("at") is None and given.get("kind") is None:
        if (channel := _text(given, "channel")) is not None:
            told["channel"] = channel
        return Row(request, None, told, attributes)
    event = _event(given, source, request)
    if event["kind"] == Kind.created.name:
        told = {"opened_at": event["at"], "channel": event["channel"], **told}
    return Row(request, event, {name: value for name, value in told.items() if value is not None}, attributes)


def _event(given: Mapping[str, Any], source: str, request: str) -> dict[str, Any]:
    if given.get("at") is None:
        raise _Wrong("no-date", "at is missing")
    return {
        "source": source,
        "request": request,
        "at": _instant_us(given["at"], "at"),
        "seq": _seq(given.get("seq")),
        "kind": _one_of(given, "kind", Kind),
        "by": _one_of(given, "by", By),
        "public": _truth(given.get("public")),
        "status": _one_of(given, "status", Status) if given.get("status") is not None else None,
        **{name: _text(given, name) for name in _EVENT_TEXTS},
    }


def _text(given: Mapping[str, Any], name: str, longest: int = LONGEST_TEXT) -> str | None:
    value = given.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _Wrong("unreadable-record", f"{name} is no text")
    if len(value) > longest:
        raise _Wrong("unreadable-record", f"{name} is longer than {longest} characters")
    if "\0" in value or not _is_unicode(value):
        raise _Wrong("not-text", f"{name} holds what is no text")
    return value


def _is_unicode(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _instant_us(value: object, name: str) -> int:
    if not isinstance(value, str):
        raise _Wrong("bad-date", f"{name} is no text like 2026-03-02T09:00:00Z")
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise _Wrong("bad-date", f"{name} is not like 2026-03-02T09:00:00Z") from error
    if at.tzinfo is None:
        raise _Wrong("bad-date", f"{name} has no time zone; write it like 2026-03-02T09:00:00Z")
    try:
        us = to_us(at)
    except OverflowError as error:
        raise _Wrong("bad-date", f"{name} is out of range") from error
    if not EARLIEST_US <= us < LATEST_US:
        raise _Wrong("bad-date", f"{name} is out of range")
    return us


def _seq(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_SEQ:
        raise _Wrong("unreadable-record", "seq is no whole number from 0")
    return value


def _truth(value: object) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise _Wrong("unreadable-record", "public is neither true nor false")
    return value


def _one_of(given: Mapping[str, Any], name: str, known: type[Kind] | type[By] | type[Status]) -> str:
    value = given.get(name)
    if not isinstance(value, str) or value not in known.__members__:
        raise _Wrong(f"bad-{name}", f"{name} is one of {', '.join(known.__members__)}")
    return value


def _attributes(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > MOST_ATTRIBUTES:
        raise _Wrong("unreadable-record", f"attributes is an object of at most {MOST_ATTRIBUTES} texts")
    found = {}
    for name in value:
        _text({"attributes": name}, "attributes", LONGEST_ID)
        if (text := _text(value, name)) is not None:
            found[name] = text
    return found


def _raw(given: Mapping[str, Any]) -> str:
    told = json.dumps(given, ensure_ascii=False, default=str)[:2_000]
    return told.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")
