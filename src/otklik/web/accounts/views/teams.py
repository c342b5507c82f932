"""Teams, named as the records name them."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from otklik.actions.list_names import list_teams
from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.accounts.forms.people import AboutTeam
from otklik.web.accounts.models import Team
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@needs(Right.PEOPLE)
def teams(request: HttpRequest) -> HttpResponse:
    """Every team, a form for one more, and names that the records hold."""
    form = AboutTeam(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        record(request, "team.made", made.name)
        messages.success(request, say(N_("Saved.")))
        return redirect("teams")
    found = Team.objects.annotate(number=Count("people"))
    return render(request, "accounts/teams.html", {
        "teams": found, "form": form, "suggested": suggested({team.name for team in found}),
    }, status=422 if form.errors else 200)  # fmt: skip


def suggested(known: set[str]) -> list[str]:
    """Teams of the records that are not here yet."""
    return [name for name in list_teams(settings.DATA.log) if name not in known]


@require_http_methods(["GET", "POST"])
@needs(Right.PEOPLE)
def team(request: HttpRequest, team_id: int) -> HttpResponse:
    """One team: its name and its people."""
    found = _found(team_id)
    before = found.name
    form = AboutTeam(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        record(request, "team.renamed", found.name, before=before)
        messages.success(request, say(N_("Saved.")))
        return redirect("teams")
    return render(request, "accounts/team.html", {
        "team": found, "before": before, "form": form, "people": found.people.order_by("email"),
    }, status=422 if form.errors else 200)  # fmt: skip


@require_POST
@needs(Right.PEOPLE)
def team_delete(request: HttpRequest, team_id: int) -> HttpResponse:
    """Take a team away; its people stay."""
    found = _found(team_id)
    record(request, "team.deleted", found.name, people=found.people.count())
    found.delete()
    messages.success(request, say(N_("The team is gone; its people are still here.")))
    return redirect("teams")


def _found(team_id: int) -> Team:
    found = Team.objects.filter(pk=team_id).first()
    if found is None:
        raise Http404
    return found
