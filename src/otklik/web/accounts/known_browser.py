"""Browsers in which a person logged in before: a signed cookie says so, and only for that person.

Not the address one logs in from: behind a proxy or in one office everybody has the same, an attacker among them; and a
cookie is looked up nowhere, so that it holds when there is nothing to look in.
"""

import hashlib
import secrets
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

HOLDS_S: Final = 180 * 86_400
PEOPLE: Final = 8
"""So many people may share a browser; whoever logged in longest ago is forgotten first."""
_SALT: Final = "otklik.known-browser"


def known_browser(request: HttpRequest, email: str) -> str | None:
    """Return the number of a browser in which that person logged in before, or is inside now; None for strangers."""
    number, people = _read(request)
    if number and _mark(number, email) in people:
        return number
    user = request.user
    is_inside = user.is_authenticated and str(getattr(user, "email", "")).lower() == email.lower()
    return request.session.session_key if is_inside else None


def will_be_known(request: HttpRequest, email: str) -> None:
    """Note that the person proved who it is; the answer to this request takes the cookie along."""
    request.now_known = email  # type: ignore[attr-defined]


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser its cookie, if somebody proved who it is."""
    email = getattr(request, "now_known", None)
    if not email:
        return
    number, people = _read(request)
    number = number or secrets.token_urlsafe(12)
    mark = _mark(number, email)
    people = [mark, *(one for one in people if one != mark)][:PEOPLE]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME, signing.dumps([number, people], salt=_SALT), max_age=HOLDS_S,
        secure=settings.BEHIND_TLS, httponly=True, samesite="Strict",
    )  # fmt: skip


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """What the cookie says; nothing where there is none, or it is too old, or not of ours."""
    try:
        told: Any = signing.loads(
            request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, ""), salt=_SALT, max_age=HOLDS_S
        )
    except signing.BadSignature:
        return "", []
    number, people = told
    return number, people


def _mark(number: str, email: str) -> str:
    """Name a person so that the cookie tells no address, and nobody who reads two cookies sees that they are of one."""
    return hashlib.sha256(f"{number} {email.strip().lower()}".encode()).hexdigest()[:32]
