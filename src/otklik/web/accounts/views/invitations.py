"""Invitations: made by those who look after people, accepted by strangers with a link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import ROLE_NAMES, Right, Role, needs, open_to_all
from otklik.web.accounts import limits
from otklik.web.accounts import people as rules
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.forms.people import Accept, Invite
from otklik.web.accounts.mail import is_mail_set_up, say_by_mail
from otklik.web.accounts.models import Company, Invitation
from otklik.web.accounts.views.welcome import BACKEND
from otklik.web.words import language, say


@require_http_methods(["GET", "POST"])
@needs(Right.PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown once and mailed where a mail server is set up."""
    form = Invite(request.POST or None, roles=rules.roles_given_by(person_in(request)))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made, token = rules.invite(request, told["email"], Role(told["role"]), told["teams"])
        link = f"{settings.BASE_URL}{reverse('invitation', kwargs={'token': token})}"
        mailed = say_by_mail(
            made.email,
            say(N_("You are invited to %(company)s"), company=Company.ours().name or "Otklik"),
            say(N_("%(name)s invites you to see how fast your company serves people."), name=str(request.user)),
            link,
            say(N_("The link holds for a week and works once.")),
        )
        facts = {"made": made, "link": link, "mailed": mailed, "mail_set_up": is_mail_set_up()}
        return render(request, "accounts/invited.html", facts)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@needs(Right.PEOPLE)
def invitation_cancel(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    found = Invitation.objects.one_for(request.user, pk=invitation_id, accepted_at=None)
    record(request, "invitation.cancelled", found.email)
    found.delete()
    messages.success(request, say(N_("The invitation no longer holds.")))
    return redirect("people")


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: to look changes nothing, only the form does."""
    found = Invitation.by_secret(token)
    if found is None:
        if limits.is_too_often(request, "invitation"):
            return limits.later(request)
        return render(request, "accounts/no_invitation.html", status=404)
    form = Accept(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        person = rules.accept(found, form.cleaned_data["name"], form.cleaned_data["password"], language())
        if person is None:
            return render(request, "accounts/no_invitation.html", status=404)
        login(request, person, backend=BACKEND)
        return redirect("home")
    facts = {"form": form, "invitation": found, "role": say(ROLE_NAMES[Role(found.role)])}
    return render(request, "accounts/invitation.html", facts, status=422 if form.errors else 200)
