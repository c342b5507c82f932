"""States by the source's own names: what the log calls them, and which nobody knew."""

import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.intake.sources.table.rows import Table
from otklik.intake.sources.table.vocabulary import looked_up, state_of, words

MAX_STATES = 200
_FINAL = ("resolved", "closed")


def told_states(table: Table, role: str) -> pa.Array:
    """Give each row the state of the log it is in; unknown words count as open work, said so in a guess."""
    cells = table.cells(role)
    if cells is None:
        return pa.nulls(len(table.grid), pa.string())
    names = pc.unique(pc.drop_null(cells)).to_pylist()
    if len(names) > MAX_STATES:
        return pa.nulls(len(table.grid), pa.string())
    return looked_up(cells, list(meanings(table, names, role).items()))


def meanings(table: Table, names: list[str], role: str) -> dict[str, str]:
    """Say of each name what it means; told ones (mapping `states`) first."""
    told = {words(name): state for name, state in table.told_states.items()}
    known = {name: told.get(words(name)) or state_of(name) for name in names}
    unknown = [name for name, state in known.items() if state is None]
    by_state: dict[str, list[str]] = {}
    for name, state in known.items():
        by_state.setdefault(state or "open", []).append(name)
    for state, its in by_state.items():
        table.out.guess("state", state, N_("these states mean it: %(names)s"), names=", ".join(sorted(its)[:20]))
    if unknown:
        reason = N_("nobody knows these states; they count as open work: %(names)s")
        table.out.guess("state", "open", reason, names=", ".join(sorted(unknown)[:20]))
    return {name: state or "open" for name, state in known.items()}
