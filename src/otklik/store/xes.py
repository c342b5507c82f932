"""The log as XES (IEEE 1849-2016): a trace a request, an event an event."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from otklik.base.units import from_us
from otklik.schemas.events import EVENTS, REQUESTS
from otklik.store.keys import Keys, starts_of_requests
from otklik.store.order import at_us
from otklik.store.snapshot import Snapshot

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<global scope="trace">
\t\t<string key="concept:name" value=""/>
\t</global>
\t<global scope="event">
\t\t<string key="concept:name" value=""/>
\t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
\t</global>
\t<classifier name="Activity" keys="concept:name"/>
"""
_TAIL = "</log>\n"
_OF_TRACE = tuple(name for name in REQUESTS.names if name not in {"request", "opened_at", "attributes"})
_OF_EVENT = ("kind", "by", "assignee", "channel", "status")
_BATCH_ROWS = 50_000


def write_xes(snapshot: Snapshot, path: Path, *, zipped: bool = False) -> None:
    """Write the whole log, a batch of requests at a time."""
    several = len(snapshot.sources) > 1
    with path.open("wb") as raw, gzip.open(raw, "wb") if zipped else nullcontext(raw) as stream:
        write = stream.write
        write(_HEAD.encode())
        for bucket in snapshot.buckets:
            for batch in snapshot.batches(bucket, _BATCH_ROWS):
                events = pa.Table.from_batches([batch])
                requests = snapshot.requests(Keys.of(events))
                for trace in _traces(events, requests, several):
                    write(trace.encode())
        write(_TAIL.encode())


def _traces(events: pa.Table, requests: pa.Table, several: bool) -> Iterator[str]:
    starts = [*starts_of_requests(events).tolist(), events.num_rows]
    told = {(row["source"], row["request"]): row for row in requests.to_pylist()}
    rows = events.select([name for name in EVENTS.names if name != "at"]).to_pylist()
    moments = at_us(events).tolist()
    for start, end in pairwise(starts):
        source, request = rows[start]["source"], rows[start]["request"]
        name = f"{source}:{request}" if several else request
        yield "\t<trace>\n"
        yield _string("concept:name", name, "\t\t")
        yield from _described(told.get((source, request), {"source": source}))
        for place in range(start, end):
            yield _event(rows[place], moments[place])
        yield "\t</trace>\n"


def _described(request: Mapping[str, object]) -> Iterator[str]:
    for name in _OF_TRACE:
        if request.get(name) is not None:
            yield _string(name, request[name], "\t\t")
    attributes = request.get("attributes") or []
    for name, value in attributes:  # type: ignore[attr-defined]
        if value is not None and name not in (*_OF_TRACE, "concept:name"):
            yield _string(name, value, "\t\t")


def _event(row: Mapping[str, object], moment_us: int) -> str:
    """Name the step as the source does, else by what happened."""
    what = row["activity"] or (row["status"] if row["kind"] == "status" and row["status"] else row["kind"])
    parts = [
        "\t\t<event>\n",
        _string("concept:name", what),
        f'\t\t\t<date key="time:timestamp" value="{from_us(moment_us).isoformat(timespec="microseconds")}"/>\n',
    ]
    parts += [_string(key, row[name]) for key, name in (("org:resource", "actor"), ("org:group", "team")) if row[name]]
    parts += [_string(name, row[name]) for name in _OF_EVENT if row[name]]
    parts.append(f'\t\t\t<boolean key="public" value="{str(row["public"]).lower()}"/>\n\t\t</event>\n')
    return "".join(parts)


def _string(key: str, value: object, indent: str = "\t\t\t") -> str:
    return f'{indent}<string key="{_escaped(key)}" value="{_escaped(str(value))}"/>\n'


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


_ESCAPES: dict[int, str] = {
    **dict.fromkeys((*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd"),
    **{ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"},
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
}
"""Signs that XML cannot hold become the replacement character."""
