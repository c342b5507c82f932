"""One row a change: at this moment this field of the request became this."""

import numpy as np
import pyarrow as pa

from otklik.intake.coded import among, codes_of, filled, is_null, translated
from otklik.intake.sources.table.dates import GONE
from otklik.intake.sources.table.rows import Bools, Table, events_table
from otklik.intake.sources.table.states import meanings
from otklik.intake.sources.table.steps import describe_cases, set_aside_unplaced
from otklik.intake.sources.table.vocabulary import headings, words
from otklik.schemas.events import Can

_FIELDS = ("status", "assignee", "team")


def read_history(table: Table) -> None:
    """Turn changes of state, holder and team into events; other fields are read and left out."""
    set_aside_unplaced(table)
    roles, value = translated(table.texts("field"), _role), table.texts("new_value")
    for role in _FIELDS:
        rows = among(roles, (role,)) & ~table.aside
        if not rows.any():
            continue
        columns = {
            "request": table.texts("request"), "record": table.records(), "actor": table.texts("actor"), "by": "agent",
            "at": table.moments(), "key": table.texts("event_id"),
        }  # fmt: skip
        if role == "status":
            columns |= _states(table, value, rows)
            table.can |= Can.status | Can.resolution
        else:
            columns |= {"kind": "assigned", role: value}
            table.can |= Can.assignee if role == "assignee" else Can.team
        table.out.add_table("events", events_table(table.out.source, len(table.grid), columns, rows))
    describe_cases(table, ~table.aside)


def _role(name: str) -> str | None:
    plain = words(name).removesuffix(" id")
    return next((role for role in _FIELDS if plain == role or plain in headings()[role][1]), None)


def _states(table: Table, value: pa.DictionaryArray, rows: Bools) -> dict[str, pa.DictionaryArray]:
    names = value.dictionary.take(pa.array(np.unique(codes_of(value)[rows & ~is_null(value)]))).to_pylist()
    known = meanings(table, names)
    states = translated(value, known.get)
    return {
        "kind": filled(translated(states, lambda state: state if state in GONE else "status"), "status"),
        "status": translated(states, lambda state: None if state in GONE else state),
    }
