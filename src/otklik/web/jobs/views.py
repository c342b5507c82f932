"""How far a piece of work is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from otklik.web.access import for_everybody_inside
from otklik.web.jobs.models import Job
from otklik.web.words import say


@require_GET
@for_everybody_inside
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """The state of one's own work, as a piece of a page that asks again by itself until the work is over.

    `next` in the job's result is where to go when it is done; without one the page is loaded anew.
    """
    job = Job.objects.one_for(request.user, pk=job_id)
    response = render(request, "jobs/_progress.html", {"job": job, "error": error_text(job)})
    if job.state == Job.DONE and request.headers.get("HX-Request"):
        following = job.result.get("next")
        response["HX-Redirect" if following else "HX-Refresh"] = following or "true"
    return response


def error_text(job: Job) -> str:
    """What went wrong, in the reader's language."""
    if job.state != Job.FAILED:
        return ""
    error = job.error
    if "message" not in error:
        return say("The work broke off by a mistake of ours. It was written down; try again.")
    facts = {name: say(fact) if isinstance(fact, str) and fact else fact for name, fact in error["facts"].items()}
    return " ".join(say(part) % facts for part in (error["message"], error["hint"]) if part)
