"""Offers that somebody takes up: a goal drafted of a broken health number, a reached number kept as health."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import offering, rights, standing
from otklik.web.goals.changing import check_change, write
from otklik.web.goals.drafting import add_to_draft
from otklik.web.goals.models import ACTIVE, DRAFT, Health
from otklik.web.goals.problems import NothingToKeep, WrongTime
from otklik.web.goals.views.pages import at_objective, cycle_for, key_result_for, number_in, objective_for
from otklik.web.words import say


@require_POST
@needs(Right.OWN_GOALS)
def health_goal(request: HttpRequest, health_id: int) -> HttpResponse:
    """Draft a goal of a number that must not break and does."""
    person = person_in(request)
    row = Health.objects.select_related("objective__cycle").one_for(person, pk=health_id)
    (stands,) = standing.stand(row.objective.cycle, [row.objective])
    now = next(one for one in stands.health if one.row.pk == row.pk)
    cycle = cycle_for(request, number_in(request.POST.get("cycle", "")))
    (made,) = add_to_draft(cycle, [offering.goal_of(row, now.value, now.weeks_broken, person.email)], person)
    record(request, "goal.made", "" if made.level == rights.PERSONAL else made, cycle=cycle.pk)
    messages.success(request, say(N_("A goal is drafted of it. Say in your own words what shall be true for people.")))
    return redirect(at_objective(made))


@require_POST
@needs(Right.OWN_GOALS)
def key_result_keep(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """Keep what a key result reached: watch it as health of a goal that is pursued."""
    person = person_in(request)
    row = key_result_for(request, key_result_id)
    (stands,) = standing.stand(row.objective.cycle, [row.objective])
    if row.pk not in offering.reached(stands):
        raise NothingToKeep
    home = objective_for(request, number_in(request.POST.get("objective", "")))
    check_change(person, home)
    if home.cycle.stage not in (DRAFT, ACTIVE):
        raise WrongTime(cycle=home.cycle.title)
    part = next(one for one in stands.key_results if one.row.pk == row.pk)
    reason = say(N_("reached in the cycle %(cycle)s"), cycle=row.objective.cycle.title)
    write(offering.health_of(part, home), person, reason)
    record(request, "goal.changed", "" if home.level == rights.PERSONAL else home, cycle=home.cycle_id)
    messages.success(request, say(N_("From now on it is told when this breaks.")))
    return redirect(at_objective(home))
