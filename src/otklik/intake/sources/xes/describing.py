"""What the attributes of a case say about the request: when it began and ended, channel, priority, all the rest."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.process_words import REQUEST_ROLES, date_role, plain
from otklik.intake.sources.xes.cases import VALUE_CHARACTERS, Cases
from otklik.intake.sources.xes.moments import instants
from otklik.schemas.events import REQUESTS, UTC_US

STEP_KEYS: Final = {
    "at": "time:timestamp",
    "activity": "concept:name",
    "lifecycle": "lifecycle:transition",
    "assignee": "org:resource",
    "team": "org:group",
}
"""The roles of an event's attributes and the standard's keys for them."""
_TECHNICAL: Final = frozenset({*STEP_KEYS.values(), "concept:instance", "identity:id"})
_TEXTS: Final = ("customer", "subject", "channel", "category", "priority", "segment", "language")
_DATES: Final = {"created": "started_at", "closed": "ended_at", "resolved": "ended_at"}


def case_dates(cases: Cases, told: Mapping[str, str], zone: str) -> dict[str, pa.Array]:
    """When each case began and ended, where an attribute of the case itself says so."""
    dates = {"started_at": pa.nulls(cases.n_cases, UTC_US), "ended_at": pa.nulls(cases.n_cases, UTC_US)}
    for key in cases.case_cells:
        guessed = {"start": "started_at", "end": "ended_at"}.get(date_role(key) or "")
        meant = _DATES.get(told[key]) if key in told else guessed
        if meant:
            dates[meant] = pc.coalesce(dates[meant], instants(cases.case_column(key), zone)[0])
    return dates


def case_descriptions(cases: Cases, told: Mapping[str, str]) -> dict[str, pa.Array]:
    """The columns of schemas.events.REQUESTS but source and request; a case's own attribute goes before its events'."""
    columns: dict[str, pa.Array] = {name: pa.nulls(cases.n_cases, pa.string()) for name in _TEXTS}
    others = []
    for key in dict.fromkeys([*cases.case_cells, *cases.event_cells]):
        role = told.get(key) or REQUEST_ROLES.get(plain(key))
        if role in columns:
            columns[role] = pc.coalesce(columns[role], cases.case_column(key), cases.last_of_case(key))
        elif role is None and key not in _TECHNICAL:
            others.append(key)
    opened = {"opened_at": pa.nulls(cases.n_cases, UTC_US)}
    return {**columns, **opened, "attributes": _attributes(cases, others)}


def _attributes(cases: Cases, keys: list[str]) -> pa.Array:
    cells = np.full((cases.n_cases, len(keys)), -1)
    for column, key in enumerate(keys):
        cells[:, column] = cases.last_cells(key)
        if key in cases.case_cells:
            told = np.flatnonzero(cases.case_cells[key] >= 0)
            cells[told, column] = cases.case_cells[key][told]
    case, place = np.nonzero(cells >= 0)
    offsets = np.append(0, np.cumsum(np.bincount(case, minlength=cases.n_cases)))
    values = pc.utf8_slice_codeunits(cases.value.take(pa.array(cells[case, place])), 0, VALUE_CHARACTERS)
    names = pa.array(keys, pa.string()).take(pa.array(place))
    return pa.MapArray.from_arrays(pa.array(offsets.astype(np.int32)), names, values).cast(
        REQUESTS.field("attributes").type
    )
