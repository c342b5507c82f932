"""A number limited to one's own requests: whose names count, and what keeps it from being about anybody else."""

import json
from typing import Any, TypeVar

from otklik.schemas.goals import NO_NAME, Bound
from otklik.web.goals import rights
from otklik.web.goals.problems import NumberOfAPerson, StaysPersonal, StrangeNames

Source = TypeVar("Source")


def names_for(user: Any, objective: Any) -> tuple[str, ...] | None:
    """The names to which a number of this goal may be limited by this person; None = it may not be limited at all."""
    if objective.level != rights.PERSONAL or objective.owner_id != user.pk:
        return None
    return tuple(user.record_names)


def names_in(source: Any) -> tuple[str, ...]:
    """The names to which a number is limited, read from how it is kept; empty = it is about everybody's requests."""
    which = source.get("which") if isinstance(source, dict) else None
    names = which.get("assignee") if isinstance(which, dict) else None
    return tuple(names or ())


def as_own(source: Source, row: Any) -> Source:
    """The source as it may be measured: without its names where they do not count as those of the goal's person."""
    if not isinstance(source, Bound) or not source.which.assignee or row.objective_id is None:
        return source
    if _are_own(source.which.assignee, row.objective):
        return source
    return source.model_copy(update={"which": source.which.model_copy(update={"assignee": (NO_NAME,)})})


def check_number(row: Any) -> None:
    """Raise NumberOfAPerson, StrangeNames where a number would be limited to requests of anybody but its person.

    What is kept already and does not change passes: whether it may be measured is asked whenever it is.
    """
    names = names_in(row.source)
    if not names:
        return
    goal = row.objective
    if goal.level != rights.PERSONAL:
        raise NumberOfAPerson(number=row.title, goal=goal.title)
    kept = type(row)._base_manager.filter(pk=row.pk).values_list("source", "objective_id").first() if row.pk else None
    if kept != (row.source, row.objective_id) and not _are_own(names, goal):
        strange = [name for name in names if name not in _names_of(goal)]
        raise StrangeNames(number=row.title, goal=goal.title, names=", ".join(strange))


def passes_on(objective: Any, level: str) -> bool:
    """Whether a personal goal would be seen by others at this level, or become somebody else's.

    Raises StaysPersonal where what is known of one person's requests would go along.
    """
    before = type(objective)._base_manager.filter(pk=objective.pk).values_list("level", "owner_id").first()
    if before is None or before[0] != rights.PERSONAL or before == (level, objective.owner_id):
        return False
    for row in (*objective.key_results.all(), *objective.health.all()):
        told = (row.source, (getattr(row, "as_set", None) or {}).get("source"), *map(_source_of, row.measured.all()))
        if any(map(names_in, told)):
            raise StaysPersonal(number=row.title, goal=objective.title)
    return True


def _source_of(measured: Any) -> Any:
    """What a number was bound to when it was measured."""
    basis = measured.reading.get("basis")
    return json.loads(basis).get("bound") if basis else measured.reading.get("source")


def _are_own(names: tuple[str, ...], objective: Any) -> bool:
    return objective.level == rights.PERSONAL and set(names) <= set(_names_of(objective))


def _names_of(objective: Any) -> list[str]:
    return list(objective.owner.record_names) if objective.owner else []
