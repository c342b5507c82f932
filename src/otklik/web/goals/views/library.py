"""The library: goals to begin with by kind of business, and what makes a goal weak or strong."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from otklik.actions.coach_goals import list_rules
from otklik.actions.take_example import list_examples, take_example
from otklik.base.text import N_
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import coaching, rights
from otklik.web.goals.drafting import add_to_draft, drafts
from otklik.web.goals.models import CLOSED, Cycle
from otklik.web.goals.proposing import next_quarter
from otklik.web.goals.views.pages import at_objective, cycle_for, number_in, show
from otklik.web.moments import today
from otklik.web.words import language, say, words


@require_GET
@needs(Right.SEE)
def goals_library(request: HttpRequest) -> HttpResponse:
    """Goals and key results to learn from: whole examples to take, then a weak one beside a strong one, and why."""
    person = person_in(request)
    may_take = bool(rights.levels_for(person))
    facts = {
        "examples": list_examples(language(), *next_quarter(today())),
        "rules": list_rules(words()),
        "may_take": may_take,
        "may_run": may(person, Right.GOALS),
        "mistakes": coaching.counted(running(person)) if may_take else [],
        "drafts": drafts(person) if may_take else [],
    }
    return show(request, "library", facts)


def running(person: Any) -> list[Cycle]:
    """The cycles in which goals can still be put right."""
    return list(Cycle.objects.for_user(person).exclude(stage=CLOSED))


@require_POST
@needs(Right.OWN_GOALS)
def example_take(request: HttpRequest) -> HttpResponse:
    """Make a goal in a draft of one example; its numbers are bound, where it starts is measured."""
    person = person_in(request)
    cycle = cycle_for(request, number_in(request.POST.get("cycle", "")))
    goal = take_example(request.POST.get("business", ""), language(), cycle.start, cycle.end, person.email)
    (made,) = add_to_draft(cycle, [goal], person)
    about = "" if made.level == rights.PERSONAL else made
    record(request, "goal.made", about, cycle=cycle.pk, example=request.POST["business"])
    messages.success(request, say(N_("It stands in the draft now. Make its words and numbers your own.")))
    return redirect(at_objective(made))
