"""Cycles: which there are, one with its goals, its stages."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.actions.grade_goals import first_days_of_weeks
from otklik.base.text import N_
from otklik.schemas.goals import STAGES
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import aims, coaching, dependencies, elsewhere, honesty, practice, readiness, standing, tree
from otklik.web.goals.changing import remove, write
from otklik.web.goals.contribution_map import draw_map, links_among
from otklik.web.goals.dates import retro_day
from otklik.web.goals.forms.cycles import AboutCycle
from otklik.web.goals.models import ACTIVE, CLOSED, CLOSING, DRAFT, Cycle, History
from otklik.web.goals.narrowing import Narrowing
from otklik.web.goals.problems import WrongStage
from otklik.web.goals.schools_told import SCHOOL_NAMES
from otklik.web.goals.stages import go_on, reasons_against
from otklik.web.goals.views.pages import (
    ask,
    ask_why,
    at_cycle,
    cycle_for,
    facts_of,
    is_under_way,
    reason_given,
    show,
)
from otklik.web.moments import today
from otklik.web.words import say

MOST_LINES = 300


@require_GET
@needs(Right.SEE)
def cycles(request: HttpRequest) -> HttpResponse:
    """Every cycle, the newest first, with its stage."""
    seen = Q(objectives__level__in=("company", "team"))
    found = Cycle.objects.for_user(request.user).annotate(
        goals=Count("objectives", filter=seen, distinct=True),
        numbers=Count("objectives__key_results", filter=seen, distinct=True),
    )
    told = {one.cycle.pk: one for one in practice.qualities()}
    rows = [
        {"cycle": one, "stage": STAGES[one.stage], "elapsed": elapsed(one), "quality": told.get(one.pk)}
        for one in found
    ]  # fmt: skip
    return show(request, "cycles", {
        "rows": rows, "may_run": may(request.user, Right.GOALS), "may_write": may(request.user, Right.OWN_GOALS),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Right.GOALS)
def cycle_new(request: HttpRequest) -> HttpResponse:
    """Begin a cycle, as a draft."""
    form = AboutCycle(request.POST or None)

    def save() -> str:
        made = form.write_to(Cycle(made_by=person_in(request)))
        write(made, request.user)
        record(request, "cycle.made", made)
        return at_cycle(made)

    return ask(request, form, save, {"cycle": None, "wants_reason": False}, "cycle_form")


@require_http_methods(["GET", "POST"])
@needs(Right.GOALS)
def cycle_edit(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Change what is known of a cycle."""
    cycle = cycle_for(request, cycle_id)
    form = AboutCycle(request.POST or None, cycle=cycle)

    def save() -> str:
        write(form.write_to(cycle), request.user, reason_given(request))
        record(request, "cycle.changed", cycle)
        return at_cycle(cycle)

    ask_why(request, form, cycle)
    facts = {"cycle": cycle, "wants_reason": is_under_way(cycle), "reason": reason_given(request)}
    return ask(request, form, save, facts, "cycle_form")


@require_GET
@needs(Right.SEE)
def cycle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """A cycle: where it stands, its goals as a tree, who helps whom, what is left for later."""
    found = cycle_for(request, cycle_id)
    goals = standing.of_cycle(found, request.user)
    links, ids = links_among(goals), [one.row.pk for one in goals]
    narrowing = Narrowing.of(request)
    fitting = {one.row.pk for one in goals if narrowing.fits(one.row)}
    shared = [one for one in goals if one.row.level != "personal" and one.row.pk in fitting]
    facts = {
        "fields": narrowing.fields(one.row for one in goals), "fitting": len(fitting),
        "stage": STAGES[found.stage], "stages": _steps(found), "elapsed": elapsed(found),
        "profile": SCHOOL_NAMES.get(found.profile, found.profile),
        "tree": tree.cut(tree.grow(goals, links, elsewhere.links_out(ids), elsewhere.links_in(ids)), fitting),
        "map": draw_map(shared, links), "goals": goals,
        "silent": [one for one in goals if one.is_silent], "broken": [one for one in goals if one.is_broken],
        "dates": dates(found), "aims": aims.remarks_on(found, goals),
    }  # fmt: skip
    if not found.is_closed and may(request.user, Right.OWN_GOALS):
        coach = coaching.of_cycle if found.stage == DRAFT else coaching.of_records
        facts["remarks"] = coach(found, request.user)
    facts["between"] = between = dependencies.between_teams(found, request.user)
    facts["unsettled"] = between.unsettled
    if may(request.user, Right.GOALS):
        facts["gate"] = _gate(found)
        facts["needs_check"] = readiness.of_dependencies(found, between.rows) if found.stage == DRAFT else None
    facts["honesty"] = honesty.of_cycle(found) if found.is_closed else []
    return show(request, "cycle", facts_of(request, found) | facts)


