"""Key results and health numbers: writing them down, changing them, taking them away."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.goals import targets
from otklik.web.goals.changing import check_change, check_seen, hold, newest, remove, write
from otklik.web.goals.converting import key_result_told
from otklik.web.goals.forms.key_results import AboutHealth, AboutKeyResult, keep_inside
from otklik.web.goals.mine import names_for
from otklik.web.goals.models import Health, KeyResult, Objective
from otklik.web.goals.problems import GiveUpInstead, ReasonMissing
from otklik.web.goals.stages import may_aim_anew
from otklik.web.goals.views.pages import (
    LOOK_AND_WRITE,
    ask,
    ask_why,
    at_objective,
    facts_of,
    is_under_way,
    key_result_for,
    objective_for,
    reason_given,
)
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def key_result_new(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Add a key result to a goal; one of a target that is promised already comes filled in."""
    objective = objective_for(request, objective_id)
    check_change(request.user, objective)
    row = KeyResult(objective=objective, position=objective.key_results.count())
    promised = targets.offered(objective)
    chosen = next((one.row for one in promised if one.stamp == request.GET.get("promised")), None)
    posted = request.POST if request.method == "POST" else None
    form = AboutKeyResult(posted, row=chosen if posted is None else None, mine=names_for(request.user, objective))
    return _key_result(request, objective, row, form, promised)


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def key_result_edit(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """Change a key result; once the cycle is under way a reason is wanted and both targets are kept."""
    row = key_result_for(request, key_result_id)
    check_change(request.user, row.objective, request.POST.get("seen"))
    form = AboutKeyResult(request.POST or None, row=row, mine=names_for(request.user, row.objective))
    return _key_result(request, row.objective, row, form)


def _key_result(
    request: HttpRequest, objective: Objective, row: KeyResult, form: AboutKeyResult,
    promised: list[targets.Offered] | None = None,
) -> HttpResponse:  # fmt: skip
    reason = reason_given(request)

    def save() -> str:
        with transaction.atomic():
            hold(objective.cycle)
            check_seen(objective, request.POST.get("seen") if row.pk else None)
            form.write_to(row)
            if is_under_way(objective.cycle) and row.as_set is None:
                row.as_set = key_result_told(row).model_dump(mode="json")
            write(row, request.user, reason)
        return at_objective(objective)

    if row.pk is not None:
        ask_why(request, form, objective.cycle)
    keep_inside(form, objective.cycle)
    if row.pk is not None and form.is_bound and "target" in form.changed_data and not may_aim_anew(objective.cycle):
        form.add_error("target", say(N_("By the school of this cycle its targets are not changed on the way.")))
    facts = {"row": row, "reason": reason, "wants_reason": is_under_way(objective.cycle) and row.pk is not None,
             "promised": promised or []}  # fmt: skip
    return ask(request, form, save, _facts(request, objective) | facts, "key_result_form")


@require_POST
@needs(Right.OWN_GOALS)
def key_result_delete(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """Take a key result away; once the cycle is under way it is given up with a reason, not taken away."""
    row = key_result_for(request, key_result_id)
    check_change(request.user, row.objective)
    if is_under_way(row.objective.cycle):
        raise GiveUpInstead
    remove(row, request.user, reason_given(request))
    messages.success(request, say(N_("The key result is gone; its history stays.")))
    return redirect(at_objective(row.objective))


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def health_new(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Add a number that must not break."""
    objective = objective_for(request, objective_id)
    check_change(request.user, objective)
    row = Health(objective=objective, position=objective.health.count())
    return _health(request, objective, row, AboutHealth(request.POST or None))


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def health_edit(request: HttpRequest, health_id: int) -> HttpResponse:
    """Change a health number."""
    row = Health.objects.select_related("objective__cycle").one_for(request.user, pk=health_id)
    check_change(request.user, row.objective, request.POST.get("seen"))
    return _health(request, row.objective, row, AboutHealth(request.POST or None, row=row))


def _health(request: HttpRequest, objective: Objective, row: Health, form: AboutHealth) -> HttpResponse:
    def save() -> str:
        with transaction.atomic():
            hold(objective.cycle)
            check_seen(objective, request.POST.get("seen") if row.pk else None)
            write(form.write_to(row), request.user, reason_given(request))
        return at_objective(objective)

    if row.pk is not None:
        ask_why(request, form, objective.cycle)
    facts = {"row": row, "reason": reason_given(request)}
    facts["wants_reason"] = is_under_way(objective.cycle) and row.pk is not None
    return ask(request, form, save, _facts(request, objective) | facts, "health_form")


@require_POST
@needs(Right.OWN_GOALS)
def health_delete(request: HttpRequest, health_id: int) -> HttpResponse:
    """Take a health number away; its history stays."""
    row = Health.objects.select_related("objective__cycle").one_for(request.user, pk=health_id)
    check_change(request.user, row.objective)
    if is_under_way(row.objective.cycle) and not reason_given(request):
        raise ReasonMissing
    remove(row, request.user, reason_given(request))
    return redirect(at_objective(row.objective))


def _facts(request: HttpRequest, objective: Objective) -> dict[str, Any]:
    has_log = settings.DATA.log.exists()
    return facts_of(request, objective.cycle) | {"objective": objective, "seen": newest(objective), "has_log": has_log}
