"""The coach while somebody types, and the library of examples."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from otklik.actions.coach_goals import coach_key_result, coach_objective, list_rules
from otklik.web.access import Right, needs
from otklik.web.goals.coaching import remarks
from otklik.web.goals.forms.key_results import so_far
from otklik.web.goals.forms.objectives import as_typed_so_far
from otklik.web.goals.views.pages import show
from otklik.web.words import words


@require_POST
@needs(Right.OWN_GOALS)
def goals_coach(request: HttpRequest) -> HttpResponse:
    """What the coach says of what stands in the form just now; a piece of a page, nothing is kept."""
    if request.POST.get("coached") == "key_result":
        told = so_far(request.POST)
        found = coach_key_result(told) if told.title.strip() else []
        typed = told.title
    else:
        objective = as_typed_so_far(request.POST)
        found = coach_objective(objective) if objective.title.strip() else []
        typed = objective.title
    return show(request, "_coach", {"remarks": remarks(found), "typed": typed.strip()})


@require_GET
@needs(Right.SEE)
def goals_library(request: HttpRequest) -> HttpResponse:
    """Goals and key results to learn from: a weak one beside a strong one, and why."""
    return show(request, "library", {"rules": list_rules(words())})
