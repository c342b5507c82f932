"""Which tables belong together: parts of one export (same headings), or requests and their messages or changes."""

from collections.abc import Sequence
from typing import NamedTuple

from otklik.intake.source import Input
from otklik.intake.sources.table.dialect import sniff
from otklik.intake.sources.table.encoding import detect_encoding
from otklik.intake.sources.table.kinds import kind_of
from otklik.intake.sources.table.vocabulary import headings, words


class Family(NamedTuple):
    """Files to read as one source."""

    inputs: tuple[Input, ...]
    kind: str


def looks_like_table(item: Input) -> bool:
    """Say whether a file may be a table: a workbook, Parquet, JSON, or text in at least one column."""
    kind = kind_of(item)
    return kind != "none" and not (kind == "text" and _is_markup(item.head))


def _is_markup(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    return start.startswith((b"<?xml", b"<!doctype", b"<html", b"<log", b"from ", b"return-path:", b"received:"))


def family_of(tables: Sequence[Input]) -> Family:
    """The first table, every other with the same headings, and those that tell more of its requests."""
    first = tables[0]
    kind = kind_of(first)
    names = _headings(first)
    same = [item for item in tables[1:] if names and _headings(item) == names]
    roles = _roles(names)
    more = []
    if names and "request" in roles and _tells_requests(roles):
        more = [item for item in tables[1:] if item not in same and _tells_more(_roles(_headings(item)))]
    return Family((first, *same, *more), kind)


def _headings(item: Input) -> tuple[str, ...]:
    """Headings as plain words; empty where the head does not show them."""
    if kind_of(item) != "text":
        return ()
    encoding = detect_encoding(item.head).name
    text = item.head.decode(encoding, "replace").lstrip("\ufeff")
    lines = text[: text.rfind("\n") + 1] or text
    dialect = sniff(lines)
    return tuple(words(name) for name in dialect.names) if dialect.has_header else ()


def _roles(names: Sequence[str]) -> set[str]:
    return {role for role, (_, phrases) in headings().items() if any(name in phrases for name in names)}


def _tells_requests(roles: set[str]) -> bool:
    return bool(roles & {"created"}) and bool(roles & {"closed", "resolved", "status"})


def _tells_more(roles: set[str]) -> bool:
    """A table of messages or of changes, whose rows name a request."""
    is_change = {"field", "new_value"} <= roles
    is_message = "text" in roles and bool(roles & {"by", "public", "actor"})
    return "request" in roles and bool(roles & {"at", "created"}) and (is_change or is_message)
