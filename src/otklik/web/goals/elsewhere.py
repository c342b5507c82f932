"""Help across cycles: goals of a quarter serve goals of a year."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from otklik.web.goals.models import CLOSED, Contribution, Cycle, Objective
from otklik.web.goals.rights import PERSONAL


def longer_than(cycle: Cycle) -> list[Cycle]:
    """Cycles that are not closed, reach into this one, and are longer than it: what its goals may serve."""
    beside = Cycle.objects.exclude(pk=cycle.pk).exclude(stage=CLOSED).filter(start__lte=cycle.end, end__gte=cycle.start)
    return [one for one in beside if one.end - one.start > cycle.end - cycle.start]


def could_be_helped(cycle: Cycle, objective: Objective | None) -> QuerySet[Objective]:
    """Shared goals of the cycle and of longer ones, those that are helped already whatever they are; never itself."""
    of_cycles = Q(cycle=cycle) | Q(cycle__in=longer_than(cycle))
    helped = Q(pk__in=objective.contributes_to.values("pk")) if objective and objective.pk else Q(pk__in=[])
    shared = Objective.objects.select_related("cycle").exclude(level=PERSONAL)
    found = shared.filter(of_cycles | helped).exclude(pk=objective.pk if objective else None)
    return found.order_by("cycle__start", "cycle_id", "position", "id")


def helped_elsewhere(cycle: Cycle) -> QuerySet[Objective]:
    """Shared goals of other cycles that goals of this one serve."""
    found = Objective.objects.exclude(cycle=cycle).exclude(level=PERSONAL)
    return found.filter(contributors__cycle=cycle).exclude(contributors__level=PERSONAL).distinct()


def links_out(goals: Iterable[int]) -> dict[int, list[Objective]]:
    """By goal, the shared goals of other cycles that it helps."""
    rows = _between(goals, "contributor").exclude(helped__level=PERSONAL).select_related("helped__cycle")
    found: dict[int, list[Objective]] = {}
    for one in rows:
        found.setdefault(one.contributor_id, []).append(one.helped)
    return found


def links_in(goals: Iterable[int]) -> dict[int, list[Objective]]:
    """By goal, the shared goals of other cycles that help it."""
    rows = _between(goals, "helped").exclude(contributor__level=PERSONAL).select_related("contributor__cycle")
    found: dict[int, list[Objective]] = {}
    for one in rows:
        found.setdefault(one.helped_id, []).append(one.contributor)
    return found


def _between(goals: Iterable[int], end: str) -> QuerySet[Any]:
    apart = Contribution.objects.exclude(contributor__cycle=F("helped__cycle"))
    return apart.filter(**{f"{end}__in": list(goals)}).order_by("pk")
