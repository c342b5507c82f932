"""What goals need from other teams: written down, changed, answered, carried, delivered."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from otklik.web.access import Right, needs
from otklik.web.goals import dependencies, rights
from otklik.web.goals.changing import check_change, stamp
from otklik.web.goals.forms.dependencies import AboutDependency, AnswerDependency, CarryRisk
from otklik.web.goals.models import Dependency
from otklik.web.goals.models.dependencies import CONFIRMED
from otklik.web.goals.problems import ConfirmedAlready, NotAsked, PersonalAsksNobody
from otklik.web.goals.views.pages import LOOK_AND_WRITE, ask, at_cycle, at_objective, facts_of, objective_for


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def dependency_new(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Ask another team for something."""
    objective = objective_for(request, objective_id)
    check_change(request.user, objective)
    if objective.level == rights.PERSONAL:
        raise PersonalAsksNobody
    return _asked(request, Dependency(objective=objective))


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def dependency_edit(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Change what is asked; an answer to something else holds no more."""
    row = dependency_for(request, dependency_id)
    check_change(request.user, row.objective)
    return _asked(request, row)


@require_POST
@needs(Right.OWN_GOALS)
def dependency_delete(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Take it away; its history stays."""
    row = dependency_for(request, dependency_id)
    dependencies.withdraw(row, request.user)
    return redirect(_needs_of(row))


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def dependency_answer(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Confirm or decline for the team that is asked."""
    row = dependency_for(request, dependency_id)
    if not rights.may_speak_for(request.user, row.team):
        raise NotAsked(team=row.team)
    form = AnswerDependency(request.POST or None, initial={"note": row.note})

    def save() -> str:
        told = form.cleaned_data
        dependencies.answer(row, request.user, told["answer"], told["note"].strip(), request.POST.get("seen"))
        return f"{at_cycle(row.objective.cycle)}#between"

    return _form(request, row, form, save, "dependency_answer")


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def dependency_risk(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Say who carries the risk, where the other team has not confirmed."""
    row = dependency_for(request, dependency_id)
    check_change(request.user, row.objective)
    if row.answer == CONFIRMED:
        raise ConfirmedAlready(team=row.team)
    form = CarryRisk(request.POST or None, row=row)

    def save() -> str:
        dependencies.carry(row, request.user, form.cleaned_data["risk_owner"], request.POST.get("seen"))
        return _needs_of(row)

    return _form(request, row, form, save, "dependency_risk")


@require_POST
@needs(Right.OWN_GOALS)
def dependency_delivered(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Say that what was confirmed is there, or not yet after all."""
    row = dependency_for(request, dependency_id)
    dependencies.deliver(row, request.user, is_delivered=request.POST.get("delivered") != "no")
    return redirect(_needs_of(row))


def dependency_for(request: HttpRequest, dependency_id: int) -> Dependency:
    """What a goal needs that this person may see."""
    return dependencies.rows_for(request.user).one_for(request.user, pk=dependency_id)


def _asked(request: HttpRequest, row: Dependency) -> HttpResponse:
    form = AboutDependency(request.POST or None, row=row)

    def save() -> str:
        dependencies.ask(row, request.user, form.cleaned_data, request.POST.get("seen") if row.pk else None)
        return _needs_of(row)

    return _form(request, row, form, save, "dependency_form")


def _form(
    request: HttpRequest, row: Dependency, form: forms.Form, save: Callable[[], str], template: str
) -> HttpResponse:
    seen = stamp(row if row.pk else None)
    facts = facts_of(request, row.objective.cycle) | {"objective": row.objective, "row": row, "seen": seen}
    return ask(request, form, save, facts, template)


def _needs_of(row: Dependency) -> str:
    return f"{at_objective(row.objective)}#needs"
