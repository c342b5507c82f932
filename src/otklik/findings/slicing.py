"""The columns by which requests can be told apart: channel, team, category, priority, segment, anything else known."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.findings.columns import indices
from otklik.findings.evidence import Evidence
from otklik.findings.trail import Named
from otklik.intake.placeholders import is_placeholder
from otklik.schemas.events import NONE

OFFERED = ("channel", "team", "category", "priority", "segment")
"""Compared without being asked, where the log knows them."""
FEW, MANY_VALUES, MOST_VALUES = 2, 30, 1000
"""A column with more values than this names single things (ticket numbers, addresses), not groups."""
DESCRIBED = ("channel", "category", "priority", "segment", "language", "customer")
HELD = ("team", "assignee")


class UnknownColumn(UserError):
    """A column nobody knows: facts `column`, `columns`."""

    code = "unknown-column"
    message = N_("The record has no column %(column)s to compare by.")
    hint = N_("Columns it has: %(columns)s.")


def columns_of(evidence: Evidence) -> list[str]:
    """Name every column that can tell requests apart: those of the contract that are filled, and the attributes."""
    filled = [name for name in (*DESCRIBED, *HELD) if (_plain_column(evidence, name).code != NONE).any()]
    return ["source", *filled, *_attribute_names(evidence)]


def offered(evidence: Evidence, at_least: int = 3) -> list[str]:
    """Columns to compare without being asked: those of OFFERED, and where they are few, telling attributes.

    Input     Evidence; how many columns to come to with the help of attributes
    Output    names of columns; an attribute must be filled for half of the requests and have 2 to 30 values
    Unit      none
    Open end  none
    Errors    none
    Source    persons are never compared unless asked for
    """
    found = [name for name in OFFERED if FEW <= _values_in(_plain_column(evidence, name)) <= MOST_VALUES]
    for name in _attribute_names(evidence):
        if len(found) >= at_least:
            break
        column = column_of(evidence, name)
        filled = int((column.code != NONE).sum())
        if FEW <= _values_in(column) <= MANY_VALUES and 2 * filled >= evidence.n:
            found.append(name)
    return found


def column_of(evidence: Evidence, by: str) -> Named:
    """What value each request has in a column.

    Input     Evidence; `by`: source, a column of the requests, team or assignee (who held it last), or an attribute
    Output    Named: codes (requests,), NONE where the request has no value, and the names
    Unit      none
    Open end  an open request is told by whoever holds it at the horizon
    Errors    UnknownColumn
    Source    the service log, version 1
    """
    if by in (*DESCRIBED, *HELD, "source"):
        column = _plain_column(evidence, by)
        if (column.code != NONE).any():
            return column
    if by in (names := _attribute_names(evidence)):
        return _encoded(pc.map_lookup(evidence.requests["attributes"].combine_chunks(), pa.scalar(by), "last"))
    raise UnknownColumn(column=by, columns=", ".join(sorted({*columns_of(evidence), *names})))


def _plain_column(evidence: Evidence, by: str) -> Named:
    if by in evidence.facts.column_names:  # the source, and whatever is kept beside the facts
        return _encoded(evidence.facts[by])
    if by in HELD:
        held: Named = getattr(evidence.trail, by)
        known = evidence.trail.last_within(held.code != NONE)
        last_named = np.where(known != NONE, held.code[known], NONE)
        return Named(evidence.trail.at_end(last_named, evidence.n), held.names)
    described = _encoded(evidence.requests[by])
    if by == "channel":
        return _filled(described, evidence)
    return described


def _values_in(column: Named) -> int:
    return int(np.unique(column.code[column.code != NONE]).size)


def _filled(described: Named, evidence: Evidence) -> Named:
    """Where the description has no channel, that of the first event that names one."""
    trail = evidence.trail
    said = _encoded(trail.table["channel"])
    names = list(dict.fromkeys([*described.names, *said.names]))
    place = {name: i for i, name in enumerate(names)}
    of_said = np.array([*(place[name] for name in said.names), NONE], dtype=np.int64)
    told = np.flatnonzero(said.code != NONE)[::-1]  # so that the first of a row is written last
    first = np.full(evidence.n, NONE, dtype=np.int64)
    first[trail.row[told]] = of_said[said.code[told]]
    of_described = np.array([*(place[name] for name in described.names), NONE], dtype=np.int64)
    code = of_described[described.code]
    return Named(np.where(code == NONE, first, code), names)


def _attribute_names(evidence: Evidence) -> list[str]:
    column = evidence.log.requests["attributes"].combine_chunks()
    return sorted(pc.unique(column.keys).to_pylist()) if len(column) else []


def _encoded(column: Any) -> Named:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = whole.dictionary_encode() if not pa.types.is_dictionary(whole.type) else whole
    names = encoded.dictionary.to_pylist()
    code = np.append(np.arange(len(names)), NONE)
    code[:-1][[is_placeholder(name) for name in names]] = NONE
    return Named(code[indices(encoded.indices)], names)
