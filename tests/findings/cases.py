"""Small logs written as text, measured, as evidence; and one larger one that is drawn at random.

A line is: request, day, time, what happened, and what else is known as name=value. What happened: `asks` (created by
the customer with the first message), `writes`, `reply`, `auto`, `bot`, `note`, a status, `assigned`, `cancelled`,
`merged`, `deleted`, `created` (by the system), or `step:Name`.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from otklik.base.units import to_us
from otklik.findings.evidence import Evidence
from otklik.intake import LogBuilder
from otklik.measures import measure_log
from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.events import EVENTS, QUARANTINE, Can, Status
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts

EVERYTHING = Can(255) & ~Can.steps
STEPS = Can.steps | Can.resolution | Can.status | Can.team | Can.assignee
OFFICE = CalendarBook(
    {"office": (Calendar("office", "UTC", {day: ((32_400, 64_800),) for day in range(5)}),)}, "office"
)
_SAYS = {
    "asks": ("created", "customer", True),
    "writes": ("message", "customer", True),
    "reply": ("message", "agent", True),
    "auto": ("message", "rule", True),
    "bot": ("message", "bot", True),
    "note": ("note", "agent", False),
    "assigned": ("assigned", "agent", False),
    "cancelled": ("cancelled", "customer", False),
    "merged": ("merged", "agent", False),
    "deleted": ("deleted", "agent", False),
    "created": ("created", "system", False),
}


def log_of(text, *, requests=(), can=EVERYTHING, until="2025-03-31 00:00", is_process=False, count=None):
    """A log from lines of text; `requests`: descriptions as keywords of LogBuilder.request."""
    out = LogBuilder("desk")
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        request, day, clock, what, *more = line.split()
        known = dict(part.split("=", 1) for part in more)
        out.record()
        _event(out, request, at(f"{day} {clock}"), what, known)
    for described in requests:
        out.request(**described)
    facts = SourceFacts("desk", "events", can, at(until), ("desk.csv",), is_process=is_process)
    return finished(out, facts, count)


def finished(out, facts, count=None):
    built = out.table("events")
    order = np.lexsort(
        (np.arange(built.num_rows), built["at"].cast(pa.int64()).to_numpy(), built["request"].to_numpy())
    )
    built = built.take(pa.array(order))
    events = built.set_column(3, "seq", pa.array(np.arange(built.num_rows), pa.int32())).select(EVENTS.names)
    return ServiceLog(
        events.cast(EVENTS),
        out.table("requests"),
        (facts,),
        QUARANTINE.empty_table(),
        count or ImportCount(read=built.num_rows, kept=built.num_rows),
    )


def evidence_of(text, *, calendar=None, zone="UTC", **how):
    log = log_of(text, **how)
    return Evidence(log, measure_log(log, calendar), zone)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _event(out, request, when, what, known):
    if what.startswith("step:"):
        out.event(request, when, "step", "agent", activity=what[5:].replace("_", " "), **known)
    elif what in Status.__members__:
        out.event(request, when, "status", known.pop("by", "agent"), status=what, **known)
    else:
        kind, by, public = _SAYS[what]
        out.event(request, when, kind, known.pop("by", by), public=public, **known)


def many(n=600, *, weeks=30, seed=1, speed=lambda row, week: 1.0, channels=("email", "chat"), calendar=None, never=0.0):
    """A desk of n requests: one question, one reply after a random wait (x speed), resolved an hour after it."""
    rng = np.random.default_rng(seed)
    start, until = at("2025-01-06 00:00"), at("2025-01-06 00:00") + timedelta(weeks=weeks)
    out = LogBuilder("desk")
    for row in range(n):
        name, channel = f"R{row:05}", channels[row % len(channels)]
        asked = start + timedelta(weeks=weeks) * float(row / n)
        week = (asked - start).days // 7
        wait = timedelta(seconds=float(rng.lognormal(8.5, 0.7)) * speed(row, week))
        gives_up = rng.random() < never
        out.request(name, channel=channel, subject=f"Question {row}")
        for when, kind, by, status in (
            (asked, "created", "customer", "new"),
            (asked + wait, "cancelled" if gives_up else "message", "customer" if gives_up else "agent", None),
            (asked + wait + timedelta(hours=1), "status", "agent", "resolved"),
        ):
            if when <= until and not (gives_up and kind == "status"):
                out.record()
                out.event(name, to_us(when), kind, by, public=kind in ("created", "message"), status=status)
    log = finished(out, SourceFacts("desk", "events", EVERYTHING, until, ("desk.csv",)))
    return Evidence(log, measure_log(log, calendar), "UTC")
