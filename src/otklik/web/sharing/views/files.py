"""Reports and tables: asked for, made, fetched, deleted."""

from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from otklik.actions.hand_out_table import SINGLE
from otklik.actions.tabulate import TABLES
from otklik.base.text import N_
from otklik.web.access import Right, may, needs
from otklik.web.accounts.audit import record
from otklik.web.looking import Looking
from otklik.web.sharing import making
from otklik.web.sharing.forms import AskForReport, WithQuery
from otklik.web.sharing.models import HandedOut, SavedView
from otklik.web.sharing.models.files import REPORT
from otklik.web.sharing.pages import PAGES, QUESTION_NAMES, address, query_of
from otklik.web.sharing.seeing import Sight
from otklik.web.sharing.showing import file_line, our_words, saved_lines
from otklik.web.sharing.wording import told
from otklik.web.words import language, say

Answer = TypeVar("Answer", bound=HttpResponseBase)
SHOWN = 50
TYPES = {
    "html": "application/octet-stream",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@needs(Right.SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """Everything that can be taken away of a view, and what was made already."""
    looking = Looking.at(request)
    form = AskForReport(initial={"query": query_of(looking.view), "kind": "pdf", "language": language()})
    return _page(request, looking, form)


@require_POST
@needs(Right.SEE)
def report_ask(request: HttpRequest) -> HttpResponse:
    """Begin the report of a view."""
    form = AskForReport(request.POST)
    if not form.is_valid():
        return _page(request, Looking.at(request), form)
    return _asked(request, form, REPORT, form.cleaned_data["kind"], form.cleaned_data["language"])


@require_POST
@needs(Right.SEE_REQUESTS)
def rows_ask(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Begin a table of single requests or waits of a view; members get those of their teams."""
    form = WithQuery(request.POST)
    if name not in SINGLE or not form.is_valid():
        raise Http404
    return _asked(request, form, name, kind, language())


def _asked(request: HttpRequest, form: WithQuery, what: str, kind: str, spoken: str) -> HttpResponse:
    made = making.ask_for(request.user, what, kind, form.view, spoken)
    record(request, "file.asked", made, query=made.query, with_requests=made.with_requests)
    messages.success(request, say(N_("It is being made. It appears below as soon as it is ready.")))
    return redirect(f"{address('reports', made.query)}#made")


@never_cache
@require_GET
@needs(Right.SEE)
def table(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """A table of figures of the view in the address, at once."""
    if name not in TABLES or kind not in making.TABLE_KINDS:
        raise Http404
    looking = Looking.at(request)
    file = HandedOut(what=name, kind=kind)
    try:
        making.write_figures(file, looking, Sight.of(request.user))
        content = file.path.read_bytes()
    finally:
        file.path.unlink(missing_ok=True)
    record(request, "table.taken", file, query=query_of(looking.view))
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="otklik-{name}.{kind}"'
    return _closed(response)


@never_cache
@require_GET
@needs(Right.SEE)
def file(request: HttpRequest, file_id: int) -> FileResponse:
    """Fetch a file that was made."""
    found = HandedOut.objects.one_for(request.user, pk=file_id)
    if not found.is_there or not found.path.is_file():
        raise Http404
    record(request, "file.fetched", found, query=found.query, asked_by=found.asked_by.email)
    response = FileResponse(
        found.path.open("rb"), as_attachment=True, content_type=TYPES[found.kind],
        filename=f"otklik-{found.what}-{found.asked_at:%Y-%m-%d}.{found.kind}",
    )  # fmt: skip
    return _closed(response)


@require_POST
@needs(Right.SEE)
def file_delete(request: HttpRequest, file_id: int) -> HttpResponse:
    """Delete a file before its time."""
    found = HandedOut.objects.one_for(request.user, pk=file_id)
    record(request, "file.deleted", found, query=found.query)
    query = found.query
    found.remove()
    messages.success(request, say(N_("The file is deleted.")))
    return redirect(address("reports", query))


@require_GET
@needs(Right.SEE)
def file_state(request: HttpRequest, file_id: int) -> HttpResponse:
    """How far a file is: a piece of the page that asks again by itself until it is over."""
    found = HandedOut.objects.select_related("job", "asked_by").one_for(request.user, pk=file_id)
    return render(request, "sharing/_file.html", {"one": file_line(found, our_words())})


def _closed(response: Answer) -> Answer:
    """Nothing that is fetched is shown as a page of ours."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _page(request: HttpRequest, looking: Looking, form: AskForReport) -> HttpResponse:
    files = HandedOut.objects.for_user(request.user).select_related("job", "asked_by")[:SHOWN]
    saved = SavedView.objects.for_user(request.user).select_related("owner").filter(page="reports")
    query = query_of(looking.view)
    facts = {
        "form": form,
        "view": told(looking.view),
        "query": query,
        "start": looking.view.start,
        "end": looking.view.end,
        "rest": [pair for pair in looking.view.pairs() if pair[0] not in ("start", "end")],
        "has_log": settings.DATA.log.exists(),
        "figures": {name: one.title for name, one in TABLES.items()},
        "single": SINGLE if may(request.user, Right.SEE_REQUESTS) else {},
        "own_teams": Sight.of(request.user).teams,
        "kinds": making.TABLE_KINDS,
        "questions": QUESTION_NAMES,
        "files": [file_line(one, our_words()) for one in files],
        "saved": saved_lines(saved, request.user),
        "pages": [(address(page, query), title) for page, (title, sections) in PAGES.items() if sections],
    }
    return render(request, "sharing/reports.html", facts, status=422 if form.errors else 200)
