"""One row a change: at this moment this field of the request became this."""

import pyarrow as pa
import pyarrow.compute as pc

from otklik.intake.sources.table.rows import Bools, Table, events_table
from otklik.intake.sources.table.states import meanings
from otklik.intake.sources.table.steps import describe_cases, set_aside_unplaced
from otklik.intake.sources.table.vocabulary import headings, looked_up, words
from otklik.schemas.events import Can

_FIELDS = ("status", "assignee", "team")
_GONE = ("cancelled", "deleted", "merged")


def read_history(table: Table) -> None:
    """Turn changes of state, holder and team into events; other fields are read and left out."""
    set_aside_unplaced(table)
    field, value = table.cells("field"), table.texts("new_value")
    names = [] if field is None else pc.unique(pc.drop_null(field)).to_pylist()
    roles = (
        pa.nulls(len(table.grid), pa.string()) if field is None else looked_up(field, [(n, _role(n)) for n in names])
    )
    for role in _FIELDS:
        chosen = pc.fill_null(pc.equal(roles, role), False).to_numpy(zero_copy_only=False) & ~table.aside
        if not chosen.any():
            continue
        columns = {
            "request": table.texts("request"), "record": table.records(), "actor": table.texts("actor"), "by": "agent",
            "at": table.moments(), "key": table.texts("event_id"),
        }  # fmt: skip
        if role == "status":
            columns |= _states(table, value, chosen)
            table.can |= Can.status | Can.resolution
        else:
            columns |= {"kind": "assigned", role: value}
            table.can |= Can.assignee if role == "assignee" else Can.team
        table.out.add_table("events", events_table(table.out.source, len(table.grid), columns, chosen))
    describe_cases(table, ~table.aside)


def _role(name: str) -> str | None:
    plain = words(name).removesuffix(" id")
    return next((role for role in _FIELDS if plain == role or plain in headings()[role][1]), None)


def _states(table: Table, value: pa.Array, chosen: Bools) -> dict[str, pa.Array]:
    names = pc.unique(pc.drop_null(value.filter(pa.array(chosen)))).to_pylist()
    states = looked_up(pa.chunked_array([value]), list(meanings(table, names, "field").items()))
    gone = pc.fill_null(pc.is_in(states, value_set=pa.array(_GONE)), False)
    return {
        "kind": pc.if_else(gone, states, "status"),
        "status": pc.if_else(gone, pa.scalar(None, pa.string()), states),
    }
