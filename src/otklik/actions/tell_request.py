"""Tell one request of the kept log: what happened, and how each of its numbers came about."""

from typing import Any

import pyarrow as pa

from otklik.actions.cut_log import Shelf
from otklik.actions.explain_wait import UnknownRequest
from otklik.schemas.events import EVENTS, REQUESTS
from otklik.schemas.log import ServiceLog
from otklik.schemas.requests import ToldEvent, ToldRequest


def tell_request(shelf: Shelf, source: str, request: str) -> ToldRequest:
    """Everything about one request, by the hours of the shelf; raise UnknownRequest where the log has none."""
    from otklik.measures import catalog, explain
    from otklik.store import Keys

    keys = Keys.of(pa.table({"source": [source], "request": [request]}))
    events, described = shelf.snapshot.events(keys), shelf.snapshot.requests(keys)
    if not events.num_rows:
        raise UnknownRequest(request=request)
    log = ServiceLog(
        events.select(EVENTS.names).cast(EVENTS),
        described.select(REQUESTS.names).cast(REQUESTS),
        shelf.snapshot.sources,
        shelf.snapshot.quarantine().slice(0, 0),
        shelf.snapshot.count,
    )
    book = shelf.yardstick.book()
    durations = [measure.id for measure in catalog.MEASURES if measure.unit != "count"]
    explained = [explain(log, book, source, request, measure, as_of=shelf.horizon[source]) for measure in durations]
    told = _described(log.requests.to_pylist())
    names = [name for name in ToldEvent.model_fields]
    return ToldRequest(
        source=source,
        request=request,
        **told,
        team=next((row["team"] for row in reversed(log.events.to_pylist()) if row["team"] is not None), None),
        events=[ToldEvent(**{name: row[name] for name in names}) for row in log.events.to_pylist()],
        explanations=explained,
    )


def _described(rows: list[dict[str, Any]]) -> dict[str, Any]:
    row = rows[0] if rows else {}
    told: dict[str, Any] = {
        name: row.get(name) for name in ("subject", "customer", "channel", "category", "priority", "segment")
    }
    return {**told, "attributes": {name: value for name, value in row.get("attributes") or [] if value}}
