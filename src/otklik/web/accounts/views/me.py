"""One's own account: name, language, password, second step, sessions."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from otklik.base.text import N_
from otklik.web.access import ROLE_NAMES, Role, for_everybody_inside
from otklik.web.accounts.adapter import has_second_factor
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.browsers import browser_name
from otklik.web.accounts.forms.company import AboutMe
from otklik.web.accounts.models import LogIn
from otklik.web.accounts.sessions import end_sessions, sessions_of
from otklik.web.words import say


@require_http_methods(["GET", "POST"])
@for_everybody_inside
def my_account(request: HttpRequest) -> HttpResponse:
    """Everything about oneself."""
    me = person_in(request)
    form = AboutMe(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        record(request, "account.changed", me.email)
        response = redirect("my_account")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        messages.success(request, say(N_("Saved.")))
        return response
    sessions = [
        {
            "login": login,
            "browser": browser_name(login.browser),
            "is_here": login.session_key == request.session.session_key,
        }
        for login in sessions_of(me)
    ]
    return render(request, "accounts/my_account.html", {
        "form": form, "sessions": sessions, "second_step": has_second_factor(me),
        "role": say(ROLE_NAMES[Role(me.role)]), "teams": list(me.teams.values_list("name", flat=True)),
        "names": me.record_names,
    }, status=422 if form.errors else 200)  # fmt: skip


@require_POST
@for_everybody_inside
def end_session(request: HttpRequest, login_id: int) -> HttpResponse:
    """End one of one's own sessions, after the person confirmed who it is."""
    return _end(request, LogIn.objects.one_for(request.user, pk=login_id))


@reauthentication_required
def _end(request: HttpRequest, login: LogIn) -> HttpResponse:
    if login.session_key == request.session.session_key:
        logout(request)
    else:
        login.end()
        record(request, "sessions.ended", person_in(request).email, number=1)
    return redirect("my_account")


@require_POST
@for_everybody_inside
@reauthentication_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every own session but this one, after the person confirmed who it is."""
    number = end_sessions(request.user, but=request.session.session_key)
    record(request, "sessions.ended", person_in(request).email, number=number)
    messages.success(request, say(N_("Every other session has ended.")))
    return redirect("my_account")
