"""Links for people outside: made and revoked inside, opened by anybody who has one."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.actions.cut_log import NotMeasuredYet
from otklik.base.text import N_
from otklik.report import render_section, section
from otklik.web.access import Right, needs, open_to_all
from otklik.web.accounts.audit import record
from otklik.web.jobs.models import Job
from otklik.web.looking import Looking
from otklik.web.sharing.forms import MakeLink
from otklik.web.sharing.limits import is_too_often
from otklik.web.sharing.models import ShareLink
from otklik.web.sharing.pages import PAGES, PARTS, SHAREABLE, query_of, view_of
from otklik.web.sharing.seeing import FIGURES_ONLY
from otklik.web.sharing.showing import our_words, view_text
from otklik.web.words import language, say


@require_http_methods(["GET", "POST"])
@needs(Right.SHARE)
def link_make(request: HttpRequest) -> HttpResponse:
    """Make a link; it is shown this once."""
    query = query_of(Looking.at(request).view)
    page = request.GET.get("page", "")
    initial = {"query": query, "page": page if page in SHAREABLE else SHAREABLE[0], "days": 30}
    form = MakeLink(request.POST or None, initial=initial)
    link, made = "", None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made, token = ShareLink.make(request.user, told["name"], told["page"], told["query"], form.valid_for)
        link = settings.BASE_URL + reverse("shared", kwargs={"token": token})
        until = made.expires_at.isoformat(timespec="seconds")
        record(request, "link.made", made.name, page=made.page, query=made.query, until=until)
    shown = form["query"].value() or ""
    facts = {"form": form, "link": link, "made": made, "view": view_text(shown), "words": our_words()}
    return render(request, "sharing/link.html", facts, status=422 if form.errors else 200)


@require_POST
@needs(Right.SHARE)
def link_revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    """End a link for good."""
    found = ShareLink.objects.one_for(request.user, pk=link_id)
    found.revoke()
    record(request, "link.revoked", found.name, owner=found.owner.email)
    messages.success(request, say(N_("The link no longer opens anything.")))
    return redirect("digests")


@never_cache
@require_GET
@open_to_all
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows: figures of one view, no name of a person, no single request."""
    if is_too_often(request, "link-opened"):
        return _unseen(_later(request))
    found = ShareLink.by_secret(token)
    if found is None:
        if is_too_often(request, "link-missed"):
            return _unseen(_later(request))
        return _unseen(render(request, "sharing/no_link.html", status=404))
    looking = Looking.of(FIGURES_ONLY.narrowed(view_of(found.query)))
    facts = {
        "page": PAGES[found.page][0], "view": view_text(found.query), "words": our_words(), "link": found,
        "name": looking.company.name, "is_simulated": looking.company.is_simulated, "sections": None, "as_of": None,
    }  # fmt: skip
    if settings.DATA.log.exists():
        try:
            facts["sections"] = [_section(looking, question) for question in PAGES[found.page][1]]
            facts["as_of"] = looking.as_of
        except NotMeasuredYet:
            Job.add("refresh-facts", {}, key="refresh-facts")
    if found.note_opening():
        record(None, "link.opened", found.name, link=found.pk)
    return _unseen(render(request, "sharing/shared.html", facts))


def _section(looking: Looking, question: str) -> str:
    def make() -> str:
        report = FIGURES_ONLY.report(looking, PARTS[question])
        return render_section(section(report, question, language()), language())

    return looking.once("shared-section", [question], make)


def _later(request: HttpRequest) -> HttpResponse:
    response = render(request, "sharing/too_often.html", status=429)
    response["Retry-After"] = "60"
    return response


def _unseen(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search, and the address with the token told to nobody."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
