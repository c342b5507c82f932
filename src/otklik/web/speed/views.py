"""The pages: a frame at once, and each section as soon as it is worked out."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from otklik.actions.compare_periods import compare_periods
from otklik.actions.cut_log import NotMeasuredYet
from otklik.actions.list_requests import ORDERS, list_requests
from otklik.actions.tell_request import tell_request
from otklik.base.text import N_
from otklik.charts import Speech
from otklik.schemas.results import Comparison
from otklik.schemas.views import View
from otklik.web.access import Right, may, needs
from otklik.web.accounts.asking import person_in
from otklik.web.jobs.models import Job
from otklik.web.looking import Looking
from otklik.web.speed.filters import Filters, query
from otklik.web.speed.pages import DASHBOARDS, LISTING, ON_DEMAND, ONLY_REQUESTS, PARTS, Dashboard
from otklik.web.speed.sections import known_section, sees_every_request, write_section
from otklik.web.speed.showing import Overdue, Prospects, comparison_lines, events_of, stories
from otklik.web.words import language, say

ORDER_NAMES = {
    "longest": N_("longest wait first"),
    "newest": N_("newest first"),
    "oldest": N_("oldest first"),
    "resolution": N_("longest until solved first"),
}


def dashboard(page: Dashboard) -> Callable[[HttpRequest], HttpResponse]:
    """Make the view of one dashboard."""

    @require_GET
    @needs(Right.SEE)
    def show(request: HttpRequest) -> HttpResponse:
        if not settings.DATA.log.exists():
            return render(request, "speed/empty.html", {"page": page})
        looking = Looking.at(request)
        try:
            filters = Filters.of(looking)
        except NotMeasuredYet:
            job = being_measured(request.user)
            return render(request, "speed/measuring.html", {"page": page, "job": job, "error": ""})
        whole, with_requests = "whole" in request.GET, _with_requests(request, page.lists_requests)
        names = [name for name in page.sections if with_requests or name not in ONLY_REQUESTS]
        parts = [(name, known_section(looking, name, with_requests=with_requests)) for name in names]
        facts = {
            "page": page,
            "filters": filters,
            "query": query(looking.view),
            "parts": [
                (name, written or (_write(looking, name, with_requests) if whole else None)) for name, written in parts
            ],
            "on_demand": ON_DEMAND,
            "compared": looking.view.compare,
            "as_of": looking.as_of,
            "when": Speech(language(), zone=looking.zone).format,
            "zone": ZoneInfo(looking.zone),
            "lists": page.lists_requests and may(request.user, Right.SEE_REQUESTS),
        }
        return render(request, "speed/dashboard.html", facts)

    show.__name__ = page.name
    return show


def being_measured(person: Any) -> Job:
    """The work that measures the records: going on, waiting, or asked for now."""
    going_on = Job.objects.filter(kind="refresh-facts", state=Job.RUNNING).first()
    return going_on or Job.add("refresh-facts", {}, key="refresh-facts", asked_by=person)


@require_GET
@needs(Right.SEE)
def part(request: HttpRequest, name: str) -> HttpResponse:
    """Write one section of a view, as a piece of a page."""
    if name not in PARTS:
        raise Http404
    with_requests = _with_requests(request, any(name in page.sections for page in LISTING))
    if name in ONLY_REQUESTS and not with_requests:
        raise Http404
    written = _write(Looking.at(request), name, with_requests)
    return render(request, "speed/_part.html", {"name": name, "written": written})


def _write(looking: Looking, name: str, with_requests: bool) -> str:
    return write_section(looking, name, language(), with_requests=with_requests)


def _with_requests(request: HttpRequest, listed: bool) -> bool:
    """Whether sections may name single requests; where the page lists them below, the section need not."""
    return sees_every_request(request.user) and not listed


@require_GET
@needs(Right.SEE)
def comparison(request: HttpRequest) -> HttpResponse:
    """The view beside the period before, as a piece of a page."""
    looking = Looking.at(request)
    before = looking.before()

    def make() -> str:
        found = compare_periods(looking.shelf, looking.view, before.view, zone=looking.zone, targets=looking.targets)
        return found.model_dump_json() if found else ""

    told = looking.once("comparison", [str(before.view.pairs())], make)
    found = Comparison.model_validate_json(told) if told else None
    spoken = Speech(language(), zone=looking.zone)
    lines = comparison_lines(found, spoken) if found else None
    first = datetime.combine(before.view.start or date.min, time(12), spoken.zone)
    last = datetime.combine(before.view.end or date.max, time(12), spoken.zone)
    days = spoken.format.days(first, last, spoken.zone)
    facts = {"lines": lines, "days": days, "query": query(before.view)}
    return render(request, "speed/_comparison.html", facts)


@require_GET
@needs(Right.SEE_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """The single requests of a view, page by page; members see those of their teams."""
    looking = Looking.at(request)
    order = request.GET.get("order", "longest")
    waiting = request.GET.get("waiting") == "1"
    number = request.GET.get("page", "1")
    found = list_requests(
        looking.shelf, looking.view, zone=looking.zone, order=order, waiting=waiting,
        page=int(number) if number.isdigit() and len(number) < 6 else 1, teams=person_in(request).sees_teams(),
    )  # fmt: skip
    spoken = Speech(language(), zone=looking.zone)
    facts: dict[str, Any] = {
        "found": found,
        "speech": spoken,
        "query": query(looking.view),
        "order": order,
        "orders": [(code, say(ORDER_NAMES[code])) for code in ORDERS],
        "waiting": waiting,
        "late": Overdue(looking.targets, looking.view),
        "prospect": Prospects(looking),
        "with_people": may(request.user, Right.SEE_PEOPLE),
        "bare": bool(request.headers.get("HX-Request")),
        "filters": None if request.headers.get("HX-Request") else Filters.of(looking),
        "page": DASHBOARDS["now"],
    }
    return render(request, "speed/_requests.html" if facts["bare"] else "speed/requests.html", facts)


@require_GET
@needs(Right.SEE_REQUESTS)
def one_request(request: HttpRequest, source: str, number: str) -> HttpResponse:
    """One request: its timeline, and every number explained."""
    looking = Looking.of(View(calendar=request.GET.get("calendar", "")))
    told = tell_request(looking.shelf, source, number)
    teams = person_in(request).sees_teams()
    if teams is not None and told.team not in teams:
        raise Http404
    spoken = Speech(language(), zone=looking.zone)
    facts = {
        "told": told,
        "speech": spoken,
        "stories": stories(told, spoken),
        "events": events_of(told, spoken),
        "with_people": may(request.user, Right.SEE_PEOPLE),
    }
    return render(request, "speed/request.html", facts)
