"""What is watched becomes a goal, and what was reached is watched: offered on the page, done only by a click."""

from typing import Any, Final

from otklik.base.text import N_
from otklik.schemas import goals as told
from otklik.web.goals import rights
from otklik.web.goals.health import IN_A_ROW
from otklik.web.goals.models import ACTIVE, CLOSED, CLOSING, DRAFT, Cycle, Health, KeyResult, Objective
from otklik.web.goals.numbers import shown
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.words import count, say

_ENOUGH: Final = 1e-9


def broken_too_long(stands: ObjectiveStands) -> set[int]:
    """Health numbers that have been outside for so long that a goal could be made of them."""
    return {one.row.pk for one in stands.health if one.is_broken and one.weeks_broken >= IN_A_ROW}


def reached(stands: ObjectiveStands) -> set[int]:
    """Key results of a cycle at its end that were reached, with a number that could be kept."""
    cycle = stands.row.cycle
    if cycle.stage not in (CLOSING, CLOSED):
        return set()
    return {part.row.pk for part in stands.key_results if _is_reached(part, cycle)}


def homes_of(user: Any) -> list[Objective]:
    """Goals of drafts and of running cycles in which this person could watch one more number."""
    rows = Objective.objects.for_user(user).filter(cycle__stage__in=(DRAFT, ACTIVE)).select_related("cycle", "owner")
    return [row for row in rows.order_by("-cycle__start", "position", "id") if rights.may_change(user, row)]


def goal_of(health: Health, value: float | None, weeks: int, owner: str) -> told.Objective:
    """A goal drafted of a number that left its band: back to the limit it broke."""
    is_below = health.low is not None and (health.high is None or (value is not None and value < health.low))
    limit = health.low if is_below else health.high
    source = health.read_source()
    start = None if isinstance(source, told.Bound) else value
    way = say(N_("from %(start)s to %(target)s"), start=shown(value, health.unit), target=shown(limit, health.unit))
    row = told.KeyResult(
        title=f"{health.title}: {way}"[:300], direction="raise" if is_below else "lower", unit=health.unit,
        baseline=start, target=limit, source=source, owners=(owner,), commitment="aspirational",
    )  # fmt: skip
    return told.Objective(
        title=say(N_("Nobody suffers from this any more: %(what)s"), what=health.title)[:300],
        why=_why(value, limit, health.unit, weeks), owner=owner, commitment="aspirational", key_results=(row,),
    )  # fmt: skip


def health_of(part: KeyResultStands, home: Objective) -> Health:
    """A number to watch, made of a key result: it stays at least where it got."""
    row, value = part.row, part.number.value
    is_lower_better = row.direction in told.LOWER_IS_BETTER
    return Health(
        objective=home, position=home.health.count(), title=bare(row), unit=row.unit, source=row.source,
        low=None if is_lower_better else value, high=value if is_lower_better else None,
    )  # fmt: skip


def bare(row: KeyResult) -> str:
    """What a key result counts, without its way from a start to an end."""
    what, _, way = row.title.rpartition(":")
    return what.strip() if what and any(sign.isdigit() for sign in way) else row.title


def _why(value: float | None, limit: float | None, unit: str, weeks: int) -> str:
    told_weeks = count(
        "It was outside its limits for %(n)s week in a row", "It was outside its limits for %(n)s weeks in a row", weeks
    )
    facts = say(N_("%(value)s, and %(limit)s was the limit."), value=shown(value, unit), limit=shown(limit, unit))
    return f"{told_weeks}: {facts}"


def _is_reached(part: KeyResultStands, cycle: Cycle) -> bool:
    grade, value = part.shown_grade, part.number.value
    if part.row.direction == "milestone" or part.row.stopped_on is not None or value is None or grade is None:
        return False
    return grade >= cycle.school.target_grade - _ENOUGH
