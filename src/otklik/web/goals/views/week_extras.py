"""Around the check-in: promises of the week, wins from the records, the agenda as a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import promises, standing
from otklik.web.goals.agenda import agenda_of
from otklik.web.goals.agenda_file import Beside, agenda_text
from otklik.web.goals.dependencies import to_talk_of
from otklik.web.goals.models import ACTIVE, CLOSING, WeekPromise
from otklik.web.goals.problems import WrongTime
from otklik.web.goals.squares import spread_text, squares_of
from otklik.web.goals.views.pages import cycle_for, facts_of, show
from otklik.web.goals.wins import wins_of
from otklik.web.moments import today
from otklik.web.words import count


@require_POST
@needs(Right.OWN_GOALS)
def week_promises(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Promise up to three things for this week."""
    cycle = cycle_for(request, cycle_id)
    if cycle.stage not in (ACTIVE, CLOSING):
        raise WrongTime(cycle=cycle.title)
    n = promises.promise(cycle, person_in(request), request.POST.getlist("text"))
    if n:
        messages.success(request, count("%(n)s promise is written down.", "%(n)s promises are written down.", n))
    return redirect("goals_week", cycle_id=cycle.pk)


@require_POST
@needs(Right.OWN_GOALS)
def promise_tick(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Say whether a promise was kept; it is about the week, not about whose it was."""
    row = WeekPromise.objects.select_related("cycle").one_for(request.user, pk=promise_id)
    row.is_kept = request.POST.get("kept") == "yes"
    row.save()
    return redirect("goals_week", cycle_id=row.cycle_id)


@require_GET
@needs(Right.SEE)
def week_wins(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """What got better for real in the last whole week."""
    cycle = cycle_for(request, cycle_id)
    return show(request, "_wins", {"wins": wins_of(standing.of_cycle(cycle, request.user))})


@require_GET
@needs(Right.SEE)
def squares(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Priorities, the next four weeks, confidence and health on one page."""
    cycle, person = cycle_for(request, cycle_id), person_in(request)
    found = squares_of(cycle, standing.of_cycle(cycle, person), person)
    facts = {"squares": found, "spread_text": spread_text, "week": promises.monday(today())}
    return show(request, "squares", facts_of(request, cycle) | facts)


@require_GET
@needs(Right.SEE)
def week_file(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The agenda as Markdown."""
    cycle, person = cycle_for(request, cycle_id), person_in(request)
    goals = [one for one in standing.of_cycle(cycle, person) if one.row.level != "personal"]
    facts, four = promises.facts_of(cycle, person), squares_of(cycle, goals, person)
    beside = Beside(facts, four, wins_of(goals), to_talk_of(cycle, person))
    text = agenda_text(cycle, agenda_of(cycle, goals, person), beside)
    record(request, "goals.taken", cycle, kind="md")
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agenda-{cycle.pk}-{today().isoformat()}.md"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
