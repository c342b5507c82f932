"""The first cycle: proposed from the company's own log, in minutes; kept only when somebody says so."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.actions.cut_log import NotMeasuredYet
from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import proposing
from otklik.web.goals.converting import add_cycle
from otklik.web.goals.readiness import checks
from otklik.web.goals.views.pages import at_cycle, show
from otklik.web.jobs.models import Job
from otklik.web.jobs.views import error_text
from otklik.web.words import say, words


@require_http_methods(["GET", "POST"])
@needs(Right.GOALS)
def first(request: HttpRequest) -> HttpResponse:
    """What the log suggests for the coming quarter: asked for, looked at, then made a draft."""
    person = person_in(request)
    facts: dict[str, Any] = {
        "has_log": settings.DATA.log.exists(), "proposed": None, "job": None, "why_not": "", "checks": checks(),
    }  # fmt: skip
    if facts["has_log"]:
        try:
            facts["proposed"], facts["job"] = proposing.proposed(person), proposing.last_asked(person)
        except NotMeasuredYet as error:
            facts["why_not"] = words().error(error)
    else:
        facts["why_not"] = say(N_("There are no records yet. Bring them in first, or begin with an empty cycle."))
    if request.method == "POST" and not facts["why_not"]:
        return _act(request, facts["proposed"], person)
    job: Job | None = facts["job"]
    facts["error"] = error_text(job) if job else ""
    return show(request, "first", facts)


def _act(request: HttpRequest, found: Any, person: Any) -> HttpResponse:
    if found is None:
        proposing.ask(person)
        return redirect("goals_first")
    made = add_cycle(found, person)
    record(request, "cycle.made", made, proposed=True)
    messages.success(request, say(N_("A draft was made of it. Change what you like, then begin the cycle.")))
    return redirect(at_cycle(made))
