"""Small logs for the store's tests, as lines of 'when request kind by', and random ones."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, Can
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts

BEGIN = datetime(2025, 3, 3, 10, tzinfo=UTC)


def minute(n: int) -> datetime:
    return BEGIN + timedelta(minutes=n)


def event(request: str, at: datetime, kind: str = "message", by: str = "customer", **more: object) -> dict[str, object]:
    empty = dict.fromkeys(EVENTS.names)
    base = {
        "source": "desk",
        "request": request,
        "at": at,
        "seq": 0,
        "kind": kind,
        "by": by,
        "public": kind in ("created", "message"),
    }
    return {**empty, **base, **more}


def description(request: str, **more: object) -> dict[str, object]:
    return {**dict.fromkeys(REQUESTS.names), "source": "desk", "request": request, "attributes": [], **more}


def log_of(
    events: list[dict[str, object]],
    requests: list[dict[str, object]] | None = None,
    *,
    mode: str = "events",
    horizon: datetime = BEGIN + timedelta(days=30),
    quarantine: list[dict[str, object]] | None = None,
    records: list[int] | None = None,
    can: Can = Can.messages | Can.status,
) -> ServiceLog:
    events = sorted(events, key=lambda e: (e["source"], e["request"], e["at"]))
    seen: dict[object, int] = {}
    for one in events:
        key = (one["source"], one["request"], one["at"])
        one["seq"] = seen[key] = seen.get(key, -1) + 1
    if requests is None:
        requests = [
            description(str(request), source=source)
            for source, request in sorted({(str(e["source"]), str(e["request"])) for e in events})
        ]
    sources = sorted({str(one["source"]) for one in [*events, *requests]} or {"desk"})
    aside = quarantine or []
    kept = len(set(records)) if records is not None else len(events)
    return ServiceLog(
        events=pa.Table.from_pylist(events, schema=EVENTS),
        requests=pa.Table.from_pylist(requests, schema=REQUESTS),
        sources=tuple(SourceFacts(s, mode, can, horizon, files=("file.csv",), reader="table") for s in sources),
        quarantine=pa.Table.from_pylist(aside, schema=QUARANTINE),
        count=ImportCount(read=kept + len(aside), kept=kept, quarantined=len(aside)),
        records=None if records is None else pa.chunked_array([pa.array(records, pa.int64())]),
    )


def lines(text: str, **more: object) -> ServiceLog:
    """'10 R1 message customer' a line: minutes after the beginning, request, kind, by."""
    events = []
    for line in text.strip().splitlines():
        at, request, kind, by, *rest = line.split()
        extra = dict(part.split("=") for part in rest)
        events.append(event(request, minute(int(at)), kind, by, **extra))
    return log_of(events, **more)  # type: ignore[arg-type]


def told(log: ServiceLog) -> list[tuple[object, ...]]:
    """Everything the events say, in order, and nothing of how they are kept."""
    return [tuple(row.values()) for row in log.events.cast(EVENTS).to_pylist()]


def short(log: ServiceLog) -> list[str]:
    return [
        f"{(row['at'] - BEGIN) // timedelta(minutes=1)} {row['request']} {row['kind']} {row['by']}"
        for row in log.events.to_pylist()
    ]
