"""What the numbers of its school say of a cycle: who set its goals, how bold they were at the start, how they ended."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery

from otklik.base.text import N_
from otklik.web.goals.models import CLOSED, CLOSING, Cycle, History, KeyResult, Measured
from otklik.web.goals.numbers import grade_shown, shown
from otklik.web.goals.rights import PERSONAL, TEAM
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.goals.track_record import chance_of
from otklik.web.words import count, say


def remarks_on(cycle: Cycle, goals: Iterable[ObjectiveStands]) -> list[str]:
    """One sentence each; personal goals are left out."""
    shared = [one for one in goals if one.row.level != PERSONAL]
    parts = [part for one in shared for part in one.key_results if part.row.stopped_on is None]
    if cycle.stage in (CLOSING, CLOSED):
        return list(_ends(cycle, parts))
    return [*_from_below(cycle, shared), *_starts(cycle, parts)]


def _from_below(cycle: Cycle, goals: Sequence[ObjectiveStands]) -> Iterator[str]:
    """How many goals of teams the teams set themselves."""
    teams = {one.row.pk: one.row.team for one in goals if one.row.level == TEAM}
    if not teams:
        return
    lines = History.objects.filter(objective__in=list(teams), what="objective", field="", before__isnull=True)
    made = list(lines.filter(by__teams__name__isnull=False).values_list("objective_id", "by__teams__name"))
    own = {goal for goal, team in made if goal is not None and team == teams[goal]}
    yield count(
        "%(own)s of %(n)s team goal was set by the team itself.",
        "%(own)s of %(n)s team goals were set by the teams themselves.", len(teams), own=len(own),
    )  # fmt: skip
    least = cycle.school.bottom_up_warn_under
    if len(own) < least * len(teams):
        yield say(N_("Less than %(least)s: ask the teams what they would pursue."), least=shown(least, "share"))


def _starts(cycle: Cycle, parts: Sequence[KeyResultStands]) -> Iterator[str]:
    """Key results that were too easy or too far by the first chance the data gave them."""
    first = _first_measured(cycle, [part.row.pk for part in parts])
    school, easy, far, rash = cycle.school, [], [], []
    for part in parts:
        chance = chance_of(first.get(part.row.pk), "shown")
        mark = part.told.commitment or part.row.objective.commitment
        if chance is None:
            continue
        told = say(N_("“%(goal)s” (%(chance)s)"), goal=part.row.title, chance=shown(chance, "share"))
        if mark == "committed" and chance < school.committed_start_low:
            rash.append(told)
        elif mark == "aspirational" and chance > school.aspirational_start_high:
            easy.append(told)
        elif mark == "aspirational" and chance < school.aspirational_start_low:
            far.append(told)
    least, low = shown(school.committed_start_low, "share"), shown(school.aspirational_start_low, "share")
    high = shown(school.aspirational_start_high, "share")
    if rash:
        text = N_("Committed at a chance below %(least)s when the cycle began, which is rash: %(goals)s.")
        yield say(text, least=least, goals=", ".join(rash))
    if easy:
        text = N_("Easy for an aspiration, with a chance above %(high)s when the cycle began: %(goals)s.")
        yield say(text, high=high, goals=", ".join(easy))
    if far:
        text = N_("Begun at a chance below %(low)s if things go on as they do; something has to change for %(goals)s.")
        yield say(text, low=low, goals=", ".join(far))


def _first_measured(cycle: Cycle, key_results: list[int]) -> dict[int, Measured]:
    of_one = Measured.objects.filter(key_result=OuterRef("pk"), day__gte=cycle.start).order_by("day", "id")
    rows = KeyResult.objects.filter(pk__in=key_results).annotate(first=Subquery(of_one.values("pk")[:1]))
    found = Measured.objects.filter(pk__in=[pk for pk in rows.values_list("first", flat=True) if pk])
    return {one.key_result_id or 0: one for one in found}


def _ends(cycle: Cycle, parts: Sequence[KeyResultStands]) -> Iterator[str]:
    """Where aspirational key results ended on average, beside where they should."""
    bold = [part for part in parts if (part.told.commitment or part.row.objective.commitment) == "aspirational"]
    grades = [part.shown_grade for part in bold if part.shown_grade is not None]
    if not grades:
        return
    mean, school = sum(grades) / len(grades), cycle.school
    facts: dict[str, Any] = {"mean": grade_shown(mean), "low": grade_shown(school.stretch_aim_low),
                             "high": grade_shown(school.stretch_aim_high)}  # fmt: skip
    if mean > school.stretch_aim_high:
        text = N_("Aspirational key results ended at %(mean)s on average, above %(low)s to %(high)s: aim higher.")
    elif mean < school.stretch_aim_low:
        text = N_("Aspirational key results ended at %(mean)s on average, below %(low)s to %(high)s: aim nearer.")
    else:
        text = N_("Aspirational key results ended at %(mean)s on average, between %(low)s and %(high)s as they should.")
    yield say(text, **facts)
