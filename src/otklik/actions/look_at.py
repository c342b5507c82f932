"""Look at the kept log through a view: the parts of the report it asks for, quickly."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa

from otklik.actions.count_open import asks_for_a_period, count_open
from otklik.actions.cut_log import MOST_FACTS, MOST_WITH_EVENTS, Cut, Shelf, cut_log
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import LogSummary, Report
from otklik.schemas.targets import Target
from otklik.schemas.views import View

if TYPE_CHECKING:
    from otklik.store import Keys

_BY_MEASURE = frozenset({"measures", "targets"})
"""Parts that read the columns of the measures they are asked for, and no others."""
_HEADLINES = ("first_reply", "resolution", "longest_wait")
"""Any of them may be what answers 'how fast', or say it where there is no wait."""
FEW_REQUESTS = 200_000
"""So many descriptions are read as a whole, with their attributes."""


def look_at(
    shelf: Shelf,
    view: View,
    parts: Collection[str],
    *,
    measures: Collection[str] | None = None,
    zone: str = "UTC",
    targets: Sequence[Target] = (),
    calendar_name: str | None = None,
    simulated: bool = False,
) -> Report:
    """The parts of the report about the requests of a view; figures of very big logs come from a part of them.

    Of the part `measures` only those named are counted, if any are.
    """
    from otklik.findings import build_report
    from otklik.findings.whole_report import NEED_EVENTS

    with_events = not NEED_EVENTS.isdisjoint(parts)
    columns = _columns_of(measures, view, targets) if measures is not None and frozenset(parts) <= _BY_MEASURE else None
    cut = cut_log(shelf, view, zone, most=MOST_WITH_EVENTS if with_events else MOST_FACTS, columns=columns)
    report = build_report(
        _log_of(cut, with_events),
        cut.measured,
        by=(view.by,) if view.by else (),
        measure=view.measure,
        clock=view.clock,
        targets=targets,
        time_zone=zone,
        calendar_name=calendar_name,
        simulated=simulated,
        measures=measures,
        parts=frozenset(parts) - ({"longest"} if cut.sampled else frozenset()),
        summary=_summary(cut, simulated),
    )
    if "longest" in parts and cut.sampled:
        report = report.model_copy(update={"longest": _longest_of_all(shelf, view, zone)})
    if report.when is not None and (cut.sampled or asks_for_a_period(view)):
        told = report.when.model_copy(update={"open": count_open(shelf, view, zone)})
        report = report.model_copy(update={"when": told})
    return _with_subjects(report, shelf)


def _columns_of(measures: Collection[str], view: View, targets: Sequence[Target]) -> list[str]:
    """The columns of the facts without those of measures that nobody counts."""
    from otklik.actions.refresh_facts import kept_schemas
    from otklik.measures import MEASURES

    needed = {*measures, *_HEADLINES, view.measure, *(target.measure for target in targets)}
    left_out = [measure.id for measure in MEASURES if measure.id not in needed]
    unread = {f"{measure}{end}" for measure in left_out for end in ("", "_s", "_business_s", "_state")}
    return [name for name in kept_schemas()["facts"].names if name not in unread]


def _log_of(cut: Cut, with_events: bool) -> ServiceLog:
    """The log of the requests in the cut; without events where nobody looks at them."""
    from otklik.schemas.events import EVENTS, REQUESTS
    from otklik.store import Keys

    snapshot = cut.shelf.snapshot
    keys = Keys.of(cut.facts)
    whole = len(keys) == snapshot.descriptions.count() if with_events else False
    events, requests = EVENTS.empty_table(), REQUESTS.empty_table()
    if with_events:
        log = snapshot.log() if whole else None
        events = log.events if log else _spelled(snapshot.events(keys), EVENTS)
        requests = log.requests if log else _spelled(snapshot.requests(keys), REQUESTS)
    elif len(keys) <= FEW_REQUESTS:
        requests = _spelled(snapshot.requests(keys), REQUESTS)
    return ServiceLog(events, requests, snapshot.sources, snapshot.quarantine(), snapshot.count)


def _spelled(table: pa.Table, schema: pa.Schema) -> pa.Table:
    return table.select(schema.names).cast(schema)


def _longest_of_all(shelf: Shelf, view: View, zone: str) -> list[object]:
    """The longest waits of all requests, not only of the part the other figures come from."""
    from otklik.findings.evidence import Evidence
    from otklik.findings.longest import explain_rows, longest_rows

    cut = cut_log(shelf, view, zone)
    bare = Evidence(_log_of(cut, False), cut.measured, zone, view.measure, view.clock)
    measure, rows = longest_rows(bare)
    keys = _keys_of(cut.facts.take(pa.array(rows, pa.int64())))
    return list(explain_rows(replace(bare, log=_with_events(bare.log, shelf, keys)), measure, rows))


def _with_events(log: ServiceLog, shelf: Shelf, keys: "Keys") -> ServiceLog:
    from otklik.schemas.events import EVENTS, REQUESTS

    snapshot = shelf.snapshot
    return replace(
        log,
        events=_spelled(snapshot.events(keys), EVENTS),
        requests=_spelled(snapshot.requests(keys), REQUESTS),
    )


def _keys_of(rows: pa.Table) -> "Keys":
    from otklik.store import Keys

    return Keys.of(rows)


def _summary(cut: Cut, simulated: bool) -> LogSummary:
    """The view in a few numbers; events, first and last are those of the whole log."""
    snapshot = cut.shelf.snapshot
    ends = [file.ranges["at"] for file in (*snapshot.files.cold, *snapshot.files.hot) if file.rows]
    from otklik.base.units import from_us

    count = snapshot.count
    return LogSummary(
        requests=cut.n,
        events=snapshot.files.rows,
        first_event_at=from_us(min(low for low, _ in ends)) if ends else None,
        last_event_at=from_us(max(high for _, high in ends)) if ends else None,
        running=cut.running,
        duplicates=count.duplicate,
        quarantined=count.quarantined,
        read=count.read,
        kept=count.kept,
        horizon=cut.shelf.as_of,
        sources=[one.source for one in snapshot.sources],
        files=[name for one in snapshot.sources for name in one.files],
        is_process=bool(snapshot.sources) and all(one.is_process for one in snapshot.sources),
        simulated=simulated,
        sampled=cut.sampled,
    )


def _with_subjects(report: Report, shelf: Shelf) -> Report:
    """Name the subjects of the few requests shown, where their descriptions were not read as a whole."""
    if report.waiting is None or not any(one.subject is None for one in report.waiting.longest):
        return report
    shown = report.waiting.longest
    keys = _keys_of(pa.table({"source": [one.source for one in shown], "request": [one.request for one in shown]}))
    told = shelf.snapshot.requests(keys).to_pylist()
    subject = {(row["source"], row["request"]): row["subject"] for row in told}
    named = [one.model_copy(update={"subject": one.subject or subject.get((one.source, one.request))}) for one in shown]
    return report.model_copy(update={"waiting": report.waiting.model_copy(update={"longest": named})})
