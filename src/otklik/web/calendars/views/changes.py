"""From the draft into force: what would change, which numbers would move, and the step itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from otklik.base.text import N_
from otklik.schemas.calendar_views import Moved
from otklik.web.access import Right, needs
from otklik.web.calendars import showing
from otklik.web.calendars.current import targets
from otklik.web.calendars.desk import Desk, put_in_force
from otklik.web.calendars.models import Draft
from otklik.web.jobs.models import Job
from otklik.web.jobs.views import error_text
from otklik.web.words import say, speech

SHOWN_DAYS = 60


@require_GET
@needs(Right.RULE)
def calendar_changes(request: HttpRequest) -> HttpResponse:
    """Show what the draft would change, before anything is measured by it."""
    desk = Desk.of(request.user)
    if desk.draft is None:
        return redirect("calendars")
    change = desk.changes()
    facts = {
        "desk": desk,
        "summary": showing.summary(change, desk.in_force, desk.book),
        "changes": [one for one in map(change_facts, change.calendars) if one["days"] or one["months"]],
        "state": desk.state,
        **figures(desk, request.user),
    }
    return render(request, "calendars/changes.html", facts)


def change_facts(change: Any) -> dict[str, Any]:
    """One calendar: months and days that differ."""
    both = not change.is_new and not change.is_gone
    days = showing.changed_days(change) if both else []
    return {
        "name": change.name,
        "months": showing.changed_months(change) if both else [],
        "days": days[:SHOWN_DAYS],
        "more": max(0, change.n_days - SHOWN_DAYS),
    }


@require_POST
@needs(Right.RULE)
def calendar_measure(request: HttpRequest) -> HttpResponse:
    """Work out which measured numbers would move."""
    desk = Desk.of(request.user)
    if desk.draft is None:
        return redirect("calendars")
    arguments = {"before": desk.text_in_force, "after": desk.text, "pair": desk.pair}
    job = Job.add("compare-calendars", arguments, key=f"compare-calendars {desk.pair}", asked_by=request.user)
    Draft.objects.filter(by=request.user).update(compared={"pair": desk.pair, "job": job.pk})
    if request.headers.get("HX-Request"):
        return render(request, "calendars/_figures.html", figures(Desk.of(request.user), request.user))
    return redirect("calendar_changes")


def figures(desk: Desk, user: Any) -> dict[str, Any]:
    """The numbers that would move, or how far the work on them is."""
    told = desk.draft.compared if desk.draft else {}
    mine = told if told.get("pair") == desk.pair else {}
    job = Job.objects.for_user(user).filter(pk=mine["job"]).first() if "job" in mine and "moved" not in mine else None
    return {
        "has_log": settings.DATA.log.exists(),
        "job": job,
        "error": error_text(job) if job else "",
        "moved": [moved_facts(Moved.model_validate(one)) for one in mine.get("moved", [])],
        "is_measured": "moved" in mine,
        "basis": speech().count(
            "Measured on %(n)s request, in working time.",
            "Measured on %(n)s requests, in working time.",
            mine.get("requests", 0),
        ),
        "has_promises": any(target.clock == "business" for target in targets()),
    }


def moved_facts(moved: Moved) -> dict[str, Any]:
    """One figure before and after, in words."""
    told = speech()
    if moved.figure == "target":
        limit = told.format.working(moved.within_s or 0)
        facts = {"measure": told.measure(moved.measure), "time": limit, "share": told.format.share(moved.share or 0)}
        what = say(N_("%(measure)s within %(time)s, promised for %(share)s"), **facts)
        whom = ", ".join(f"{told.slice(by)}: {value}" for by, value in moved.only.items())
        values = [None if one is None else told.format.share(one) for one in (moved.before, moved.after)]
        better = _sign(moved.before, moved.after)
    else:
        names = {"median": N_("%(measure)s, median"), "p90": N_("%(measure)s, nine in ten within")}
        what, whom = say(names[moved.figure], measure=told.measure(moved.measure)), ""
        values = [None if one is None else told.format.working(one) for one in (moved.before, moved.after)]
        better = -_sign(moved.before, moved.after)
    nothing = say(N_("not known"))
    return {
        "what": what, "whom": whom, "n": told.format.number(moved.n), "better": better,
        "before": values[0] or nothing, "after": values[1] or nothing, "same": values[0] == values[1],
    }  # fmt: skip


def _sign(before: float | None, after: float | None) -> int:
    if before is None or after is None:
        return 0
    return (after > before) - (after < before)


@require_POST
@needs(Right.RULE)
def calendar_force(request: HttpRequest) -> HttpResponse:
    """Put the draft in force; `after` is the state it was compared with."""
    told = request.POST.get("after", "")
    state = put_in_force(request, Desk.of(request.user), int(told) if told.isdigit() and len(told) < 10 else -1)
    if state is not None:
        messages.success(request, say(N_("These hours are in force. The figures are being measured by them.")))
    return redirect("calendars")


@require_POST
@needs(Right.RULE)
def calendar_forget(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    Desk.of(request.user).throw_away()
    messages.success(request, say(N_("Your changes are thrown away; the hours in force stay.")))
    return redirect("calendars")
