"""One goal: what it says, how it stands, its history; writing one, and waiving a rule."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.base.text import N_
from otklik.schemas.goals import COMMITMENTS, DIRECTIONS, LEVELS
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import coaching, looking, rights, standing
from otklik.web.goals.changing import check_change, help_others, newest, remove, tell, write
from otklik.web.goals.forms.objectives import AboutObjective, Waive
from otklik.web.goals.models import CheckIn, History, Objective, Thanks, Waiver
from otklik.web.goals.problems import NotYours
from otklik.web.goals.views.pages import (
    LOOK_AND_WRITE,
    ask,
    at_cycle,
    at_objective,
    cycle_for,
    facts_of,
    objective_for,
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
        changed = form.write_to(row)
        if not rights.may_change(person, changed):
            raise NotYours
        with transaction.atomic():
            write(changed, person, request.POST.get("reason", "")[:1000])
            help_others(changed, list(form.cleaned_data["contributes_to"]), person)
        _noted(request, "goal.changed", changed)
        return at_objective(changed)

    facts = facts_of(request, row.cycle) | {"objective": row, "seen": newest(row)}
    return ask(request, form, save, facts, "objective_form")


@require_GET
@needs(Right.SEE)
def objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """One goal with everything about it."""
    row = objective_for(request, objective_id)
    (stands,) = standing.stand(row.cycle, [row])
    seen = Objective.objects.for_user(request.user)
    facts = {
        "stands": stands, "objective": row, "looks": looking.looks_of([row.pk]), "level": LEVELS[row.level],
        "mark": COMMITMENTS.get(row.commitment, ""), "marks": COMMITMENTS, "directions": DIRECTIONS,
        "helps": seen.filter(contributors=row), "helpers": seen.filter(contributes_to=row),
        "said": CheckIn.objects.filter(key_result__objective=row).select_related("key_result", "by")[:MOST_LINES],
        "thanks": Thanks.objects.filter(key_result__objective=row).select_related("by", "to")[:MOST_LINES],
        "lines": History.objects.for_user(request.user).filter(objective=row).select_related("by")[:MOST_LINES],
        "may_change": rights.may_change(request.user, row) and not row.cycle.is_closed,
        "remarks": [
            one for one in coaching.of_cycle(row.cycle, request.user) if one.objective == str(row.pk)
        ] if rights.may_change(request.user, row) else [],
    }  # fmt: skip
    return show(request, "objective", facts_of(request, row.cycle) | facts)


@require_POST
@needs(Right.OWN_GOALS)
def objective_delete(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Take a goal away; its history stays."""
    row = objective_for(request, objective_id)
    check_change(request.user, row)
    _noted(request, "goal.deleted", row)
    remove(row, request.user, request.POST.get("reason", "")[:1000])
    messages.success(request, say(N_("The goal is gone; its history stays.")))
    return redirect(at_cycle(row.cycle))


@require_POST
@needs(Right.OWN_GOALS)
def waive(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Let a rule of the coach not count here, with a reason."""
    row = objective_for(request, objective_id)
    check_change(request.user, row)
    form = Waive(request.POST)
    if not form.is_valid():
        return show(request, "waive", facts_of(request, row.cycle) | {"form": form, "objective": row}, form)
    told = form.cleaned_data
    with transaction.atomic():
        made = Waiver(cycle=row.cycle, objective=row, **{name: told[name] for name in ("rule", "place", "reason")})
        made.by = person_in(request)
        made.save()
        tell(made, "", None, made.rule, request.user, made.reason)
    messages.success(request, say(N_("Written down. The rule does not count here.")))
    return redirect(at_objective(row))


@require_POST
@needs(Right.OWN_GOALS)
def waiver_drop(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """Let a rule count again."""
    found = Waiver.objects.select_related("objective__cycle").one_for(request.user, pk=waiver_id)
    if found.objective is None:
        raise Http404
    check_change(request.user, found.objective)
    tell(found, "", found.rule, None, request.user, found.reason)
    found.delete()
    return redirect(at_objective(found.objective))


def _noted(request: HttpRequest, verb: str, row: Objective) -> Any:
    """Into the trail of the company, which does not tell what a personal goal says."""
    return record(request, verb, "" if row.level == rights.PERSONAL else row, cycle=row.cycle_id)
