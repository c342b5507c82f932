"""What every event must hold to; a record with an event that breaks it is set aside whole."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.building import LogBuilder
from otklik.schemas.events import QUARANTINE, By, Kind, Status

EARLIEST_US: Final = 86_400 * 1_000_000
"""1970-01-02: what is earlier is a zero, a placeholder or a typing error, not a request for service."""
LATEST_US: Final = 4_102_444_800 * 1_000_000
"""2100-01-01."""


@dataclass(frozen=True)
class Check:
    """A reason to set a record aside, and the events that give it."""

    reason: str
    broken: Callable[[pa.Table], pa.ChunkedArray]


def _outside(column: str, names: type[Kind] | type[By] | type[Status]) -> Callable[[pa.Table], pa.ChunkedArray]:
    known = pa.array([name.name for name in names])

    def broken(events: pa.Table) -> pa.ChunkedArray:
        values = events[column]
        return pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, value_set=known)))

    return broken


def _without_id(events: pa.Table) -> pa.ChunkedArray:
    return pc.fill_null(pc.equal(events["request"], ""), True)


def _absurd_date(events: pa.Table) -> pa.ChunkedArray:
    at_us = events["at"].cast(pa.int64())
    return pc.fill_null(pc.or_(pc.less(at_us, EARLIEST_US), pc.greater_equal(at_us, LATEST_US)), True)


CHECKS: Final = (
    Check("no-id", _without_id),
    Check("bad-date", _absurd_date),
    Check("bad-kind", _outside("kind", Kind)),
    Check("bad-by", _outside("by", By)),
    Check("bad-status", _outside("status", Status)),
)


def set_aside_broken(built: LogBuilder, file: str) -> tuple[pa.Table, pa.Table]:
    """Split what was built into the events that hold (column `record` kept) and the quarantine so far."""
    events = built.table("events")
    if built.aside:
        events = events.filter(pc.invert(pc.is_in(events["record"], value_set=pa.array(sorted(built.aside)))))
    rows = []
    for check in CHECKS:
        broken = check.broken(events)
        if pc.any(broken).as_py():
            bad = events.filter(broken)
            rows += [_row(file, check.reason, event) for event in _one_a_record(bad).to_pylist()]
            events = events.filter(pc.invert(pc.is_in(events["record"], value_set=pc.unique(bad["record"]))))
    found = pa.Table.from_pylist(rows, schema=QUARANTINE)
    return events, pa.concat_tables([built.table("quarantine"), found])


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
