"""Goals that come by the armful into a draft: from the library, from a pasted list."""

from collections.abc import Iterable
from typing import Any

from otklik.schemas import goals as told
from otklik.web.goals import rights
from otklik.web.goals.converting import add_objectives
from otklik.web.goals.models import DRAFT, Cycle, Objective
from otklik.web.goals.problems import NotADraft, NotYours


def drafts(user: Any) -> list[Cycle]:
    """The cycles that goals can still be added to freely."""
    return list(Cycle.objects.for_user(user).filter(stage=DRAFT))


def add_to_draft(cycle: Cycle, given: Iterable[told.Objective], by: Any) -> list[Objective]:
    """Write objectives into a draft, at the level at which this person may; raises NotADraft, NotYours."""
    if cycle.stage != DRAFT:
        raise NotADraft(cycle=cycle.title)
    place = level_of(by)
    return add_objectives(cycle, [one.model_copy(update=place) for one in given], by)


def level_of(person: Any) -> dict[str, str]:
    """At which level, and for which team, goals of a person are written that say nothing of it; raises NotYours."""
    levels, teams = rights.levels_for(person), rights.team_names(person)
    if rights.TEAM in levels and teams:
        return {"level": rights.TEAM, "team": teams[0]}
    if rights.COMPANY in levels:
        return {"level": rights.COMPANY, "team": ""}
    if rights.PERSONAL in levels:
        return {"level": rights.PERSONAL, "team": ""}
    raise NotYours
