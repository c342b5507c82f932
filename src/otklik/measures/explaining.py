"""'Explain this number': the interval list behind one measure of one request, with the names of its events."""

import inspect
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.errors import OtklikError
from otklik.base.units import from_us, to_us
from otklik.clock import CompiledBook
from otklik.measures.catalog import BY_ID, Measure
from otklik.measures.clocks import Clocks, needed_by
from otklik.measures.codes import (
    IS_GONE,
    LEFT_THE_MEASURES,
    NEVER,
    NOBODY_ASKED,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    NOT_COUNTED,
    SERVED_LIVE,
    STATES,
    WHYS,
)
from otklik.measures.columns import NEEDED, read_batch
from otklik.measures.intervals import (
    COUNTED,
    END,
    START,
    UNKNOWN_US,
    WHY,
    Intervals,
    add,
    business_us,
    cleared,
    counted,
    elapsed_us,
    is_unclocked,
    place_of,
)
from otklik.measures.kernel import US_PER_S
from otklik.measures.ordering import in_order
from otklik.measures.running import listed, new_intervals, new_paper
from otklik.measures.timeline import Life, Timeline, read_timeline
from otklik.schemas.calendars import CalendarBook
from otklik.schemas.events import LIVE_CHANNELS, Can
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Explanation, Interval

HORIZON = "horizon"
"""The name of the place after the last event."""


class NoSuchRequest(OtklikError):
    """The log has no event of this request by then: facts in the message."""


def explain(
    log: ServiceLog,
    book: CalendarBook | None,
    source: str,
    request: str,
    measure: str,
    as_of: datetime | None = None,
) -> Explanation:
    """Open one number: from which event to which it ran, what counted and why.

    Input     log: ServiceLog; source, request: whose; measure: an id of catalog.MEASURES; as_of: as it was then
    Output    Explanation: the state, the value in both clocks (a count in `value_s`) and the interval list
    Unit      seconds
    Open end  an interval that runs ends at the event named 'horizon'
    Errors    NoSuchRequest; KeyError for an unknown measure or source
    Source    DESIGN 5: 'explain this number' opens that list
    """
    definition = BY_ID[measure]
    facts = next(entry for entry in log.sources if entry.source == source)
    horizon = to_us(facts.horizon if as_of is None else as_of)
    events = _events_of(log.events, source, request, horizon)
    needed = needed_by(book, pc.unique(events["team"]).to_pylist())
    clock = Clocks(needed, horizon).covering(pc.min(events["at"].cast(pa.int64())).as_py())
    batch = read_batch(events.select(NEEDED), clock.code_of_team)
    paper, out = listed(new_paper(events.num_rows)), [0] * len(new_intervals(events.num_rows))
    life = read_timeline(
        listed(batch.columns), clock.table, 0, events.num_rows, horizon, Can.status in facts.can, paper
    )
    state = _ask(definition, life, paper, cleared(out)) if definition.is_available(facts.can) else NOT_AVAILABLE
    rows = events.to_pylist()
    if state == NOT_APPLICABLE and rows[0]["channel"] in LIVE_CHANNELS:
        _say_served_live(out)
    return Explanation(
        source=source,
        request=request,
        subject=_subject(log.requests, source, request),
        measure=measure,
        state=STATES[state],
        value_s=_value(definition, state, paper, out),
        business_s=_business(definition, state, life, paper, out, clock),
        calendar=_calendars(life, batch.columns.calendar_of_team, paper, clock),
        intervals=_intervals(life, paper, out, rows, clock) if state != NOT_AVAILABLE else [],
    )


def event_name(event: dict[str, Any]) -> str:
    """Name an event by the source's own step, else by what it was: customer_message, reply, status:resolved ...

    Input     event: one row of schemas.events.EVENTS
    Output    `step:NAME`, or a code of docs/en/method/README.md
    Unit      does not apply
    Open end  the place after the last event is named 'horizon'
    Errors    none
    Source    docs/en/method/README.md
    """
    kind, by = event["kind"], event["by"]
    if event["activity"] is not None and kind != "merged":
        return f"step:{event['activity']}"
    if kind == "message":
        if by == "customer":
            return "customer_message"
        if not event["public"]:
            return "note"
        return {"agent": "reply", "bot": "bot_reply"}.get(by, "auto_reply")
    if kind == "status" and event["status"] is not None:
        return f"status:{event['status']}"
    return str(kind)


def _events_of(events: pa.Table, source: str, request: str, horizon: int) -> pa.Table:
    mine = pc.and_(pc.equal(events["source"], source), pc.equal(events["request"], request))
    rows = in_order(events.filter(pc.and_(mine, pc.less_equal(events["at"].cast(pa.int64()), horizon))))
    if not rows.num_rows:
        raise NoSuchRequest(f"no event of {request} in {source} up to {from_us(horizon)}")
    return rows


def _ask(measure: Measure, life: Life, paper: Timeline, out: Intervals) -> int:
    """Call a definition with the arrays that it names."""
    if life.outcome == IS_GONE:
        add(out, 0, life.end, NOT_COUNTED, LEFT_THE_MEASURES)
        return NOT_APPLICABLE
    names = [name for name in inspect.signature(measure.definition).parameters if name in Timeline._fields]
    return measure.definition(life, *(getattr(paper, name) for name in names), out)


def _subject(requests: pa.Table, source: str, request: str) -> str | None:
    mine = pc.and_(pc.equal(requests["source"], source), pc.equal(requests["request"], request))
    subjects = requests.filter(mine)["subject"].to_pylist()
    return subjects[0] if subjects else None


def _say_served_live(out: Intervals) -> None:
    for interval in range(out[0]):
        if out[place_of(interval) + WHY] == NOBODY_ASKED:
            out[place_of(interval) + WHY] = SERVED_LIVE


def _value(measure: Measure, state: int, paper: Timeline, out: Intervals) -> float | None:
    if state > NEVER:
        return None
    return elapsed_us(paper.at, out) / US_PER_S if measure.unit == "s" else float(counted(out))


def _business(
    measure: Measure, state: int, life: Life, paper: Timeline, out: Intervals, clock: CompiledBook
) -> float | None:
    if state > NEVER or measure.unit == "count" or not clock.ids:
        return None
    working_us = business_us(life, paper.business, paper.marks, out)
    return None if working_us == UNKNOWN_US else working_us / US_PER_S


def _calendars(life: Life, calendar_of_team: Sequence[int], paper: Timeline, clock: CompiledBook) -> str | None:
    codes = dict.fromkeys(calendar_of_team[paper.team[place]] for place in range(life.n))
    return ", ".join(clock.ids[code] for code in codes if code >= 0) or None


def _intervals(
    life: Life, paper: Timeline, out: Intervals, rows: list[dict[str, Any]], clock: CompiledBook
) -> list[Interval]:
    """The list as people read it; a place after the last event is the horizon."""
    names = [*(event_name(row) for row in rows), *[HORIZON] * (life.n + 1 - len(rows))]
    intervals = []
    for interval in range(out[0]):
        place = place_of(interval)
        start, end = out[place + START], out[place + END]
        known = bool(clock.ids) and not (life.unclocked and is_unclocked(paper.marks, start, end))
        intervals.append(
            Interval(
                start=from_us(paper.at[start]),
                end=from_us(paper.at[end]),
                seconds=(paper.at[end] - paper.at[start]) / US_PER_S,
                business_s=(paper.business[end] - paper.business[start]) / US_PER_S if known else None,
                counted=bool(out[place + COUNTED]),
                why=WHYS[out[place + WHY]],
                start_event=names[start],
                end_event=names[end],
            )
        )
    return intervals
