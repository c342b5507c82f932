"""The round of a week: each says in secret how sure they are, whoever leads reveals it, all look at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import in_secret, standing
from otklik.web.goals.forms.secret_confidence import SecretForm
from otklik.web.goals.models import ACTIVE, Objective
from otklik.web.goals.problems import WrongTime
from otklik.web.goals.views.pages import cycle_for, facts_of, number_in, show
from otklik.web.words import count, say

LOOK_OR_SAY: Any = {"GET": Right.SEE, "POST": Right.OWN_GOALS}


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_SAY)
def secret(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Say how sure you are; see what was revealed, and how many have said so of what was not."""
    cycle, person = cycle_for(request, cycle_id), person_in(request)
    goals = in_secret.in_secret(cycle, standing.of_cycle(cycle, person), person)
    posted = request.POST if request.method == "POST" else None
    form = SecretForm(posted, goals=goals)
    if posted is not None:
        if cycle.stage != ACTIVE:
            raise WrongTime(cycle=cycle.title)
        if form.is_valid():
            late = in_secret.say_in_secret(cycle, person, form.said())
            if late:
                messages.warning(request, _came_too_late(late))
            else:
                messages.success(request, say(N_("Kept in secret. You can change it until it is revealed.")))
            return redirect("goals_secret", cycle_id=cycle.pk)
    is_open = cycle.stage == ACTIVE
    waiting = [one for one in goals if one.revealed_at is None]
    facts = {
        "form": form, "is_open": is_open, "may_say": is_open and may(person, Right.OWN_GOALS) and bool(waiting),
        "near": [one for one in waiting if one.is_near], "far": [one for one in waiting if not one.is_near],
        "revealed": [one for one in goals if one.revealed_at is not None], "waiting": waiting,
        "ready": [one for one in waiting if one.is_ready], "fewest": in_secret.FEWEST,
    }  # fmt: skip
    return show(request, "secret", facts_of(request, cycle) | facts, form)


@require_POST
@needs(Right.OWN_GOALS)
def reveal(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Reveal the round of this week for one goal, or for all that this person leads and that are ready."""
    cycle, person = cycle_for(request, cycle_id), person_in(request)
    chosen = request.POST.get("goal", "")
    if chosen == "all":
        goals = in_secret.in_secret(cycle, standing.of_cycle(cycle, person), person)
        rows: list[Objective] = [one.stands.row for one in goals if one.is_ready]
    else:
        rows = [Objective.objects.filter(cycle=cycle).one_for(person, pk=number_in(chosen))]
    if in_secret.reveal(cycle, person, rows):
        record(request, "confidence.revealed", cycle, goals=[one.title for one in rows])
        messages.success(request, say(N_("Revealed. Where you are far apart, ask the one who is least sure first.")))
    return redirect("goals_secret", cycle_id=cycle.pk)


def _came_too_late(n: int) -> str:
    return count(
        "Kept in secret, but for %(n)s key result it came too late: that was revealed meanwhile.",
        "Kept in secret, but for %(n)s key results it came too late: those were revealed meanwhile.", n,
    )  # fmt: skip