def elapsed(cycle: Cycle, on: date | None = None) -> dict[str, Any]:
    """How far into its time a cycle is."""
    on = on or today()
    whole = (cycle.end - cycle.start).days + 1
    gone = min(max((on - cycle.start).days + 1, 0), whole)
    weeks = first_days_of_weeks(cycle.start, cycle.end)
    return {
        "share": gone / whole, "week": max(1, sum(first <= on for first in weeks)), "weeks": len(weeks),
        "left": whole - gone,
        "begun": on >= cycle.start, "over": on > cycle.end,
    }  # fmt: skip


def dates(cycle: Cycle) -> list[tuple[str, date]]:
    """The days of a cycle that matter, in order."""
    known = [
        (say(N_("First day")), cycle.start), (say(N_("Mid-cycle review")), cycle.mid_review),
        (say(N_("Grading from")), cycle.closing_from), (say(N_("Last day")), cycle.end),
        (say(N_("Retrospective")), retro_day(cycle)),
    ]  # fmt: skip
    return sorted(((name, day) for name, day in known if day), key=lambda one: one[1])


def _steps(cycle: Cycle) -> list[dict[str, Any]]:
    at = list(STAGES).index(cycle.stage)
    return [
        {"name": name, "title": title, "done": place < at, "here": place == at}
        for place, (name, title) in enumerate(STAGES.items())
    ]


def _gate(cycle: Cycle) -> dict[str, Any] | None:
    """What comes next, and why it cannot yet."""
    titles = {ACTIVE: N_("Begin the cycle"), CLOSING: N_("Begin the grading"), CLOSED: N_("Close it for good")}
    following = {DRAFT: ACTIVE, ACTIVE: CLOSING, CLOSING: CLOSED}.get(cycle.stage)
    if following is None:
        return None
    is_due = following != CLOSING or today() >= (cycle.closing_from or cycle.end)
    return {
        "stage": following, "title": titles[following], "reasons": reasons_against(cycle, following), "is_due": is_due,
    }  # fmt: skip


@require_POST
@needs(Right.GOALS)
def cycle_stage(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Let a cycle enter the next stage, through its gate."""
    found = cycle_for(request, cycle_id)
    stage = request.POST.get("stage", "")
    if stage not in STAGES:
        raise WrongStage(cycle=found.title, before=say(STAGES[found.stage]), after=stage[:20])
    before = found.stage
    go_on(found, stage, request.user, request.POST.get("reason", "")[:1000])
    record(request, "cycle.entered", found, before=before, after=stage)
    messages.success(request, say(N_("The cycle is now: %(stage)s."), stage=say(STAGES[stage])))
    return redirect(at_cycle(found))


@require_POST
@needs(Right.GOALS)
def cycle_delete(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Throw a draft away; what was begun is closed, not deleted."""
    found = cycle_for(request, cycle_id)
    if found.stage != DRAFT:
        raise WrongStage(cycle=found.title, before=say(STAGES[found.stage]), after=say(N_("thrown away")))
    number, title = found.pk, found.title
    with transaction.atomic():
        remove(found, request.user, reason_given(request))
        record(request, "cycle.deleted", title)
    messages.success(request, say(N_("The draft is gone; its history stays.")))
    return redirect("cycle_history", cycle_id=number)


@require_GET
@needs(Right.SEE)
def cycle_history(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Who changed what in a cycle, newest first."""
    seen = History.objects.for_user(request.user)
    found = Cycle.objects.for_user(request.user).filter(pk=cycle_id).first()
    lines = seen.filter(cycle=cycle_id).select_related("by")[:MOST_LINES]
    if found is not None:
        return show(request, "history", facts_of(request, found) | {"lines": lines})
    gone = seen.filter(cycle=cycle_id, what="cycle", field="").exclude(before=None).first()
    if gone is None:
        raise Http404
    return show(request, "history", {"cycle": {"title": gone.name}, "is_gone": True, "lines": lines})
