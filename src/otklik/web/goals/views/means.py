"""What is done for a goal: written down, changed, done, taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from otklik.web.access import Right, needs
from otklik.web.goals.changing import check_change, remove, write
from otklik.web.goals.forms.means import AboutMeans
from otklik.web.goals.models import Means
from otklik.web.goals.views.pages import LOOK_AND_WRITE, ask, at_objective, facts_of, objective_for


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def means_new(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Write down what is done for a goal."""
    row = objective_for(request, objective_id)
    check_change(request.user, row)
    return _means(request, Means(objective=row))


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def means_edit(request: HttpRequest, means_id: int) -> HttpResponse:
    """Change it, or say when it was done."""
    row = means_for(request, means_id)
    check_change(request.user, row.objective)
    return _means(request, row)


@require_POST
@needs(Right.OWN_GOALS)
def means_delete(request: HttpRequest, means_id: int) -> HttpResponse:
    """Take it away; its history stays."""
    row = means_for(request, means_id)
    check_change(request.user, row.objective)
    remove(row, request.user)
    return redirect(at_objective(row.objective))


def means_for(request: HttpRequest, means_id: int) -> Means:
    """What is done for a goal that this person may see."""
    rows = Means.objects.select_related("objective__cycle", "key_result")
    return rows.one_for(request.user, pk=means_id)


def _means(request: HttpRequest, row: Means) -> HttpResponse:
    form = AboutMeans(request.POST or None, row=row)

    def save() -> str:
        write(form.write_to(row), request.user)
        return at_objective(row.objective)

    facts = facts_of(request, row.objective.cycle) | {"objective": row.objective, "row": row}
    return ask(request, form, save, facts, "means_form")
