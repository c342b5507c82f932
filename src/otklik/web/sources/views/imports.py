"""One import: its account, its bad rows, and taking it back."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from otklik.actions.write_quarantine import write_quarantine
from otklik.schemas.imports import ImportRecord
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.jobs.models import Job
from otklik.web.sources import showing


def _import(import_id: int) -> ImportRecord:
    log = showing.kept_log()
    found = next((one for one in (log.imports if log else ()) if one.import_id == import_id), None)
    if found is None:
        raise Http404
    return found


@require_GET
@needs(Right.BRING)
def import_account(request: HttpRequest, import_id: int) -> HttpResponse:
    """What came of an import."""
    found = _import(import_id)
    facts = {"record": found, "files": showing.files_text(found), "show": showing, "speak": showing.speaker()}
    return render(request, "sources/account.html", facts)


@require_GET
@needs(Right.BRING)
def bad_rows(request: HttpRequest) -> FileResponse:
    """The rows that were set aside, of one import or of all, as CSV that no spreadsheet takes for formulas."""
    number = request.GET.get("import", "")
    import_id = _import(int(number)).import_id if number.isdigit() and len(number) < 10 else None
    with tempfile.TemporaryDirectory(prefix="bad-rows-", dir=settings.DATA.handed_out) as folder:
        path = Path(folder) / "rows.csv"
        write_quarantine(settings.DATA.log, path, import_id)
        file = path.open("rb")  # stays readable after its name is gone
    name = f"otklik-bad-rows-{import_id}.csv" if import_id else "otklik-bad-rows.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@require_http_methods(["GET", "POST"])
@needs(Right.UNDO)
def import_undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Ask once more, then make the log as if the import had never been."""
    found = _import(import_id)
    if found.undone_at is not None:
        return redirect("import_account", import_id=import_id)
    if request.method == "POST":
        record(request, "import.undo", import_id, files=showing.files_text(found))
        job = Job.add("undo-import", {"import_id": import_id}, asked_by=request.user, key=f"undo-import {import_id}")
        return redirect("source_work", job_id=job.pk)
    facts = {"record": found, "files": showing.files_text(found), "show": showing, "speak": showing.speaker()}
    return render(request, "sources/undo.html", facts)


@require_GET
@needs(Right.UNDO)
def source_work(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far an undo or a deletion is."""
    job = Job.objects.one_for(request.user, pk=job_id, kind__in=("undo-import", "delete-source"))
    if job.state == Job.DONE and job.result.get("next"):
        return redirect(job.result["next"])
    from otklik.web.jobs.views import error_text

    facts = {"job": job, "error": error_text(job), "title": showing.step_text(job), "step": ""}
    return render(request, "sources/working.html", facts)
