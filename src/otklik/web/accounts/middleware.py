"""What every request of somebody logged in passes: the company's words, the second step, being seen."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from otklik.web.accounts.adapter import has_second_factor
from otklik.web.accounts.known_browser import remember
from otklik.web.accounts.models import Company, LogIn
from otklik.web.vocabulary import Vocabulary, speaking

Answer = Callable[[HttpRequest], HttpResponseBase]
WAY_IN: Final = frozenset(
    {"account_login", "account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate",
     "theme", "language"}
)  # fmt: skip
"""What somebody without the second step may open where the company wants it."""
SEEN_EVERY_S: Final = 600


class CompanyWords:
    """Speak to people in the words of their company; programs and strangers hear the plain ones."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Read them once and go on."""
        if request.path.startswith("/api/") or not request.user.is_authenticated:
            return self.answer(request)
        told = Company.objects.filter(pk=1).values_list("vocabulary", flat=True).first()
        with speaking(Vocabulary.read(told)):
            return self.answer(request)


class SecondFactorWanted:
    """Lead everybody without the second step to where it is set up, and nowhere else."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the check comes when the view is known."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Check the second step."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.user.is_authenticated or name in WAY_IN:
            return None
        if not Company.objects.filter(second_factor_wanted=True).exists() or has_second_factor(request.user):
            return None
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = redirect("mfa_activate_totp")["Location"]
            return response
        return redirect("mfa_activate_totp")


class KnownBrowser:
    """Give the browser of whoever proved who it is the cookie that says so."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and remember."""
        response = self.answer(request)
        remember(request, response)
        return response


class Seen:
    """Write down now and then that a session is in use."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note it, at most every ten minutes."""
        if request.user.is_authenticated and time.time() - request.session.get("seen", 0) > SEEN_EVERY_S:
            request.session["seen"] = int(time.time())
            LogIn.objects.filter(session_key=request.session.session_key).update(seen_at=timezone.now())
        return self.answer(request)
