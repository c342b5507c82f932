"""The coach while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from otklik.actions.coach_goals import coach_key_result, coach_objective
from otklik.schemas import goals as told_goals
from otklik.web.access import Right, needs
from otklik.web.goals.coaching import remarks
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.forms.key_results import so_far
from otklik.web.goals.forms.objectives import as_typed_so_far
from otklik.web.goals.models import Cycle, Objective
from otklik.web.goals.views.pages import number_in, show


@require_POST
@needs(Right.OWN_GOALS)
def goals_coach(request: HttpRequest) -> HttpResponse:
    """What the coach says of what stands in the form just now; a piece of a page, nothing is kept."""
    cycle = Cycle.objects.for_user(request.user).filter(pk=number_in(request.GET.get("cycle", ""))).first()
    follows = cycle_told(cycle, Objective.objects.none()) if cycle else None
    if request.POST.get("coached") == "key_result":
        told = so_far(request.POST)
        found = coach_key_result(told, follows) if told.title.strip() else []
        objective, typed = told_goals.Objective(title="", key_results=(told,)), told.title
    else:
        objective = as_typed_so_far(request.POST)
        found = coach_objective(objective, follows) if objective.title.strip() else []
        typed = objective.title
    return show(request, "_coach", {"remarks": remarks(found, objective), "typed": typed.strip()})
