"""Where a session ends or becomes more trusted: allauth's own pages, and what we add to them."""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from django.http import HttpRequest, HttpResponse

from otklik.web.accounts.models import LogIn

GONE = '"cache", "storage"'
"""What a browser forgets of us when somebody logs out."""


@wraps(account.logout)
def log_out(request: HttpRequest) -> HttpResponse:
    """Log out, and ask the browser to forget what it kept."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = GONE
    return response


@wraps(account.reauthenticate)
def confirm_password(request: HttpRequest) -> HttpResponse:
    """Confirm who one is by the password; the session goes on under another name."""
    response: HttpResponse = account.reauthenticate(request)
    _rename(request, response)
    return response


@wraps(second_step.reauthenticate)
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Confirm who one is by a code; the session goes on under another name."""
    response: HttpResponse = second_step.reauthenticate(request)
    _rename(request, response)
    return response


def _rename(request: HttpRequest, response: HttpResponse) -> None:
    """A name that somebody may have learnt before does not become more trusted."""
    before = request.session.session_key
    if request.method == "POST" and 300 <= response.status_code < 400 and before:
        request.session.cycle_key()
        LogIn.objects.filter(session_key=before).update(session_key=request.session.session_key)
