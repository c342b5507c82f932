"""Logs of steps (loans, permits, orders, tickets as a process miner keeps them): from steps to events, in columns.

Three ways to know that a request has ended, the first that the log offers:
1. `attribute`  the case itself says when it ended (enddate); a case without that date is still open;
2. `activity`   a step says so by its name (Closed, Resolve ticket, Заявка закрыта), see process_words;
3. `last`       a case whose last step is one that usually ends cases has ended with it; the others are still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.intake.building import BUILT_EVENTS
from otklik.intake.checks import EARLIEST_US, LATEST_US
from otklik.intake.coded import (
    among,
    chosen_by,
    coded,
    codes_of,
    constant,
    from_codes,
    is_null,
    is_text,
    texts,
    translated,
)
from otklik.intake.ordering import order_of
from otklik.intake.process_words import STANDARD_TRANSITIONS, said_by
from otklik.schemas.events import UTC_US, Can, Status
from otklik.schemas.log import Guess

Ending = Literal["attribute", "activity", "last", "none"]
Codes = np.ndarray[Any, np.dtype[np.int64]]

STEPS: Final = pa.schema(
    [
        pa.field("request", pa.string(), nullable=False),
        pa.field("at", UTC_US, nullable=False),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("activity", pa.string()),
        pa.field("transition", pa.string()),
        pa.field("resource", pa.string()),
        pa.field("team", pa.string()),
    ]
)
"""One row a recorded step, in the order of the record; texts may come coded, columns a source lacks be left out."""

CASES: Final = pa.schema(
    [
        pa.field("request", pa.string(), nullable=False),
        pa.field("started_at", UTC_US),
        pa.field("ended_at", UTC_US),
    ]
)
"""One row a case with the dates that the case as a whole carries."""

_UNSAID: Final = -1
_CANCELLED: Final = 9
_CODE: Final = {**{status.name: int(status) for status in Status}, "cancelled": _CANCELLED}
_STATUS_WORDS: Final = [status.name for status in Status]


@dataclass(frozen=True)
class ProcessEvents:
    """Events as intake.building keeps them, what they can tell, and how the end of a request was known."""

    events: pa.Table
    can: Can
    ending: Ending
    guesses: tuple[Guess, ...]


@dataclass(frozen=True)
class _Sorted:
    """The steps in order of request and time: `order` leads back to the record, `first` and `last` row of each case."""

    order: Codes
    case: Codes
    activity: Codes
    first: Codes
    last: Codes


def process_events(source: str, steps: pa.Table, cases: pa.Table | None = None) -> ProcessEvents:
    """Turn steps (STEPS) and case dates (CASES) into events; vectorised, whatever the size of the log."""
    steps = _complete(steps)
    names, said, is_step = _named(steps)
    dates = _believable(cases) if cases is not None else CASES.empty_table()
    status = np.full(steps.num_rows, _UNSAID)
    ending: Ending = "none"
    guesses: list[Guess] = []
    if dates["ended_at"].null_count < dates.num_rows:
        ending = "attribute"
    elif is_step.any():
        rows = np.flatnonzero(is_step)
        status[rows], ending, guesses = _states(steps.take(rows), names.take(rows), said)
    events = _step_events(source, steps, names, status, is_step)
    extra = _case_events(source, steps, dates)
    events = _held_on(pa.concat_tables([extra[0], events, extra[1]]).combine_chunks())
    return ProcessEvents(events, _can(steps, ending), ending, tuple(guesses))


def _complete(steps: pa.Table) -> pa.Table:
    """All columns of STEPS, texts coded once for all that follows."""
    columns = [
        _given(steps[field.name], field) if field.name in steps.column_names else _missing(field, steps.num_rows)
        for field in STEPS
    ]
    return pa.table(columns, names=STEPS.names)


def _given(column: pa.ChunkedArray, field: pa.Field) -> pa.Array:
    if field.type == pa.string():
        return coded(column if is_text(column.type) else column.cast(pa.string()))
    return column.cast(field.type).combine_chunks()


def _missing(field: pa.Field, n: int) -> pa.Array:
    return constant(None, n) if field.type == pa.string() else pa.nulls(n, field.type)


def _named(steps: pa.Table) -> tuple[pa.DictionaryArray, list[int], np.ndarray[Any, np.dtype[np.bool_]]]:
    """Name every step; say what each name means; tell steps from the other transitions of a step's life."""
    activity, transition = steps["activity"], steps["transition"]
    transition = translated(coded(transition), str.casefold)
    kinds = {kind for kind in transition.dictionary.to_pylist() if kind}
    if kinds - STANDARD_TRANSITIONS:
        activity, transition = texts(activity), texts(steps["transition"])
        both = pc.binary_join_element_wise(activity, transition, " / ")
        names = coded(pc.coalesce(both, activity, transition))
        return names, _said_by_pairs(names), np.ones(steps.num_rows, dtype=np.bool_)
    names = coded(activity)
    said = [_CODE.get(said_by(name) or "", _UNSAID) for name in names.dictionary.to_pylist()]
    if "complete" not in kinds:
        return names, said, np.ones(steps.num_rows, dtype=np.bool_)
    return names, said, among(transition, ("complete",)) | is_null(transition)


