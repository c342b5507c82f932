"""One source: deleting it, and forgetting how its files were understood."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.schemas.imports import StoredSource
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.jobs.models import Job
from otklik.web.sources import showing
from otklik.web.sources.understanding import forget
from otklik.web.words import say


def _source(name: str) -> StoredSource:
    log = showing.kept_log()
    found = next((one for one in (log.sources if log else ()) if one.source == name), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@needs(Right.UNDO)
def source_delete(request: HttpRequest) -> HttpResponse:
    """Have its name typed, then take the source out of the log for good."""
    found = _source(request.GET.get("source", "")[:200])
    error = ""
    if request.method == "POST":
        if request.POST.get("typed", "").strip() == found.source:
            record(request, "source.delete", found.source)
            key = f"delete-source {found.source}"[:200]
            job = Job.add("delete-source", {"source": found.source}, asked_by=request.user, key=key)
            return redirect("source_work", job_id=job.pk)
        error = say(N_("That is not the name of the source. Nothing was deleted."))
    facts = {"source": found, "error": error, "speak": showing.speaker(), "typed": request.POST.get("typed", "")}
    return render(request, "sources/delete.html", facts, status=422 if error else 200)


@require_POST
@needs(Right.BRING)
def mapping_forget(request: HttpRequest) -> HttpResponse:
    """Understand the next files of a source afresh."""
    source = request.POST.get("source", "")[:200]
    forget(source)
    record(request, "mapping.forgotten", source)
    return redirect("sources")
