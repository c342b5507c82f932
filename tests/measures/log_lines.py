"""Logs as lines that read like the case: 'when request what by-whom details'."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa

from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, Can
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts

EVERYTHING = Can(255)
SOURCE = "desk"
WHAT: dict[str, dict[str, object]] = {
    "opened": {"kind": "created", "by": "customer", "public": True},
    "opened-silently": {"kind": "created", "by": "customer", "public": False},
    "opened-by-us": {"kind": "created", "by": "agent", "public": True},
    "opened-by-rule": {"kind": "created", "by": "rule", "public": False},
    "customer-message": {"kind": "message", "by": "customer", "public": True},
    "agent-reply": {"kind": "message", "by": "agent", "public": True},
    "auto-reply": {"kind": "message", "by": "rule", "public": True},
    "bot-reply": {"kind": "message", "by": "bot", "public": True},
    "private-message": {"kind": "message", "by": "agent", "public": False},
    "note": {"kind": "note", "by": "agent", "public": False},
    "out-of-office": {"kind": "note", "by": "rule", "public": True},
    "assigned": {"kind": "assigned", "by": "agent", "public": False},
    "step": {"kind": "step", "by": "agent", "public": False},
    "status": {"kind": "status", "by": "agent", "public": False},
    "merged": {"kind": "merged", "by": "agent", "public": False},
    "cancelled": {"kind": "cancelled", "by": "customer", "public": True},
    "deleted": {"kind": "deleted", "by": "agent", "public": False},
    "rated": {"kind": "rated", "by": "customer", "public": False},
}
"""Details follow as name=value: status=, team=, assignee=, channel=, activity=, by=; value '-' is a null."""


def read_lines(text: str) -> ServiceLog:
    """
    Read 'date time request what [name=value ...]'; 'horizon' in the place of a request ends the log, and
    'can a|b' says what the source can tell. Same-instant events keep the order of the lines.
    """
    rows: list[dict[str, object]] = []
    can, horizon = EVERYTHING, None
    for number, line in enumerate(text.strip().splitlines()):
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] == "can":
            can = Can(0)
            for name in words[1].split("|"):
                can |= Can[name]
            continue
        at = datetime.fromisoformat(f"{words[0]} {words[1]}").replace(tzinfo=UTC)
        if words[2] == "horizon":
            horizon = at
            continue
        rows.append({**_event(words[3:]), "source": SOURCE, "request": words[2], "at": at, "seq": number})
    return log_of(rows, can, horizon)


def log_of(rows: list[dict[str, object]], can: Can = EVERYTHING, horizon: datetime | None = None) -> ServiceLog:
    """A whole log of these events, sorted; the horizon is the last event if not said."""
    events = pa.Table.from_pylist([{**dict.fromkeys(EVENTS.names), **row} for row in rows], schema=EVENTS)
    events = events.sort_by([(name, "ascending") for name in ("source", "request", "at", "seq")])
    last = max((row["at"] for row in rows), default=datetime(2025, 1, 1, tzinfo=UTC))
    sources = tuple(
        SourceFacts(source, "events", can, horizon or last)  # type: ignore[arg-type]
        for source in sorted({str(row["source"]) for row in rows})
    )
    return ServiceLog(events, REQUESTS.empty_table(), sources, QUARANTINE.empty_table(), ImportCount())


def with_can(log: ServiceLog, can: Can) -> ServiceLog:
    """The same log from a source that can tell something else."""
    return replace(log, sources=tuple(replace(source, can=can) for source in log.sources))


def _event(words: list[str]) -> dict[str, object]:
    event = dict(WHAT[words[0]])
    for detail in words[1:]:
        name, _, value = detail.partition("=")
        event[name] = None if value == "-" else value
    return event
