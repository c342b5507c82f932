"""Goals of the simulated company, in the sixth week of their cycle, as if people had talked of them each Monday."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction

from otklik.actions.demo_goals import demo_goals
from otklik.schemas import goals as told
from otklik.schemas.goal_results import CheckIn as Said
from otklik.web.accounts.models import Company, Team
from otklik.web.goals import dependencies, measuring
from otklik.web.goals.converting import add_cycle
from otklik.web.goals.models import ACTIVE, CheckIn, Cycle, Dependency, KeyResult
from otklik.web.goals.stages import go_on


def fill_goals(owner: Any, language: str) -> Cycle:
    """Write the cycle, begin it, say what was said and measure each week of it; raises NothingToPropose."""
    ruler = measuring.ruler()
    today = ruler.day_of(ruler.as_of)
    Company.objects.filter(pk=Company.ours().pk).update(simulated_today=today)
    made = demo_goals(ruler, language=language, owner=owner.email)
    with transaction.atomic():
        cycle = add_cycle(made.cycle, owner)
        go_on(cycle, ACTIVE, owner)
        rows = KeyResult.objects.filter(objective__cycle=cycle).order_by("objective__position", "position")
        told = [one.id for goal in made.cycle.objectives for one in goal.key_results]
        by_id = dict(zip(told, rows, strict=True))
        for said in made.check_ins:
            _check_in(by_id[said.key_result], said, owner)
        _answer(cycle, made.cycle, owner)
    day = cycle.start + timedelta(days=7)
    while day < today:
        measuring.measure_cycle(cycle, ruler, day)
        day += timedelta(days=7)
    measuring.measure_cycle(cycle, ruler, today)
    return cycle


def _answer(cycle: Cycle, made: told.Cycle, owner: Any) -> None:
    """The teams that are asked are there, and some have answered."""
    said = {need.what: need.answer for goal in made.objectives for need in goal.needs}
    for row in Dependency.objects.filter(objective__cycle=cycle).select_related("objective__cycle"):
        Team.objects.get_or_create(name=row.team)
        if answer := said[row.what]:
            dependencies.answer(row, owner, answer)


def _check_in(row: KeyResult, said: Said, owner: Any) -> None:
    at = datetime.combine(said.day, time(9), UTC)
    facts = {"value": said.value, "confidence": said.confidence, "note": said.note}
    CheckIn(key_result=row, by=owner, at=at, day=said.day, **facts).save()
