"""How often somebody may try: log-ins by person and place, links with a token by place."""

from typing import Any, Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RATES: Final = {
    "login-pair": "5/5m/key",  # one account from one address
    "login-known": "5/5m/key",  # one account in a browser that is known; there the three others do not count
    "login-address": "100/h/key",  # one address, whatever the account; only tries that were really checked
    "login-account": "100/h/key",  # one account, whatever the address
    "invitation": "20/m/ip",  # invitations that do not exist
}
WAIT_S: Final = 300


class Tries:
    """Several counted tries that can be taken back together, when the try was right."""

    def __init__(self, parts: list[Any]) -> None:
        self._parts = parts

    def rollback(self) -> None:
        """Take them back."""
        for part in self._parts:
            part.rollback()


def count(request: HttpRequest, *actions: tuple[str, str | None]) -> Tries | None:
    """Count a try under each (action, key); None where one of them was tried too often. The first that refuses ends it.

    A store of counts that does not answer raises, so nothing is let through by its absence.
    """
    parts: list[Any] = []
    for action, key in actions:
        counted = ratelimit.consume(request, app="otklik", action=action, config=RATES, key=key, limit_get=True)
        if counted is None:
            return None
        parts.append(counted)
    return Tries(parts)


def is_too_often(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count a try and say whether it was one too many."""
    return count(request, (action, key)) is None


def forget(request: HttpRequest, action: str, key: str) -> None:
    """Begin to count anew."""
    ratelimit.clear(request, app="otklik", action=action, config=RATES, key=key)


def later(request: HttpRequest) -> HttpResponse:
    """Say that it was too often."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WAIT_S)
    return response
