"""A cycle as of a day for papers and programs: goals with their numbers and grades, without the people behind them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow, ObjectiveNow, Ranged
from otklik.schemas.grades import KeyResultGrade
from otklik.web.goals import standing
from otklik.web.goals.converting import cycle_told, health_told, objective_told
from otklik.web.goals.models import Cycle, Objective
from otklik.web.goals.standing import HealthStands, KeyResultStands, ObjectiveStands
from otklik.web.moments import now, today


def cycle_now(cycle: Cycle, user: Any, on: date | None = None) -> CycleNow:
    """How the goals of company and teams stand; whoever asks, nobody's name and no personal goal is in it."""
    on = on or today()
    shared = Objective.objects.for_user(user).filter(cycle=cycle).exclude(level="personal")
    rows = shared.prefetch_related("key_results", "key_results__grade", "health", "contributes_to")
    goals = standing.stand(cycle, rows, on)
    seen = {one.row.pk for one in goals}
    told = cycle_told(cycle, Objective.objects.none())
    return CycleNow(
        cycle=told.model_copy(update={"waivers": ()}), on=on, as_of=now(), objectives=tuple(_objectives(goals, seen))
    )


def _objectives(goals: Iterable[ObjectiveStands], seen: set[int]) -> Iterable[ObjectiveNow]:
    for one in goals:
        nobody = {"owner": "", "reviewer": "", "waivers": (), "key_results": (), "health": ()}
        yield ObjectiveNow(
            objective=objective_told(one.row, seen).model_copy(update=nobody),
            grade=one.grade,
            key_results=tuple(_key_result(part) for part in one.key_results if part.row.stopped_on is None),
            health=tuple(_health(health) for health in one.health),
        )


def _key_result(part: KeyResultStands) -> KeyResultNow:
    grade = part.grade
    if part.recorded is not None:
        grade = KeyResultGrade(value=part.recorded.grade, progress=grade.progress, colour=None)
    return KeyResultNow(
        key_result=part.told.model_copy(update={"owners": ()}),
        number=part.number,
        at_start=Ranged(value=part.told.baseline),
        grade=grade,
    )


def _health(one: HealthStands) -> HealthNow:
    broken = None if one.value is None else one.is_broken
    return HealthNow(health=health_told(one.row), number=Ranged(value=one.value), broken=broken)
