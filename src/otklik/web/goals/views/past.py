"""A key result on the cycles before it: what it would have been graded, before anybody promises it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.report.told_goals import past_lines
from otklik.web.access import Right, needs
from otklik.web.goals import looking, rights
from otklik.web.goals.changing import check_change
from otklik.web.goals.models import KeyResult
from otklik.web.goals.views.pages import facts_of, key_result_for, show
from otklik.web.jobs.models import Job
from otklik.web.jobs.views import error_text
from otklik.web.words import speech

LOOK_OR_TRY: Any = {"GET": Right.SEE, "POST": Right.OWN_GOALS}


@require_http_methods(["GET", "POST"])
@needs(LOOK_OR_TRY)
def key_result_past(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """What the past says of it; a click has it tried in the background."""
    row = key_result_for(request, key_result_id)
    if request.method == "POST":
        check_change(request.user, row.objective)
        if row.source.get("how") == "measure" and settings.DATA.log.exists():
            looking.ask_to_try(row, request.user)
        return redirect("key_result_past", key_result_id=row.pk)
    return show(request, "past", facts_of(request, row.objective.cycle) | _facts(request, row))


def _facts(request: HttpRequest, row: KeyResult) -> dict[str, Any]:
    found = looking.tried(row)
    job = Job.objects.for_user(request.user).filter(kind=looking.TRY, arguments={"key_result": row.pk}).first()
    return {
        "row": row, "objective": row.objective, "job": job, "error": error_text(job) if job else "",
        "lines": list(past_lines(found, speech())) if found else [],
        "is_bound": row.source.get("how") == "measure", "has_log": settings.DATA.log.exists(),
        "may_try": rights.may_change(request.user, row.objective) and not row.objective.cycle.is_closed,
    }  # fmt: skip
