"""A cycle as of a day for papers and programs: goals with their numbers and grades, without the people behind them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow, ObjectiveNow, Ranged
from otklik.schemas.goals import Objective as Told
from otklik.schemas.grades import KeyResultGrade
from otklik.web.goals import standing
from otklik.web.goals.converting import NEEDS, cycle_told, health_told, objective_told
from otklik.web.goals.health import HealthStands
from otklik.web.goals.models import Cycle, Objective
from otklik.web.goals.outlook import objective_forecasts
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.moments import now, today


def cycle_now(cycle: Cycle, user: Any, on: date | None = None) -> CycleNow:
    """How the goals of company and teams stand; whoever asks, nobody's name and no personal goal is in it."""
    on = on or today()
    shared = Objective.objects.for_user(user).filter(cycle=cycle).exclude(level="personal")
    parts = ("key_results__owner", "key_results__grade", "health", "contributes_to", "waivers__by", *NEEDS)
    rows = shared.select_related("owner", "reviewer").prefetch_related(*parts)
    goals = standing.stand(cycle, rows, on)
    seen = {one.row.pk for one in goals}
    told = cycle_told(cycle, Objective.objects.none())
    objectives = tuple(_objectives(goals, seen, on))
    return CycleNow(cycle=told.model_copy(update={"waivers": ()}), on=on, as_of=now(), objectives=objectives)


def _objectives(goals: Sequence[ObjectiveStands], seen: set[int], on: date) -> Iterable[ObjectiveNow]:
    foreseen = objective_forecasts(goals, on)
    for one in goals:
        yield ObjectiveNow(
            objective=_nameless(objective_told(one.row, seen)),
            grade=one.grade,
            forecast=foreseen.get(one.row.pk),
            key_results=tuple(_key_result(part) for part in one.key_results if _counts(part)),
            health=tuple(_health(health) for health in one.health),
        )


def _nameless(objective: Told) -> Told:
    """The goal alone; what it needs stays with its answers, not who gave them."""
    needs = tuple(one.model_copy(update={"answered_by": "", "risk_owner": ""}) for one in objective.needs)
    nobody = {"owner": "", "reviewer": "", "waivers": (), "key_results": (), "health": ()}
    return objective.model_copy(update=nobody | {"needs": needs})


def _counts(part: KeyResultStands) -> bool:
    """What was given up stays where it was graded: its grade is in that of the goal."""
    return part.row.stopped_on is None or part.recorded is not None


def _key_result(part: KeyResultStands) -> KeyResultNow:
    grade = part.grade
    if part.recorded is not None:
        grade = KeyResultGrade(value=part.recorded.grade, progress=grade.progress, colour=part.shown_colour)
    return KeyResultNow(
        key_result=part.told.model_copy(update={"owners": ()}),
        number=part.number,
        at_start=Ranged(value=part.told.baseline),
        grade=grade,
    )


def _health(one: HealthStands) -> HealthNow:
    broken = None if one.value is None else one.is_broken
    return HealthNow(
        health=health_told(one.row),
        number=one.number,
        broken=broken,
        surely=one.state == "surely",
        weeks_broken=one.weeks_broken,
    )
