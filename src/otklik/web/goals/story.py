"""A cycle as its report tells it: how it stands, the pictures, the grades recorded and what was learnt."""

from collections.abc import Iterable
from typing import Any

from otklik.schemas.forecasts import Forecast, Needed
from otklik.schemas.gaming import GamingLook
from otklik.schemas.goal_results import Basis, KeyResultNow, ObjectiveNow, Ranged, Reading
from otklik.schemas.goal_results import CheckIn as Said
from otklik.schemas.goal_stories import CycleStory, RecordedGrade, RetroQuestion
from otklik.web.accounts.models import Company
from otklik.web.goals.as_of import cycle_now
from otklik.web.goals.drawing import curve_of_reading
from otklik.web.goals.models import CheckIn, Cycle, Grade, Measured, RetroAnswer
from otklik.web.words import say


def cycle_story(cycle: Cycle, user: Any) -> CycleStory:
    """Everything there is to tell of the goals of company and teams; no personal goal, and nobody by name."""
    now, company = cycle_now(cycle, user), Company.ours()
    ids = [int(part.key_result.id) for one in now.objectives for part in one.key_results]
    read, said = _newest(ids), _said(ids)
    objectives = [_with(one, read, said) for one in now.objectives]
    parts = [part for one in objectives for part in one.key_results]
    curves = {
        part.key_result.id: curve_of_reading(read.get(int(part.key_result.id), {}), part.key_result) for part in parts
    }
    return CycleStory(
        now=now.model_copy(update={"objectives": tuple(objectives)}),
        curves={id_: curve for id_, curve in curves.items() if curve is not None},
        grades=tuple(_recorded(ids)),
        retrospective=tuple(_answers(cycle, user)),
        company=company.name,
        zone=company.time_zone,
        is_simulated=company.is_simulated,
    )


def _newest(ids: list[int]) -> dict[int, dict[str, Any]]:
    """What the records said last of each key result."""
    rows = Measured.objects.filter(key_result__in=ids).order_by("day")
    return {row.key_result_id: row.reading for row in rows if row.key_result_id}


def _said(ids: list[int]) -> dict[int, Said]:
    """How sure people were last; not who."""
    rows = CheckIn.objects.filter(key_result__in=ids).exclude(confidence=None).order_by("day", "id")
    return {
        row.key_result_id: Said(key_result=str(row.key_result_id), day=row.day, confidence=row.confidence)
        for row in rows
    }


def _with(one: ObjectiveNow, read: dict[int, dict[str, Any]], said: dict[int, Said]) -> ObjectiveNow:
    parts = [_told(part, read.get(int(part.key_result.id), {}), said) for part in one.key_results]
    return one.model_copy(update={"key_results": tuple(parts)})


def _told(part: KeyResultNow, read: dict[str, Any], said: dict[int, Said]) -> KeyResultNow:
    kinds = {"needed": Needed, "forecast": Forecast, "gaming": GamingLook, "at_start": Ranged}
    facts: dict[str, Any] = {name: kind.model_validate(read[name]) for name, kind in kinds.items() if read.get(name)}
    if read.get("basis"):
        basis = Basis.model_validate_json(read["basis"])
        facts["reading"] = Reading(number=part.number, within_s=None, n=read["n"], k=0, days=(), basis=basis)
    last = said.get(int(part.key_result.id))
    return part.model_copy(update=facts | ({"check_ins": (last,)} if last else {}))


def _recorded(ids: list[int]) -> Iterable[RecordedGrade]:
    for row in Grade.objects.filter(key_result__in=ids).order_by("key_result"):
        yield RecordedGrade(
            key_result=str(row.key_result_id), grade=row.grade, computed=row.computed, as_first_set=row.as_first_set,
            argument=row.argument, explanation=row.explanation,
        )  # fmt: skip


def _answers(cycle: Cycle, user: Any) -> Iterable[RetroQuestion]:
    """From so many people on that nobody can be told by the answers."""
    if cycle.retro_done.count() < RetroAnswer.FEWEST:
        return
    rows = list(RetroAnswer.objects.for_user(user).filter(cycle=cycle))
    for name, question in RetroAnswer.QUESTIONS.items():
        texts = tuple(row.text for row in rows if row.question == name)
        yield RetroQuestion(question=say(question), answers=texts)
