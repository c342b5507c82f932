"""States by the source's own names: what the log calls them, and which nobody knew."""

import pyarrow as pa

from otklik.base.text import N_
from otklik.intake.coded import constant, translated
from otklik.intake.sources.table.rows import Table
from otklik.intake.sources.table.vocabulary import state_of, words

MAX_STATES = 200


def told_states(table: Table, role: str) -> pa.DictionaryArray:
    """Give each row the state of the log it is in; unknown words count as open work, said so in a guess."""
    cells = table.texts(role)
    names = cells.dictionary.to_pylist()
    if not names or len(names) > MAX_STATES:
        return constant(None, len(table.grid))
    known = meanings(table, names)
    return translated(cells, lambda name: known[name])


def meanings(table: Table, names: list[str]) -> dict[str, str]:
    """Say of each name what it means; told ones (mapping `states`) first."""
    told = {words(name): state for name, state in table.told_states.items()}
    known = {name: told.get(words(name)) or state_of(name) for name in names}
    unknown = [name for name, state in known.items() if state is None]
    by_state: dict[str, list[str]] = {}
    for name, state in known.items():
        by_state.setdefault(state or "open", []).append(name)
    for state, its in by_state.items():
        table.out.guess(
            "state",
            state,
            N_("these states mean it: %(names)s"),
            names=", ".join(sorted(its)[:20]),
            each="\n".join(its),
        )
    if unknown:
        reason = N_("nobody knows these states; they count as open work: %(names)s")
        table.out.guess("state", "open", reason, names=", ".join(sorted(unknown)[:20]))
    return {name: state or "open" for name, state in known.items()}
