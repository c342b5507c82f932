"""Every picture of a view as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.looking import Looking
from otklik.web.sharing.pages import QUESTION_NAMES, query_of
from otklik.web.sharing.pictures import KINDS, pictures, title
from otklik.web.sharing.seeing import Sight
from otklik.web.sharing.wording import told


@require_GET
@needs(Right.SEE)
def pictures_of(request: HttpRequest, question: str) -> HttpResponse:
    """The pictures of one question, to look at and to take away."""
    if question not in QUESTION_NAMES:
        raise Http404
    looking, sight = Looking.at(request), Sight.of(request.user)
    return render(request, "sharing/pictures.html", {
        "question": question, "title": title(looking, question, sight), "query": query_of(looking.view),
        "view": told(looking.view), "kinds": list(KINDS),
        "pictures": list(pictures(looking, question, sight)),
    })  # fmt: skip


@never_cache
@require_GET
@needs(Right.SEE)
def picture(request: HttpRequest, question: str, uid: str, kind: str) -> HttpResponse:
    """One picture; all three names come from fixed lists."""
    if question not in QUESTION_NAMES or kind not in KINDS:
        raise Http404
    looking = Looking.at(request)
    found = dict(pictures(looking, question, Sight.of(request.user))).get(uid)
    if found is None:
        raise Http404
    drawn = found.png() if kind == "png" else found.svg().encode()
    if "shown" not in request.GET:
        record(request, "picture.taken", f"{question}-{uid}.{kind}", query=query_of(looking.view))
    response = HttpResponse(drawn, content_type=KINDS[kind])
    way = "inline" if "shown" in request.GET and kind == "png" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="otklik-{question}-{uid}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
