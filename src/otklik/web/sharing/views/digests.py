"""Digests by mail, and the lists of chats and links."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import Right, needs, open_to_all
from otklik.web.accounts.audit import record
from otklik.web.accounts.mail import is_mail_set_up
from otklik.web.looking import Looking
from otklik.web.sharing import sending
from otklik.web.sharing.chat_results import chat_lines
from otklik.web.sharing.forms import RHYTHMS, NewDigest
from otklik.web.sharing.limits import is_too_often
from otklik.web.sharing.models import Digest, Sending, ShareLink
from otklik.web.sharing.pages import PAGES, query_of
from otklik.web.sharing.showing import our_words, view_text
from otklik.web.words import language, say

SHOWN = 20


@require_GET
@needs(Right.SHARE)
def digests(request: HttpRequest) -> HttpResponse:
    """Digests, what became of them, and links for people outside."""
    found = Digest.objects.for_user(request.user).select_related("person", "made_by").filter(stopped_at=None)
    sendings = Sending.objects.for_user(request.user).select_related("digest__person")[:SHOWN]
    links = ShareLink.objects.for_user(request.user).select_related("owner")
    return render(request, "sharing/digests.html", {
        "digests": found, "sendings": sendings, "links": links,
        "chats": chat_lines(request.user), "rhythms": RHYTHMS, "states": Sending.STATES,
        "why": sending.WHY, "mail": is_mail_set_up(), "words": our_words(), "view_text": view_text, "pages": PAGES,
        "now": timezone.now(), "query": query_of(Looking.at(request).view),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Right.SHARE)
def digest_make(request: HttpRequest) -> HttpResponse:
    """Set a digest up."""
    view = Looking.at(request).view.model_copy(update={"start": None, "end": None})
    initial = {"query": query_of(view), "person": request.user.pk, "language": language(), "rhythm": Digest.WEEKLY,
               "name": say(N_("How fast we serve"))}  # fmt: skip
    form = NewDigest(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        query = query_of(form.view.model_copy(update={"start": None, "end": None, "compare": False}))
        made = Digest.objects.create(
            person=told["person"], made_by=request.user, name=told["name"].strip(), query=query,
            rhythm=told["rhythm"], language=told["language"],
        )  # fmt: skip
        record(request, "digest.made", made.name, to=made.person.email, rhythm=made.rhythm, query=made.query)
        messages.success(request, say(N_("The digest is set up. The first one comes after the next full period.")))
        return redirect("digests")
    facts = {"form": form, "view": view_text(form["query"].value() or ""), "mail": is_mail_set_up()}
    return render(request, "sharing/digest.html", facts, status=422 if form.errors else 200)


@require_POST
@needs(Right.SHARE)
def digest_end(request: HttpRequest, digest_id: int) -> HttpResponse:
    """Stop a digest."""
    found = Digest.objects.one_for(request.user, pk=digest_id)
    found.stop()
    record(request, "digest.stopped", found.name, to=found.person.email)
    messages.success(request, say(N_("The digest is no longer sent.")))
    return redirect("digests")


@require_POST
@needs(Right.SHARE)
def digest_now(request: HttpRequest, digest_id: int) -> HttpResponse:
    """Send the last full period at once, if it was not sent before; it counts as the sending of that period."""
    found = Digest.objects.one_for(request.user, pk=digest_id, stopped_at=None)
    today = timezone.now().astimezone(our_words().zone).date()
    row = sending.write_down(found, sending.Period.last(found.rhythm, today))
    if row.state == Sending.SENT:
        messages.info(request, say(N_("This period was sent already.")))
    else:
        sending.queue()
        record(request, "digest.asked-for", found.name, to=found.person.email, period=row.period)
        messages.success(request, say(N_("It is on its way; below you see what becomes of it.")))
    return redirect("digests")


@require_POST
@needs(Right.SHARE)
def sending_again(request: HttpRequest, sending_id: int) -> HttpResponse:
    """Send again what did not leave, or may not have; with the same Message-ID."""
    found = Sending.objects.one_for(request.user, pk=sending_id)
    again = Sending.objects.filter(pk=found.pk, state__in=(Sending.FAILED, Sending.UNSURE)).update(
        state=Sending.DUE, next_at=timezone.now(), attempts=0, error=""
    )
    if again:
        sending.queue()
        record(request, "digest.sent-again", found.digest.name, to=found.digest.person.email, period=found.period)
    return redirect("digests")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all
def digest_stop(request: HttpRequest, key: str) -> HttpResponse:
    """What the link in a mail opens: to look changes nothing, only the button (or the mail program's) stops it.

    The signed key is all the proof there is, so that one click in a mail program is enough.
    """
    if is_too_often(request, "digest-stop"):
        response = render(request, "sharing/too_often.html", status=429)
        response["Retry-After"] = "60"
        return response
    found = Digest.by_key(key)
    if found is None:
        return render(request, "sharing/no_link.html", status=404)
    if request.method == "POST" and found.stopped_at is None:
        found.stop()
        record(None, "digest.stopped", found.name, to=found.person.email, by="link")
    return render(request, "sharing/stop.html", {"found": found})
