"""The gates between the stages of a cycle: what has to be there before it goes on."""

from typing import Any

from django.db import transaction

from otklik.base.text import N_
from otklik.web.goals.changing import tell
from otklik.web.goals.coaching import blocking_among, is_too_much, of_shared
from otklik.web.goals.converting import key_result_told
from otklik.web.goals.models import ACTIVE, CLOSED, DRAFT, Cycle, KeyResult
from otklik.web.goals.problems import NotReady
from otklik.web.words import say

TOO_MUCH = N_(
    "These are more goals than can be pursued at once: write down what is left for later (“Not now”), or say why the "
    "rule S1 does not count here."
)


def go_on(cycle: Cycle, stage: str, by: Any, reason: str = "") -> None:
    """Let a cycle enter a stage; raises NotReady where the gate is shut, WrongStage where no way leads there."""
    with transaction.atomic():
        Cycle._base_manager.select_for_update().filter(pk=cycle.pk).first()
        cycle.refresh_from_db()
        shut = reasons_against(cycle, stage)
        if shut:
            raise NotReady(reasons=" ".join(shut))
        before = cycle.stage
        if stage == ACTIVE and before == DRAFT:
            _keep_as_set(cycle)
        cycle.enter(stage)
        tell(cycle, "stage", before, stage, by, reason)


def reasons_against(cycle: Cycle, stage: str) -> list[str]:
    """Why the gate to a stage is shut, one sentence each; empty = open."""
    if stage == ACTIVE and cycle.stage == DRAFT:
        return _not_startable(cycle)
    if stage == CLOSED:
        return _not_closable(cycle)
    return []


def _not_startable(cycle: Cycle) -> list[str]:
    shared = cycle.objectives.exclude(level="personal")
    if not shared.exists():
        return [say(N_("There is no objective in it."))]
    bare = shared.filter(key_results=None)
    found = [say(N_("“%(goal)s” has no key result."), goal=one.title) for one in bare]
    said = of_shared(cycle)
    if not cycle.not_now and is_too_much(said):
        found.append(say(TOO_MUCH))
    wrong = blocking_among(said)
    return found + [say(N_("“%(goal)s”: %(what)s."), goal=one.about or cycle.title, what=one.title) for one in wrong]


def _not_closable(cycle: Cycle) -> list[str]:
    shared = KeyResult.objects.filter(objective__cycle=cycle).exclude(objective__level="personal")
    found = [say(N_("“%(goal)s” is not graded."), goal=one.title) for one in shared.filter(grade=None)]
    due = cycle.school.committed_due_grade
    short = shared.filter(grade__grade__lt=due, grade__explanation="").select_related("objective")
    found += [
        say(N_("“%(goal)s” was committed and not reached whole: say why."), goal=one.title)
        for one in short
        if is_committed(one)
    ]
    return found


def may_aim_anew(cycle: Cycle) -> bool:
    """Say whether a target may still be changed: its school decides once the cycle is under way."""
    return cycle.stage == DRAFT or cycle.school.change_mid_cycle != "no"


def is_committed(row: KeyResult) -> bool:
    """Say whether the whole of it was promised: by itself, or by its objective."""
    return (row.commitment or row.objective.commitment) == "committed"


def _keep_as_set(cycle: Cycle) -> None:
    for row in KeyResult.objects.filter(objective__cycle=cycle).select_related("owner"):
        row.as_set = key_result_told(row).model_dump(mode="json")
        row.save(update_fields=["as_set"])
