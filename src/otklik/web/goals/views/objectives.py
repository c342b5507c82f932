"""One goal: what it says, how it stands, its history; writing one, and waiving a rule."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.base.text import N_
from otklik.schemas.goals import COMMITMENTS, DIRECTIONS, LEVELS
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import coaching, looking, rights, standing
from otklik.web.goals.changing import check_change, check_seen, help_others, hold, newest, remove, write
from otklik.web.goals.forms.objectives import AboutObjective
from otklik.web.goals.models import CheckIn, History, Objective, Thanks
from otklik.web.goals.problems import GoalStays, NotYours
from otklik.web.goals.views.around_goal import around_goal
from otklik.web.goals.views.pages import (
    LOOK_AND_WRITE,
    ask,
    ask_why,
    at_cycle,
    at_objective,
    cycle_for,
    facts_of,
    is_under_way,
    objective_for,
    reason_given,
    show,
)
from otklik.web.words import say

MOST_LINES = 60


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def objective_new(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Write a goal down."""
    cycle = cycle_for(request, cycle_id)
    person = person_in(request)
    form = AboutObjective(request.POST or None, user=person, cycle=cycle)

    def save() -> str:
        made = form.write_to(Objective(cycle=cycle, position=cycle.objectives.count()))
        if not rights.may_change(person, made):
            raise NotYours
        with transaction.atomic():
            write(made, person)
            help_others(made, list(form.cleaned_data["contributes_to"]), person)
        _noted(request, "goal.made", made)
        return at_objective(made)

    return ask(request, form, save, facts_of(request, cycle) | {"objective": None, "seen": ""}, "objective_form")


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def objective_edit(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Change a goal; nothing that somebody else wrote meanwhile is overwritten unseen."""
    row = objective_for(request, objective_id)
    person = person_in(request)
    check_change(person, row, request.POST.get("seen"))
    form = AboutObjective(request.POST or None, user=person, cycle=row.cycle, objective=row)

    def save() -> str:
        with transaction.atomic():
            hold(row.cycle)
            check_seen(row, request.POST.get("seen"))
            changed = form.write_to(row)
            if not rights.may_change(person, changed):
                raise NotYours
            write(changed, person, reason_given(request))
            help_others(changed, list(form.cleaned_data["contributes_to"]), person)
        _noted(request, "goal.changed", changed)
        return at_objective(changed)

    ask_why(request, form, row.cycle)
    facts = facts_of(request, row.cycle) | {"objective": row, "seen": newest(row), "reason": reason_given(request)}
    return ask(request, form, save, facts, "objective_form")


@require_GET
@needs(Right.SEE)
def objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """One goal with everything about it."""
    row = objective_for(request, objective_id)
    prefetch_related_objects([row], "key_results__owner", "key_results__grade", "health")
    (stands,) = standing.stand(row.cycle, [row])
    seen = Objective.objects.for_user(request.user)
    facts = {
        "stands": stands, "objective": row, "looks": looking.looks_of([row.pk]), "level": LEVELS[row.level],
        "mark": COMMITMENTS.get(row.commitment, ""), "marks": COMMITMENTS, "directions": DIRECTIONS,
        "helps": seen.filter(contributors=row).select_related("cycle"),
        "helpers": seen.filter(contributes_to=row).select_related("cycle"),
        "said": CheckIn.objects.filter(key_result__objective=row).select_related("key_result", "by")[:MOST_LINES],
        "thanks": Thanks.objects.filter(key_result__objective=row).select_related("by", "to")[:MOST_LINES],
        "lines": History.objects.for_user(request.user).filter(objective=row).select_related("by")[:MOST_LINES],
        "may_change": rights.may_change(request.user, row) and not row.cycle.is_closed,
        "remarks": [
            one for one in coaching.of_cycle(row.cycle, request.user) if one.objective == str(row.pk)
        ] if rights.may_change(request.user, row) else [],
    }  # fmt: skip
    return show(request, "objective", facts_of(request, row.cycle) | around_goal(request, stands) | facts)


@require_POST
@needs(Right.OWN_GOALS)
def objective_delete(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Take a goal away; its history stays."""
    row = objective_for(request, objective_id)
    check_change(request.user, row)
    if is_under_way(row.cycle):
        raise GoalStays
    title = "" if row.level == rights.PERSONAL else row.title
    with transaction.atomic():
        remove(row, request.user, reason_given(request))
        record(request, "goal.deleted", title, cycle=row.cycle_id)
    messages.success(request, say(N_("The goal is gone; its history stays.")))
    return redirect(at_cycle(row.cycle))


def _noted(request: HttpRequest, verb: str, row: Objective) -> Any:
    """Into the trail of the company, which does not tell what a personal goal says."""
    return record(request, verb, "" if row.level == rights.PERSONAL else row, cycle=row.cycle_id)
