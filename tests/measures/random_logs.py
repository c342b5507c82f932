"""Logs drawn by chance, each with its own source, abilities and horizon: every kind, state, tie and hand-over."""

import random
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, By, Can, Kind, Status
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts

HOUR = 3600
START = datetime(2025, 3, 24, tzinfo=UTC)
"""A week before Europe changes its clocks."""
TEAMS = (None, None, "first", "night", "berlin", "dark")
PEOPLE = (None, "ann", "bob", "cid")
LIKELY = ("message",) * 6 + ("status",) * 4 + ("note", "assigned", "assigned", "step", "rated")
RARE = ("merged", "cancelled", "cancelled", "deleted", "created")
ABILITIES = (Can(255), Can(255), Can(255) & ~Can.status, Can.first_reply | Can.resolution, Can.steps | Can.status)


def random_log(rng: random.Random, n_sources: int, requests: int = 3) -> ServiceLog:
    """Several small logs in one: one source each."""
    rows: list[dict[str, object]] = []
    sources = []
    for number in range(n_sources):
        source = f"s{number:05d}"
        mine = [event for r in range(rng.randint(1, requests)) for event in random_request(rng, source, f"r{r}")]
        rows += mine
        cut = rng.choice((None, None, rng.choice(mine)["at"]))
        last = max(event["at"] for event in mine)
        horizon = cut or last + timedelta(seconds=rng.choice((0, 1, 50 * HOUR)))
        can = rng.choice(ABILITIES) if rng.random() < 0.6 else Can(rng.randrange(256))
        sources.append(SourceFacts(source, "events", can, horizon))
    events = pa.Table.from_pylist(rows, schema=EVENTS)
    events = events.sort_by([(name, "ascending") for name in ("source", "request", "at", "seq")])
    return ServiceLog(events, REQUESTS.empty_table(), tuple(sources), QUARANTINE.empty_table(), ImportCount())


def random_request(rng: random.Random, source: str, request: str) -> list[dict[str, object]]:
    """One request: usually created first, then anything."""
    at = START + timedelta(seconds=rng.randrange(14 * 24 * HOUR))
    events = []
    for seq in range(rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 12))):
        kind = "created" if seq == 0 and rng.random() < 0.9 else rng.choice(LIKELY if rng.random() < 0.93 else RARE)
        events.append({**random_event(rng, kind), "source": source, "request": request, "at": at, "seq": seq})
        step = rng.choice((0, 0, 1, 60, HOUR, 9 * HOUR, 30 * HOUR))
        at += timedelta(microseconds=rng.randrange(step * 1_000_000 + 1) if rng.random() < 0.8 else step * 1_000_000)
    return events


def random_event(rng: random.Random, kind: str) -> dict[str, object]:
    """An event of that kind; one in three says the state."""
    by = rng.choice(("customer", "customer", "agent", "agent", "bot", "rule", "system"))
    says_state = kind == "status" or rng.random() < 0.15
    return {
        "kind": Kind[kind].name,
        "by": By[by].name,
        "actor": None,
        "public": rng.random() < 0.75,
        "channel": rng.choice((None, "email", "phone")),
        "status": rng.choice(list(Status)).name if says_state and rng.random() < 0.9 else None,
        "team": rng.choice(TEAMS),
        "assignee": rng.choice(PEOPLE),
        "activity": rng.choice((None, "check", "pack")) if kind in ("step", "created") else None,
    }


def random_book(rng: random.Random) -> CalendarBook | None:
    """No calendar, one for all, one each, or some teams without any."""
    office = Calendar("office", "UTC", {day: ((9 * HOUR, 13 * HOUR), (14 * HOUR, 18 * HOUR)) for day in range(5)})
    night = Calendar("night", "Asia/Tokyo", {day: ((18 * HOUR, 2 * HOUR),) for day in range(7)})
    berlin = Calendar(
        "berlin", "Europe/Berlin", {day: ((8 * HOUR, 17 * HOUR + 1800),) for day in range(6)}, frozenset({START.date()})
    )
    versions = {calendar.id: (calendar,) for calendar in (office, night, berlin)}
    teams = {"night": "night", "berlin": "berlin"}
    return rng.choice(
        (
            None,
            CalendarBook(versions, "office"),
            CalendarBook(versions, "office", teams),
            CalendarBook(versions, None, {**teams, "first": "office"}),
        )
    )