def _said_by_pairs(names: pa.DictionaryArray) -> list[int]:
    """Read 'Completed / Cancelled': an end said by the sub-state or else by the state, then anything else."""
    codes = []
    for name in names.dictionary.to_pylist():
        state, _, sub_state = name.partition(" / ")
        heard = [_CODE.get(said_by(part) or "", _UNSAID) for part in (sub_state, state)]
        ends = [code for code in heard if code >= Status.resolved]
        codes.append((ends or [code for code in heard if code != _UNSAID] or [_UNSAID])[0])
    return codes


def _states(steps: pa.Table, names: pa.DictionaryArray, said: Sequence[int]) -> tuple[Codes, Ending, list[Guess]]:
    """Give every step the state it leaves the request in, _UNSAID where it says nothing."""
    log = _in_order(steps, names)
    meaning = np.array([*said, _UNSAID])
    meaning[:-1][_mid_case(log, meaning[:-1])] = _UNSAID
    state = meaning[log.activity]
    not_the_end = np.ones(len(state), dtype=np.bool_)
    not_the_end[log.last] = False
    state[(state == _CANCELLED) & not_the_end] = _UNSAID
    _note_reopenings(state, log)
    by_name = bool((state >= Status.resolved).any())
    typical = _typical_ends(log, meaning[:-1])
    left = log.last[_carried(state, log)[log.last] < Status.resolved]
    left = left[np.isin(log.activity[left], typical)]
    state[left] = Status.closed
    guesses = _guesses(names, state, log, left)
    back = np.empty_like(state)
    back[log.order] = state
    return back, "activity" if by_name else "last" if len(left) else "none", guesses


def _in_order(steps: pa.Table, names: pa.DictionaryArray) -> _Sorted:
    case = codes_of(coded(steps["request"])).astype(np.int64)
    at = np.asarray(steps["at"].cast(pa.int64()))
    order = order_of(case, at)
    case = case[order]
    activity = codes_of(names).astype(np.int64)[order]
    edges = np.flatnonzero(np.diff(case)) + 1
    return _Sorted(order, case, activity, np.append(0, edges), np.append(edges, len(case)) - 1)


def _mid_case(log: _Sorted, meaning: Codes) -> Codes:
    """Names that sound like an end but have work after them: half of the time more than three further steps."""
    to_go = np.repeat(log.last, log.last - log.first + 1) - np.arange(len(log.case))
    ends = np.flatnonzero(meaning >= Status.resolved)
    return np.array([end for end in ends if np.median(to_go[log.activity == end]) > 3], dtype=np.int64)


def _carried(state: Codes, log: _Sorted) -> Codes:
    """Carry the last state said forward to every step of the same case."""
    rows = np.arange(len(state))
    seen = np.maximum.accumulate(np.where(state != _UNSAID, rows, -1))
    first = np.repeat(log.first, log.last - log.first + 1)
    return np.where(seen >= first, state[seen], _UNSAID)


def _note_reopenings(state: Codes, log: _Sorted) -> None:
    """Open the request at a nameless step after its end when the same end has to be reached once more."""
    rows = np.arange(len(state))
    known = state != _UNSAID
    ahead = np.minimum.accumulate(np.where(known, rows, len(state))[::-1])[::-1]
    last = np.repeat(log.last, log.last - log.first + 1)
    coming = np.where(ahead <= last, state[np.minimum(ahead, len(state) - 1)], _UNSAID)
    before = np.append(_UNSAID, state[:-1])
    before[log.first] = _UNSAID
    done = (before == Status.resolved) | (before == Status.closed)
    again = (coming >= Status.resolved) & (coming <= before)
    state[~known & done & again] = Status.open


def _typical_ends(log: _Sorted, meaning: Codes) -> Codes:
    """Steps that usually end a case: last in at least 80 % of the cases that have them, and in 5 % of all (and 5)."""
    n = len(meaning)
    pairs = np.sort(log.case * (n + 1) + log.activity + 1)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    having = np.bincount(pairs % (n + 1), minlength=n + 1)[1:]
    ending = np.bincount(log.activity[log.last] + 1, minlength=n + 1)[1:]
    often = (ending >= 5) & (ending >= 0.05 * len(log.last)) & (ending >= 0.8 * having)
    working = (meaning >= Status.new) & (meaning < Status.resolved)
    return np.flatnonzero(often & ~working)


def _guesses(names: pa.DictionaryArray, state: Codes, log: _Sorted, left: Codes) -> list[Guess]:
    words = names.dictionary.to_pylist()
    said = state >= Status.resolved
    said[left] = False
    by_name = np.flatnonzero(said)
    found = (
        (by_name, N_("These steps end a request, by their names.")),
        (left, N_("These steps end a request, because they usually are the last.")),
    )
    return [
        Guess(what="end", value=", ".join(words[i] for i in np.unique(log.activity[rows])[:12]), reason=reason)
        for rows, reason in found
        if len(rows)
    ]


