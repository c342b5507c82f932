"""A made-up log of any size, laid down as the store lays it down: buckets of whole requests, each file in order.

Requests have 8 events: heavy-tailed gaps, a week with nights and weekends, 20 teams in several zones with calendars of
their own, some requests handed on, some reopened, some still open. Seeded: the same log every time.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.events import EVENTS, Can
from otklik.schemas.log import SourceFacts
from otklik.store.sorted_files import write_sorted

EVENTS_A_REQUEST = 8
BUCKET_EVENTS = 1_600_000
BEGIN = datetime(2023, 1, 2, tzinfo=UTC)
YEARS = 2
HORIZON = BEGIN + timedelta(days=365 * YEARS + 30)
HOUR_US = 3_600_000_000
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Novosibirsk", "UTC")
TEAMS = [f"team {n:02d}" for n in range(20)]
PEOPLE = [f"person {n:03d}" for n in range(400)]
KINDS = ("created", "message", "note", "assigned", "status")
BY = ("customer", "agent", "rule")
STATUS = ("new", "open", "waiting_customer", "resolved", "closed")
CREATED, MESSAGE, NOTE, ASSIGNED, STATE = range(5)
CUSTOMER, AGENT, RULE = range(3)
STORIES = (
    # (kind, by, public, status, handed on): one row an event, NO = nothing said
    ((CREATED, CUSTOMER, 1, 0, 0), (MESSAGE, RULE, 1, -1, 0), (ASSIGNED, AGENT, 0, 1, 0), (MESSAGE, AGENT, 1, 2, 0),
     (MESSAGE, CUSTOMER, 1, 1, 0), (NOTE, AGENT, 0, -1, 0), (MESSAGE, AGENT, 1, -1, 0), (STATE, AGENT, 0, 3, 0)),
    ((CREATED, CUSTOMER, 1, 0, 0), (MESSAGE, CUSTOMER, 1, -1, 0), (ASSIGNED, AGENT, 0, 1, 0),
     (ASSIGNED, AGENT, 0, -1, 1), (MESSAGE, AGENT, 1, -1, 0), (STATE, AGENT, 0, 3, 0), (MESSAGE, CUSTOMER, 1, -1, 0),
     (STATE, RULE, 0, 4, 0)),
    ((CREATED, CUSTOMER, 1, 0, 0), (ASSIGNED, AGENT, 0, 1, 0), (MESSAGE, AGENT, 1, 3, 0), (MESSAGE, CUSTOMER, 1, 1, 0),
     (ASSIGNED, AGENT, 0, -1, 1), (MESSAGE, AGENT, 1, 2, 0), (MESSAGE, CUSTOMER, 1, 1, 0), (MESSAGE, AGENT, 1, 3, 0)),
    ((CREATED, CUSTOMER, 1, 0, 0), (MESSAGE, RULE, 1, -1, 0), (ASSIGNED, AGENT, 0, 1, 0), (NOTE, AGENT, 0, -1, 1),
     (MESSAGE, AGENT, 1, -1, 0), (MESSAGE, CUSTOMER, 1, -1, 0), (NOTE, AGENT, 0, -1, 0), (NOTE, AGENT, 0, -1, 0)),
)  # fmt: skip
SHARES = (0.5, 0.25, 0.2, 0.05)
SOURCE = SourceFacts("desk", "events", Can(255), HORIZON)


def book() -> CalendarBook:
    """A calendar a team: hours, days and zones differ."""
    versions, teams = {}, {}
    for number, team in enumerate(TEAMS):
        opens, days = 7 + number % 4, 5 + number % 3
        slots = ((opens * 3600, 13 * 3600), (14 * 3600, (opens + 10) * 3600))
        versions[team] = (Calendar(team, ZONES[number % len(ZONES)], {day: slots for day in range(days)}),)
        teams[team] = team
    return CalendarBook(versions, TEAMS[0], teams)


def files_of(folder: Path, events: int) -> list[Path]:
    """The files of a log of that many events, written if they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    requests = events // EVENTS_A_REQUEST
    buckets = max(1, -(-events // BUCKET_EVENTS))
    paths = [folder / f"bucket-{number:04d}.parquet" for number in range(buckets)]
    for number, path in enumerate(paths):
        if not path.exists():
            mine = np.arange(number, requests, buckets)
            part = path.with_suffix(".part")
            write_sorted(part, [events_of(mine, requests, np.random.default_rng((7, number)))], EVENTS)
            part.rename(path)
    return paths


def events_of(numbers: np.ndarray, requests: int, rng: np.random.Generator) -> pa.Table:
    """The events of some requests, in order of request and time."""
    n = len(numbers)
    story = rng.choice(len(STORIES), n, p=SHARES)
    told = np.array(STORIES)[story].reshape(n * EVENTS_A_REQUEST, 5)
    kind, by, public, status, handed = told.T
    at = instants(numbers, requests, rng).ravel()
    row = np.repeat(np.arange(n), EVENTS_A_REQUEST)
    times_handed = np.cumsum(handed.reshape(n, -1), axis=1).ravel()
    team = (numbers[row] * 7 + times_handed * 3) % len(TEAMS)
    taken = (np.cumsum((kind == ASSIGNED).reshape(n, -1), axis=1) > 0).ravel()
    person = (numbers[row] * 13 + times_handed * 101) % len(PEOPLE)
    names = pa.array([f"R{number:010d}" for number in numbers.tolist()])
    columns = {
        "source": words(["desk"], np.zeros(len(row))),
        "request": pa.DictionaryArray.from_arrays(pa.array(row.astype(np.int32)), names),
        "at": pa.array(at).cast(pa.timestamp("us", tz="UTC")),
        "seq": pa.array(np.tile(np.arange(EVENTS_A_REQUEST, dtype=np.int32), n)),
        "kind": words(KINDS, kind),
        "by": words(BY, by),
        "actor": words(PEOPLE, person, by != AGENT),
        "team": words(TEAMS, team),
        "assignee": words(PEOPLE, person, ~taken),
        "public": pa.array(public == 1),
        "channel": words(("email", "chat", "phone"), numbers[row] % 3, kind != CREATED),
        "status": words(STATUS, np.maximum(status, 0), status < 0),
        "activity": pa.nulls(len(row), pa.dictionary(pa.int32(), pa.string())),
    }
    return pa.table(columns).select(EVENTS.names)


def instants(numbers: np.ndarray, requests: int, rng: np.random.Generator) -> np.ndarray:
    """Openings by a week with nights and weekends, then heavy-tailed gaps; nothing after the horizon."""
    weight = np.array([1.0 if day < 5 else 0.25 for day in range(7) for _ in range(24)])
    weight *= np.tile(np.where((np.arange(24) > 6) & (np.arange(24) < 21), 1.0, 0.15), 7)
    week = (numbers * (52 * YEARS)) // requests
    hour = week * 168 + rng.choice(168, len(numbers), p=weight / weight.sum())
    opened = int(BEGIN.timestamp() * 1e6) + hour * HOUR_US + rng.integers(0, HOUR_US, len(numbers))
    gaps = (rng.lognormal(8.2, 1.7, (len(numbers), EVENTS_A_REQUEST)) * 1e6).astype(np.int64)
    gaps[:, 0] = 0
    return np.minimum(opened[:, None] + np.cumsum(gaps, axis=1), int(HORIZON.timestamp() * 1e6))


def words(names, codes, null=None) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(codes).astype(np.int32), mask=null), list(names))
