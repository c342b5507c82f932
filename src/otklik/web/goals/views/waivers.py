"""Rules of the coach that do not count here: in a goal, in a whole cycle, and counting again."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.text import N_
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.goals.changing import check_change, tell
from otklik.web.goals.forms.objectives import Waive
from otklik.web.goals.models import Cycle, Objective, Waiver
from otklik.web.goals.problems import NotYours
from otklik.web.goals.views.pages import at_cycle, at_objective, cycle_for, facts_of, objective_for, show
from otklik.web.words import say


@require_POST
@needs(Right.OWN_GOALS)
def goal_waive(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Let a rule of the coach not count for a goal, with a reason."""
    row = objective_for(request, objective_id)
    check_change(request.user, row)
    return _waive(request, row.cycle, row)


@require_POST
@needs(Right.GOALS)
def cycle_waive(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Let a rule of the coach not count for a cycle as a whole, with a reason."""
    return _waive(request, cycle_for(request, cycle_id), None)


@require_POST
@needs(Right.OWN_GOALS)
def waiver_drop(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """Let a rule count again."""
    found = Waiver.objects.select_related("cycle", "objective__cycle").one_for(request.user, pk=waiver_id)
    if found.objective is not None:
        check_change(request.user, found.objective)
    elif not may(request.user, Right.GOALS):
        raise NotYours
    with transaction.atomic():
        tell(found, "", found.rule, None, request.user, found.reason)
        found.delete()
    messages.success(request, say(N_("The rule counts again.")))
    return redirect(_at(found.cycle, found.objective))


def _waive(request: HttpRequest, cycle: Cycle, row: Objective | None) -> HttpResponse:
    form = Waive(request.POST)
    if not form.is_valid():
        facts: dict[str, Any] = {"form": form, "objective": row, "back": _at(cycle, row)}
        return show(request, "waive", facts_of(request, cycle) | facts, form)
    told = form.cleaned_data
    with transaction.atomic():
        made = Waiver(cycle=cycle, objective=row, **{name: told[name] for name in ("rule", "place", "reason")})
        made.by = person_in(request)
        made.save()
        tell(made, "", None, made.rule, request.user, made.reason)
    messages.success(request, say(N_("Written down. The rule does not count here.")))
    return redirect(_at(cycle, row))


def _at(cycle: Cycle, row: Objective | None) -> str:
    return at_objective(row) if row is not None else at_cycle(cycle)
