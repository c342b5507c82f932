"""Reads /var/log/asterisk/queue_log: calls in queues; a line is time|call|queue|agent|event|details."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from otklik.base.text import N_
from otklik.base.units import US
from otklik.intake.building import LogBuilder
from otklik.intake.source import UNTOLD, Input, ReadOptions, Recognition
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

LINE_CHARACTERS: Final = 10_000
_LINE = re.compile(rb"^\d{9,11}(?:\.\d+)?\|[^|\r\n]*\|[^|\r\n]*\|[^|\r\n]*\|[A-Z]{2,30}(?:\||\r?$)", re.MULTILINE)
_INSTANT = re.compile(r"(\d{9,11})(?:\.(\d{1,6})\d*)?")
_NO_CALL: Final = frozenset({"NONE", "REALTIME", "MANAGER", ""})

_ENTERED: Final = "ENTERQUEUE"
_LEFT: Final = frozenset({"EXITWITHTIMEOUT", "EXITEMPTY", "EXITWITHKEY", "AGENTDUMP", "SYSCOMPAT"})
_SERVED: Final = {"COMPLETEAGENT": "agent", "COMPLETECALLER": "customer"}
_PASSED_ON: Final = frozenset({"TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER"})
_UNHEARD: Final = frozenset({"RINGNOANSWER", "RINGCANCELED"})
_OF_CALLS: Final = frozenset({_ENTERED, "CONNECT", "ABANDON", *_LEFT, *_SERVED, *_PASSED_ON, *_UNHEARD})
_WAITED: Final = {"CONNECT": 0, "ABANDON": 2, "EXITWITHTIMEOUT": 2, "COMPLETEAGENT": 0, "COMPLETECALLER": 0}
"""Which detail says how many seconds the caller had waited."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line about one call."""

    at_us: int
    call: str
    queue: str
    agent: str | None
    event: str
    details: tuple[str, ...]
    record: int
    key: str


class QueueLog:
    """Calls of Asterisk queues."""

    name = "queue_log"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim texts whose lines are a Unix time and five or more fields between bars."""
        mine = tuple(item for item in inputs if _LINE.match(item.head))
        return Recognition(mine, 0.95, N_("Its lines are those of Asterisk's queue_log.")) if mine else None

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every call; a line that is cut off goes to quarantine."""
        calls: dict[str, list[_Line]] = defaultdict(list)
        for item in inputs:
            for line in _lines(item, out):
                calls[line.call].append(line)
            options.progress(N_("Reading calls"), out.records, None)
        for call, lines in calls.items():
            lines.sort(key=lambda line: (line.at_us, line.record))
            _write(call, lines, out)
        can = Can.messages | Can.first_reply | Can.acknowledgement
        can |= Can.resolution | Can.status | Can.assignee | Can.team
        return SourceFacts(out.source, "events", can, UNTOLD, time_zone="UTC")


def _lines(item: Input, out: LogBuilder) -> Iterator[_Line]:
    """Give the lines about calls; log-ins, pauses and reloads concern no caller."""
    seen: Counter[tuple[str, ...]] = Counter()
    with item.open() as stream, io.TextIOWrapper(stream, encoding="utf-8", errors="replace") as text:
        for row, line in enumerate(iter(lambda: text.readline(LINE_CHARACTERS), ""), start=1):
            parts = line.rstrip("\r\n").split("|")
            if (len(parts) >= 5 and (parts[1] in _NO_CALL or parts[4] not in _OF_CALLS)) or not line.strip():
                continue
            record = out.record()
            at = _INSTANT.fullmatch(parts[0])
            if len(parts) < 5 or at is None:
                out.quarantine(item.name, row, "ragged-row" if len(parts) < 5 else "bad-date", parts[0], line)
                continue
            at_us = int(at[1]) * US + int((at[2] or "0").ljust(6, "0"))
            place = (parts[0], parts[1], parts[3], parts[4])
            seen[place] += 1
            agent = None if parts[3] in _NO_CALL else parts[3]
            key = f"{parts[4]}-{seen[place]}"
            yield _Line(at_us, parts[1], parts[2], agent, parts[4], tuple(parts[5:]), record, key)


def _write(call: str, lines: Sequence[_Line], out: LogBuilder) -> None:
    first, last = lines[0], lines[-1]
    caller = next((line.details[1] for line in lines if line.event == _ENTERED and len(line.details) > 1), "")
    out.request(call, customer=caller or None, channel="phone", category=first.queue)
    if first.event != _ENTERED:
        at_us = first.at_us - _waited_us(first)
        _event(out, first, "created", "customer", at_us=at_us, key="before the log", status="new", actor=caller or None)
    for line in lines:
        _tell(out, line, caller or None, line is first, line is last)


def _waited_us(line: _Line) -> int:
    place = _WAITED.get(line.event)
    told = line.details[place] if place is not None and place < len(line.details) else ""
    return int(told) * US if told.isdecimal() and len(told) < 7 else 0


def _tell(out: LogBuilder, line: _Line, caller: str | None, is_first: bool, is_last: bool) -> None:
    """Write one line as an event."""
    event, agent = line.event, line.agent
    if event == _ENTERED:
        kind = "created" if is_first else "message"
        _event(out, line, kind, "customer", actor=caller, status="new" if is_first else "open")
    elif event == "CONNECT":
        _event(out, line, "message", "agent", actor=agent, assignee=agent, status="open")
    elif event == "ABANDON":
        _event(out, line, "cancelled", "customer", actor=caller)
    elif event in _SERVED:
        by = _SERVED[event]
        _event(out, line, "status", by, actor=agent if by == "agent" else caller, assignee=agent, status="closed")
    elif event in _PASSED_ON:
        to = line.details[0] if line.details and line.details[0] else None
        _event(out, line, "assigned", "agent", actor=agent, assignee=to, status="closed" if is_last else None)
    elif event in _LEFT and is_last:
        _event(out, line, "status", "system", status="closed")
    else:
        _event(out, line, "note", "system", actor=agent)


def _event(
    out: LogBuilder,
    line: _Line,
    kind: str,
    by: str,
    *,
    at_us: int | None = None,
    key: str | None = None,
    actor: str | None = None,
    assignee: str | None = None,
    status: str | None = None,
) -> None:
    out.event(
        line.call, line.at_us if at_us is None else at_us, kind, by,
        actor=actor, team=line.queue, assignee=assignee, public=kind in ("created", "message"), channel="phone",
        status=status, activity=line.event, key=key or line.key, record=line.record,
    )  # fmt: skip
