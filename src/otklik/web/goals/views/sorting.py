"""A pasted list of goals: sorted into objectives, key results, tasks and KPIs, then made goals of a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.actions.sort_goals import make_goals, reason_told, sort_goals
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.coach import LINE_KINDS
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import rights
from otklik.web.goals.drafting import add_to_draft, drafts
from otklik.web.goals.forms.sorting import MadeOfLines, PastedList
from otklik.web.goals.views.pages import LOOK_AND_WRITE, at_cycle, cycle_for, show
from otklik.web.words import count, words


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def goals_sort(request: HttpRequest) -> HttpResponse:
    """Sort what was pasted; a second click makes goals of it. Nothing is kept before that."""
    person = person_in(request)
    pasted = PastedList(request.POST if request.method == "POST" else None)
    facts: dict[str, Any] = {"pasted": pasted, "form": None, "may_run": may(person, Right.GOALS)}
    if request.method != "POST" or not pasted.is_valid():
        return show(request, "sorting", facts, pasted)
    try:
        lines = sort_goals(pasted.cleaned_data["text"])
    except UserError as error:
        pasted.add_error("text", words().error(error))
        return show(request, "sorting", facts, pasted)
    open_drafts = drafts(person)
    making = "cycle" in request.POST
    form = MadeOfLines(request.POST if making else None, lines=lines, drafts=open_drafts)
    if making and form.is_valid():
        return _made(request, form, person)
    facts |= {"form": form, "rows": _rows(form), "drafts": open_drafts, "text": pasted.cleaned_data["text"]}
    return show(request, "sorting", facts, form if making else None)


def _rows(form: MadeOfLines) -> list[dict[str, Any]]:
    told = words()
    return [
        {"line": line, "field": field, "kind": told.say(LINE_KINDS[line.kind]), "why": reason_told(line, told)}
        for line, field in form.rows()
    ]


def _made(request: HttpRequest, form: MadeOfLines, person: Any) -> HttpResponse:
    cycle = cycle_for(request, int(form.cleaned_data["cycle"]))
    chosen: Any = [(kind, text) for kind, text in form.chosen() if kind]
    goals = make_goals(chosen, person.email, form.cleaned_data["above"])
    made = add_to_draft(cycle, goals, person)
    for one in made:
        record(request, "goal.made", "" if one.level == rights.PERSONAL else one, cycle=cycle.pk)
    text = count("%(n)s goal stands in the draft now.", "%(n)s goals stand in the draft now.", len(made))
    messages.success(request, f"{text} {words().say(N_('Say why each matters; the coach says what is missing.'))}")
    return redirect(at_cycle(cycle))
