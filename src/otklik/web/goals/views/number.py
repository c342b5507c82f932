"""A number measured while its form is filled in; a piece of a page, nothing is kept."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import Bound
from otklik.web.access import Right, needs
from otklik.web.goals.forms.key_results import AboutHealth, AboutKeyResult
from otklik.web.goals.mine import as_own, names_for
from otklik.web.goals.models import Health, KeyResult, Objective
from otklik.web.goals.number_now import number_now
from otklik.web.goals.views.pages import number_in, show
from otklik.web.words import say, words

_OF_NO_MATTER = ("title", "baseline", "target", "commit", "stretch", "low", "high", "weight", "owner", "unit_kind")


@require_POST
@needs(Right.OWN_GOALS)
def goals_number(request: HttpRequest) -> HttpResponse:
    """Where the number in the form stands just now, and which change of it could be seen."""
    is_health = "health" in request.GET
    form = _form(request, is_health)
    form.is_valid()
    source = form.cleaned_data.get("source") or {}
    wrong_in_it = [text for name, texts in form.errors.items() if name not in _OF_NO_MATTER for text in texts]
    facts: dict[str, Any] = {"errors": wrong_in_it, "problem": [], "now": None}
    if source.get("how") != "measure":
        return show(request, "_number_now", facts)
    if not settings.DATA.log.exists():
        return show(request, "_number_now", facts | {"errors": [], "problem": [say(N_("There are no records yet."))]})
    try:
        bound = as_own(Bound.model_validate(source), form.row) if form.row else Bound.model_validate(source)
        now = number_now(bound, form.cleaned_data, as_baseline=not is_health)
    except UserError as wrong:
        return show(request, "_number_now", facts | {"errors": [], "problem": words().error(wrong).splitlines()})
    return show(request, "_number_now", facts | {"errors": [], "now": now})


def _form(request: HttpRequest, is_health: bool) -> Any:
    """The form as it stands; with what is stored of the row that is being changed, where this person may see it."""
    if is_health:
        health = Health.objects.for_user(request.user).filter(pk=number_in(request.GET["health"])).first()
        return AboutHealth(request.POST, row=health)
    number, goal = (number_in(request.GET.get(name, "")) for name in ("key_result", "goal"))
    row = KeyResult.objects.for_user(request.user).filter(pk=number).first()
    objective = row.objective if row else Objective.objects.for_user(request.user).filter(pk=goal).first()
    return AboutKeyResult(request.POST, row=row, mine=names_for(request.user, objective) if objective else None)
