"""A key result as it was first set: its grade by its own number, where it was aimed or counted otherwise since."""

from collections.abc import Callable

from pydantic import BaseModel

from otklik.actions.grade_goals import Known, grade_goal, grade_twice
from otklik.actions.measure_first_set import counts_alike
from otklik.schemas.goal_profiles import Profile
from otklik.schemas.goal_results import Basis, FirstSet, Ranged
from otklik.schemas.goals import Bound, KeyResult, Manual
from otklik.schemas.grades import KeyResultGrade
from otklik.web.goals.models import Measured

COUNTED_OTHERWISE = KeyResultGrade(reason="counted-otherwise")
Said = Callable[[KeyResult], Known]
"""What programs sent of a key result: its number and its weeks."""


def is_of(measured: Measured, source: object) -> bool:
    """Say whether a number was measured by this source: one that was changed since is another number."""
    return is_by(measured.reading.get("basis"), measured.reading.get("source"), source)


def is_by(basis: str | None, kept: object, source: object) -> bool:
    """The same, of what a number was measured by and what it was sent as."""
    if kept and not basis:
        return isinstance(source, BaseModel) and source.model_dump(mode="json") == kept
    return not basis or Basis.model_validate_json(basis).bound == source


def with_start(told: KeyResult, start: dict[str, float | None] | Ranged | None) -> KeyResult:
    """The key result with a baseline: what was typed, or else what was measured before the cycle."""
    if told.baseline is not None or not start:
        return told
    value = start.value if isinstance(start, Ranged) else start.get("value")
    return told.model_copy(update={"baseline": value})


def grade_as_first_set(
    first: KeyResult, now: KeyResult, known: Known, measured: Measured | None, sent: Said, school: Profile
) -> KeyResultGrade | None:
    """The grade of the first version; None where the change was no change of the goal (another title, another owner).

    Counted otherwise since, it is graded by its own number where the records or a program still tell it, and else by
    none: the number of another measure says nothing of what was promised.
    """
    if counts_alike(first, now):
        filled = with_start(first, measured.reading.get("at_start") if measured else None)
        both = grade_twice(filled, now, known, school)
        return both.as_set if both.changed else None
    if isinstance(first.source, Bound):
        return _by_its_records(first, measured, school)
    if isinstance(first.source, Manual) or first.source == now.source:
        return COUNTED_OTHERWISE
    return grade_goal(first, sent(first), school)


def _by_its_records(first: KeyResult, measured: Measured | None, school: Profile) -> KeyResultGrade:
    if measured is None:
        return COUNTED_OTHERWISE
    if measured.reading.get("first_set"):
        then = FirstSet.model_validate(measured.reading["first_set"])
        return grade_goal(with_start(first, then.at_start), Known(then.number, then.weeks), school)
    if measured.reading.get("basis") and is_of(measured, first.source):
        known = Known(Ranged.model_validate(measured.reading["number"]), tuple(measured.weeks))
        return grade_goal(with_start(first, measured.reading.get("at_start")), known, school)
    return COUNTED_OTHERWISE