def _step_events(
    source: str,
    steps: pa.Table,
    names: pa.DictionaryArray,
    status: Codes,
    is_step: np.ndarray[Any, np.dtype[np.bool_]],
) -> pa.Table:
    called_off = status == _CANCELLED
    handed = among(translated(coded(steps["transition"]), str.casefold), ("assign", "reassign"))
    kind = np.select([called_off, is_step, handed], [0, 1, 2], 3)
    resource = coded(steps["resource"])
    return _events(
        source,
        steps["request"],
        steps["at"],
        steps["record"],
        kind=from_codes(kind, ["cancelled", "step", "assigned", "note"]),
        by=chosen_by(~is_null(resource), "agent", "system"),
        actor=resource,
        assignee=resource,
        team=steps["team"],
        status=from_codes(np.where(called_off, _UNSAID, status), _STATUS_WORDS),
        activity=names,
    )


def _case_events(source: str, steps: pa.Table, dates: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Tell what the case's own dates say: `created` where it began before its first step, `closed` where it ended.

    An end before the beginning cannot be: such a case ended, but nobody knows when; its last step stands for it.
    """
    if not dates.num_rows:
        return _events(source, *_NOBODY), _events(source, *_NOBODY)
    steps = steps.select(["request", "at", "record"]).set_column(0, "request", texts(steps["request"]))
    spans = steps.group_by("request").aggregate([("at", "min"), ("at", "max"), ("record", "min"), ("record", "max")])
    both = dates.join(spans, "request", join_type="inner")
    began = both.filter(pc.less(both["started_at"], both["at_min"]))
    ended = both.filter(pc.is_valid(both["ended_at"]))
    first = pc.coalesce(ended["started_at"], ended["at_min"])
    impossible = pc.and_(pc.less(ended["ended_at"], first), pc.less(ended["ended_at"], ended["at_min"]))
    at = pc.if_else(impossible, ended["at_max"], ended["ended_at"])
    return (
        _events(source, began["request"], began["started_at"], began["record_min"], kind="created"),
        _events(source, ended["request"], at, ended["record_max"], kind="status", status="closed"),
    )


def _held_on(events: pa.Table) -> pa.Table:
    """Let whoever held the request go on holding it through events that name nobody."""
    columns = [name for name in ("team", "assignee") if 0 < events[name].null_count < events.num_rows]
    if not columns:
        return events
    case = codes_of(coded(events["request"])).astype(np.int64)
    order = order_of(case, np.asarray(events["at"].cast(pa.int64())))
    edges = np.append(True, np.diff(case[order]) != 0)
    first = np.maximum.accumulate(np.where(edges, np.arange(len(order)), 0))
    for name in columns:
        known = np.asarray(pc.is_valid(events[name]))[order]
        seen = np.maximum.accumulate(np.where(known, np.arange(len(order)), -1))
        row = np.empty(len(order), dtype=np.int64)
        row[order] = np.where(seen >= first, order[seen], -1)
        held = events[name].take(pa.array(row, mask=row < 0))
        events = events.set_column(events.schema.get_field_index(name), name, held)
    return events


def _believable(cases: pa.Table) -> pa.Table:
    """Take 1970-01-01, 9999-12-31 and the like for what they are: no date."""
    cases = cases.select(CASES.names).cast(CASES)
    for place, name in enumerate(CASES.names[1:], start=1):
        at_us = cases[name].cast(pa.int64())
        absurd = pc.or_(pc.less(at_us, EARLIEST_US), pc.greater_equal(at_us, LATEST_US))
        believed = pc.if_else(pc.fill_null(absurd, True), pa.scalar(None, UTC_US), cases[name])
        cases = cases.set_column(place, CASES.field(place), believed)
    return cases


_NOBODY: Final = (pa.array([], pa.string()), pa.array([], UTC_US), pa.array([], pa.int64()))


def _events(source: str, request: Any, at: Any, record: Any, **columns: Any) -> pa.Table:
    """Make events of columns and of words that hold for all; text columns coded."""
    n = len(request)
    given = {
        "source": source, "by": "system", "seq": pa.repeat(pa.scalar(0, pa.int32()), n), "public": pa.repeat(False, n),
        "request": request, "at": at, "record": record, **columns,
    }  # fmt: skip
    made = {}
    for field in BUILT_EVENTS:
        value: Any = given.get(field.name)
        if field.type == pa.string():
            made[field.name] = constant(value, n) if value is None or isinstance(value, str) else coded(value)
        else:
            made[field.name] = value.cast(field.type)
    return pa.table(made)


def _can(steps: pa.Table, ending: Ending) -> Can:
    can = Can.steps
    if ending != "none":
        can |= Can.resolution
    if ending == "activity":
        can |= Can.status
    for column, flag in (("resource", Can.assignee), ("team", Can.team)):
        if 2 * steps[column].null_count <= steps.num_rows and steps.num_rows:
            can |= flag
    return can
