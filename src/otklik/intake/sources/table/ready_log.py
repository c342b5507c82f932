"""A table that is a service log already: the contract's own column names, as `otklik log export` writes them."""

import numpy as np
import pyarrow as pa

from otklik.intake.coded import among, filled, is_null, translated
from otklik.intake.sources.table.rows import Table, events_table
from otklik.intake.sources.table.steps import describe_cases, set_aside_unplaced
from otklik.intake.sources.table.vocabulary import is_public
from otklik.schemas.events import By, Can, Kind, Status

_TEXTS = ("actor", "team", "assignee", "channel", "activity")


def read_ready_log(table: Table) -> None:
    """Take each row as the event it says it is."""
    set_aside_unplaced(table)
    for role, known in (("kind", Kind), ("by", By), ("status", Status)):
        cells = table.texts(role)
        table.set_aside(
            ~among(cells, known.__members__) & ~is_null(cells), f"bad-{role}", table.plan.roles.column(role)
        )
    table.set_aside(is_null(table.texts("kind")), "bad-kind")
    public = translated(table.texts("public"), lambda value: "yes" if is_public(value, "public") else None)
    columns = {
        "request": table.texts("request"), "record": table.records(), "kind": table.texts("kind"),
        "at": table.moments(),
        "by": filled(table.texts("by"), "system"), "public": pa.array(~is_null(public)),
        "status": table.texts("status"),
        **{name: table.texts(name) for name in _TEXTS},
    }  # fmt: skip
    table.out.add_table("events", events_table(table.out.source, len(table.grid), columns, ~table.aside))
    table.can = _can(table)
    table.is_process = not (table.can & Can.messages)
    describe_cases(table, ~table.aside)


def _can(table: Table) -> Can:
    kinds = table.texts("kind").dictionary.to_pylist()
    can = Can(0)
    if "message" in kinds:
        can |= Can.messages | Can.first_reply | Can.acknowledgement
    if table.texts("status").null_count < len(table.grid):
        can |= Can.status | Can.resolution
    if "step" in kinds:
        can |= Can.steps
    for role, flag in (("assignee", Can.assignee), ("team", Can.team)):
        if np.any(~is_null(table.texts(role))):
            can |= flag
    return can
