"""What every event must hold to; a record with an event that breaks it is set aside whole."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.building import BUILT_EVENTS, LogBuilder
from otklik.intake.coded import Bools, among, coded, is_null, joined
from otklik.schemas.events import CODED, QUARANTINE, By, Kind, Status

EARLIEST_US: Final = 86_400 * 1_000_000
"""1970-01-02: what is earlier is a zero, a placeholder or a typing error, not a request for service."""
LATEST_US: Final = 4_102_444_800 * 1_000_000
"""2100-01-01."""


@dataclass(frozen=True)
class Check:
    """A reason to set a record aside, and the events (text columns coded) that give it."""

    reason: str
    broken: Callable[[pa.Table], Bools]


def _outside(column: str, names: type[Kind] | type[By] | type[Status]) -> Callable[[pa.Table], Bools]:
    known = frozenset(names.__members__)

    def broken(events: pa.Table) -> Bools:
        values = coded(events[column])
        strange = {value for value in values.dictionary.to_pylist() if value not in known}
        return among(values, strange) if strange else np.zeros(len(values), dtype=bool)

    return broken


def _without_id(events: pa.Table) -> Bools:
    ids = coded(events["request"])
    return is_null(ids) | among(ids, {""})


def _absurd_date(events: pa.Table) -> Bools:
    at_us = events["at"].cast(pa.int64()).to_numpy()
    absurd: Bools = (at_us < EARLIEST_US) | (at_us >= LATEST_US)
    return absurd


CHECKS: Final = (
    Check("no-id", _without_id),
    Check("bad-date", _absurd_date),
    Check("bad-kind", _outside("kind", Kind)),
    Check("bad-by", _outside("by", By)),
    Check("bad-status", _outside("status", Status)),
)


def set_aside_broken(built: LogBuilder, file: str) -> tuple[pa.Table, pa.Table]:
    """Split what was built into the events that hold (text columns coded) and the quarantine so far."""
    events = coded_events(built)
    if built.aside:
        events = _without(events, pa.array(sorted(built.aside)))
    rows = []
    for check in CHECKS:
        broken = check.broken(events)
        if broken.any():
            bad = events.filter(pa.array(broken))
            rows += [_row(file, check.reason, event) for event in _one_a_record(bad).to_pylist()]
            events = _without(events, pc.unique(bad["record"]))
    found = pa.Table.from_pylist(rows, schema=QUARANTINE)
    return events, pa.concat_tables([built.table("quarantine"), found])


def coded_events(built: LogBuilder) -> pa.Table:
    """All events found, text columns coded; `key` too where any event has one."""
    tables = built.tables("events")
    if not tables:
        return pa.schema([_coded_field(field) for field in BUILT_EVENTS]).empty_table()
    return pa.table({field.name: _joined([table[field.name] for table in tables], field) for field in BUILT_EVENTS})


def _coded_field(field: pa.Field) -> pa.Field:
    return field.with_type(CODED) if field.type == pa.string() else field


def _joined(columns: list[pa.ChunkedArray], field: pa.Field) -> pa.Array:
    if field.type == pa.string():
        return joined([coded(column) for column in columns])
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], field.type).combine_chunks()


def _without(events: pa.Table, records: pa.Array) -> pa.Table:
    return events.filter(pc.invert(pc.is_in(events["record"], value_set=records)))


def _one_a_record(bad: pa.Table) -> pa.Table:
    _, first = np.unique(bad["record"].to_numpy(), return_index=True)
    as_number = bad.set_column(bad.schema.get_field_index("at"), "at", bad["at"].cast(pa.int64()))
    return as_number.take(pa.array(first))


def _row(file: str, reason: str, event: dict[str, object]) -> dict[str, object]:
    told = {
        name: value for name, value in event.items() if value is not None and name not in {"seq", "record", "source"}
    }
    return {
        "file": file,
        "row": None,
        "reason": reason,
        "detail": f"record {event['record']}",
        "raw": json.dumps(told, ensure_ascii=False)[:2000],
    }
