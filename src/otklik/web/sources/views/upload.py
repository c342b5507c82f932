"""One upload: what was seen, what is corrected, what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from otklik.schemas.imports import ImportRecord
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.jobs.models import Job
from otklik.web.jobs.views import error_text
from otklik.web.sources import showing
from otklik.web.sources.arriving import drop, start
from otklik.web.sources.forms import (
    MOST_COLUMNS,
    Correction,
    corrected,
    field_of,
    initial,
    role_choices,
    roles_told,
)
from otklik.web.sources.models import SavedMapping, Upload
from otklik.web.sources.understanding import look_of


@require_GET
@needs(Right.BRING)
def upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Wherever the upload is on its way."""
    found = Upload.objects.one_for(request.user, pk=upload_id)
    if found.state == Upload.IMPORTED:
        return _done(request, found)
    if found.state == Upload.DROPPED:
        return render(request, "sources/dropped.html", {"upload": found, "show": showing}, status=410)
    job = found.job
    if job is not None and not job.is_over:
        facts = {"job": job, "error": "", "title": showing.title_of(found), "step": showing.step_text(job)}
        return render(request, "sources/working.html", facts)
    return _look(request, found)


@require_POST
@needs(Right.BRING)
def upload_next(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Correct and look again, import, begin afresh, or throw away: as the button says."""
    found = Upload.objects.one_for(request.user, pk=upload_id)
    do = request.POST.get("do")
    if not found.is_open or found.inbox or (found.job is not None and not found.job.is_over):
        return redirect("upload", upload_id=found.pk)
    if do == "drop":
        drop(found)
        return redirect("sources")
    if do == "afresh":
        Upload.objects.filter(pk=found.pk).update(told={"afresh": True}, like="")
        return _ask(request, found, "look-at-upload")
    return _correct(request, found, do)


def _correct(request: HttpRequest, found: Upload, do: str | None) -> HttpResponse:
    look = look_of(found)
    first = initial(found.told, look, found.remember)
    form = Correction(request.POST, look=look, initial=first)
    roles, wrong = roles_told(request.POST, look)
    if wrong:
        form.add_error(None, wrong)
    if not form.is_valid():
        return _look(request, found, form)
    told = corrected(found.told, form, roles)
    changed = (
        roles or any(form.cleaned_data[name] != first[name] for name in ("format", "time_zone")) or form.has_changed()
    )
    Upload.objects.filter(pk=found.pk).update(told=told, remember=form.cleaned_data["remember"])
    if do != "import":
        return _ask(request, found, "look-at-upload")
    record(request, "import.asked", showing.title_of(found), corrected=bool(changed))
    return _ask(request, found, "import-upload")


def _ask(request: HttpRequest, found: Upload, kind: str) -> HttpResponse:
    found.refresh_from_db()
    start(found, kind, request.user)
    return redirect("upload", upload_id=found.pk)


def _look(request: HttpRequest, found: Upload, form: Correction | None = None) -> HttpResponse:
    look = look_of(found)
    form = form or Correction(look=look, initial=initial(found.told, look, found.remember))
    log = showing.kept_log()
    facts = {
        "upload": found,
        "look": look,
        "form": form,
        "error": error_text(found.job) if found.job is not None and found.job.state == Job.FAILED else "",
        "known_sources": sorted({one.source for one in log.sources} if log else set()),
        "saved": SavedMapping.objects.for_user(request.user).filter(source=found.like).first() if found.like else None,
        "roles": role_choices(),
        "field_of": field_of,
        "posted": request.POST,
        "most_columns": MOST_COLUMNS,
        "size": sum(file.size for file in found.files.all()),
        "show": showing,
        "speak": showing.speaker(),
    }
    return render(request, "sources/upload.html", facts, status=422 if form.errors else 200)


def _done(request: HttpRequest, found: Upload) -> HttpResponse:
    outcome = ImportRecord.model_validate(found.outcome)
    if outcome.import_id is not None:
        return redirect("import_account", import_id=outcome.import_id)
    facts = {"record": outcome, "files": ", ".join(found.names()), "show": showing, "speak": showing.speaker()}
    return render(request, "sources/account.html", facts)
