"""The days that matter, on a page and as a link for calendar programs."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from otklik.base.text import N_
from otklik.web.access import Right, needs, open_to_all
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import Company
from otklik.web.goals.dates import calendar_of, of_person
from otklik.web.goals.limits import is_too_often
from otklik.web.goals.models import Feed
from otklik.web.goals.views.pages import show
from otklik.web.moments import today
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def dates(request: HttpRequest) -> HttpResponse:
    """What is coming, and a link under which a calendar program reads it; a new one ends the one before."""
    person = person_in(request)
    address = ""
    if request.method == "POST" and "end" in request.POST:
        Feed.objects.for_user(person).delete()
        record(request, "feed.ended")
        messages.success(request, say(N_("The link is ended: nobody reads your days by it any more.")))
        return redirect("goals_dates")
    if request.method == "POST":
        address = settings.BASE_URL + reverse("goals_feed", kwargs={"token": Feed.make(person)})
        record(request, "feed.made")
    found = [one for one in of_person(person) if one.day >= today()][:40]
    has_link = Feed.objects.for_user(person).exists()
    return show(request, "dates", {"occasions": found, "address": address, "has_link": has_link})


@require_GET
@open_to_all
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days of the person whose link it is, as a calendar file; their own personal goals among them."""
    if is_too_often(request, "feed-opened"):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    found = Feed.by_token(token)
    if found is None:
        return render(request, "goals/no_feed.html", status=404)
    company = Company.ours()
    with translation.override(found.person.language or company.language):
        content = calendar_of(of_person(found.person), say(N_("Goals: %(company)s"), company=company.name or "Otklik"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="goals.ics"'
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
