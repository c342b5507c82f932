"""Personal data: what the log knows of somebody, handed out or forgotten."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.actions.find_person import MOST, find_person
from otklik.schemas.people import PersonTrace
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.forgetting import company_keeps_days, refuse_if_inside
from otklik.web.accounts.forms.company import FindPerson, ForgetPerson, ThatPerson
from otklik.web.accounts.work import EXPORT, FORGET, ask, exports
from otklik.web.jobs.models import Job
from otklik.web.jobs.views import error_text


@require_http_methods(["GET", "POST"])
@needs(Right.PRIVACY)
def privacy(request: HttpRequest) -> HttpResponse:
    """Look for a person; names come by POST, so that they stand in no address and no log of addresses."""
    form = FindPerson(request.POST or None)
    found: list[PersonTrace] | None = None
    if request.method == "POST" and form.is_valid():
        found = find_person(settings.DATA.log, form.cleaned_data["like"])
        record(request, "person.looked-for", found=len(found))
    return render(request, "accounts/privacy.html", {
        "form": form, "found": found, "most": MOST, "keep_days": company_keeps_days(),
        "has_log": settings.DATA.log.exists(),
    }, status=422 if form.errors else 200)  # fmt: skip


@require_POST
@needs(Right.PRIVACY)
def privacy_person(request: HttpRequest) -> HttpResponse:
    """One person, by the spellings that were ticked, and what can be done."""
    names = "\n".join(request.POST.getlist("name")[:50])
    initial = {"names": names}
    return render(request, "accounts/privacy_person.html", {
        "form": ThatPerson(initial=initial), "forget": ForgetPerson(initial=initial),
    })  # fmt: skip


@require_POST
@needs(Right.PRIVACY)
def privacy_export(request: HttpRequest) -> HttpResponse:
    """Begin to gather everything about a person."""
    form = ThatPerson(request.POST)
    if not form.is_valid():
        facts = {"form": form, "forget": ForgetPerson(initial={"names": request.POST.get("names", "")})}
        return render(request, "accounts/privacy_person.html", facts, status=422)
    return redirect("privacy_work", job_id=ask(EXPORT, person_in(request), form.cleaned_data["names"]).pk)


@require_POST
@needs(Right.PRIVACY)
def privacy_forget(request: HttpRequest) -> HttpResponse:
    """Begin to forget a person."""
    form = ForgetPerson(request.POST)
    if not form.is_valid():
        facts = {"form": ThatPerson(initial={"names": request.POST.get("names", "")}), "forget": form}
        return render(request, "accounts/privacy_person.html", facts, status=422)
    names = form.cleaned_data["names"]
    refuse_if_inside(names)
    job = ask(FORGET, person_in(request), names, with_requests=form.cleaned_data["with_requests"])
    return redirect("privacy_work", job_id=job.pk)


@require_GET
@needs(Right.PRIVACY)
def privacy_work(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far it is, and what came of it."""
    job = Job.objects.one_for(request.user, pk=job_id, kind__in=(EXPORT, FORGET))
    there = job.kind == EXPORT and job.state == Job.DONE and (exports() / job.result.get("file", "-")).is_file()
    facts = {"job": job, "error": error_text(job), "is_export": job.kind == EXPORT, "file_is_there": there}
    return render(request, "accounts/privacy_work.html", facts)


@require_GET
@needs(Right.PRIVACY)
def privacy_download(request: HttpRequest, job_id: int) -> FileResponse:
    """The file about a person."""
    job = Job.objects.one_for(request.user, pk=job_id, kind=EXPORT, state=Job.DONE)
    path = exports() / str(job.result.get("file", "-"))
    if not path.is_file():
        raise Http404
    record(request, "person.export-fetched", job.pk)
    return FileResponse(path.open("rb"), as_attachment=True, filename="person.zip", content_type="application/zip")
