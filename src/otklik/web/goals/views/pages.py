"""What the pages of goals share: finding what may be seen, forms that write, where to go on."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from otklik.base.text import N_
from otklik.web.access import Right, may
from otklik.web.accounts.asking import person_in
from otklik.web.goals import beside, drawing, rights
from otklik.web.goals.how_counted import how_counted, limit_told
from otklik.web.goals.models import ACTIVE, CLOSING, Cycle, KeyResult, Objective
from otklik.web.goals.models.dependencies import STATES
from otklik.web.goals.narrowing import Narrowing
from otklik.web.goals.numbers import as_typed, grade_shown, shown, tenths
from otklik.web.goals.outlook import chance, objective_outlook, outlook
from otklik.web.goals.problems import ReasonMissing
from otklik.web.goals.telling import change_text, date_text, link, reason_text
from otklik.web.goals.values_told import units_of
from otklik.web.words import say

LOOK_AND_WRITE: Final = {"GET": Right.OWN_GOALS, "POST": Right.OWN_GOALS}
MOST_DIGITS: Final = 18
SHOWN: Final = {
    "shown": shown, "grade_shown": grade_shown, "as_typed": as_typed, "tenths": tenths, "date_text": date_text,
    "change_text": change_text, "reason_text": reason_text, "link": link, "outlook": outlook,
    "chance": chance, "objective_outlook": objective_outlook, "units_of": units_of,
    "verdict": beside.verdict, "as_mixed_before": beside.as_mixed_before,
    "due_dates": beside.due_dates, "learnt_from": beside.learnt_from,
    "states": STATES, "picture": drawing.picture, "how_counted": how_counted, "limit_told": limit_told,
}  # fmt: skip
"""What the templates of goals may call."""


def cycle_for(request: HttpRequest, cycle_id: int) -> Cycle:
    """A cycle this person may see."""
    return Cycle.objects.one_for(request.user, pk=cycle_id)


def objective_for(request: HttpRequest, objective_id: int) -> Objective:
    """A goal this person may see."""
    return Objective.objects.select_related("cycle", "owner", "reviewer").one_for(request.user, pk=objective_id)


def key_result_for(request: HttpRequest, key_result_id: int) -> KeyResult:
    """A key result this person may see."""
    rows = KeyResult.objects.select_related("objective__cycle", "owner")
    return rows.one_for(request.user, pk=key_result_id)


def number_in(text: str) -> int:
    """The number of a row in what was sent; 0 = none, for there is no such row."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def show(request: HttpRequest, template: str, facts: dict[str, Any], form: Any = None) -> HttpResponse:
    """Render a page of goals; 422 where a form has errors."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"goals/{template}.html", SHOWN | facts, status=status)


def ask(
    request: HttpRequest, form: forms.Form, save: Callable[[], str], facts: dict[str, Any], template: str = "form"
) -> HttpResponse:
    """Show a form; once it is filled in rightly `save` writes and says where to go."""
    if request.method == "POST" and form.is_valid():
        going = save()
        messages.success(request, say(N_("Saved.")))
        return redirect(going)
    return show(request, template, {"form": form, **facts}, form)


def at_objective(objective: Objective) -> str:
    """The page of a goal."""
    return reverse("objective", kwargs={"objective_id": objective.pk})


def at_cycle(cycle: Cycle) -> str:
    """The page of a cycle."""
    return reverse("cycle", kwargs={"cycle_id": cycle.pk})


def is_under_way(cycle: Cycle) -> bool:
    """What is changed from now on needs a reason."""
    return cycle.stage in (ACTIVE, CLOSING)


def reason_given(request: HttpRequest) -> str:
    """Why something changes, as it was typed."""
    return request.POST.get("reason", "").strip()[:1000]


def ask_why(request: HttpRequest, form: forms.Form, cycle: Cycle) -> None:
    """Put an error on a form that changes something under way and does not say why."""
    if request.method == "POST" and is_under_way(cycle) and not reason_given(request):
        form.add_error(None, say(ReasonMissing.message))


def facts_of(request: HttpRequest, cycle: Cycle) -> dict[str, Any]:
    """What every page inside a cycle shows."""
    person = person_in(request)
    return {
        "cycle": cycle,
        "may_run": may(person, Right.GOALS),
        "may_add": bool(rights.levels_for(person)) and not cycle.is_closed,
        "under_way": is_under_way(cycle),
        "narrowed": Narrowing.of(request).query,
    }
