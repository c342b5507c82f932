"""Answers for those who watch the installation."""

import ipaddress

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from otklik.web.access import open_to_all
from otklik.web.accounts.models import ApiToken, Scope
from otklik.web.api import monitoring
from otklik.web.api.problems import TOLD, answer
from otklik.web.words import say


@require_safe
@open_to_all
def live(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers, and nothing else."""
    return _uncached(JsonResponse({"status": "live"}))


@require_safe
@open_to_all
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether everything needed is there; what is missing is told to those with a token."""
    found = monitoring.health()
    told: dict[str, object] = {"status": "ready" if found.is_ready else "not-ready"}
    if found.database and _token(request) is not None:
        told |= vars(found)
    return _uncached(JsonResponse(told, status=200 if found.is_ready else 503))


@require_safe
@open_to_all
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the metrics to a program with a token, and to this machine where the owner said so."""
    if not (settings.METRICS_ON_LOOPBACK and _is_here(request)):
        try:
            token = _token(request)
        except DatabaseError:
            return answer(503, "try-later", say(TOLD[503]))
        if token is None:
            refused = answer(401, "token-missing", say(TOLD[401]))
            refused["WWW-Authenticate"] = 'Bearer realm="otklik"'
            return refused
        if not (token.allows(Scope.READ) or token.allows(Scope.ADMIN_READ)):
            return answer(403, "scope-missing", say(TOLD[403]))
    text, kind = monitoring.exposition()
    return _uncached(HttpResponse(text, content_type=kind))


def _token(request: HttpRequest) -> ApiToken | None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return ApiToken.by_secret(text.strip()) if scheme.lower() == "bearer" else None


def _is_here(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
