"""The way in: the first page, the colours, the language."""

import hashlib
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from otklik.web.access import open_to_all

YEAR_S = 31_536_000


@require_GET
@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """Where to begin: the owner's account, the records, or who waits now."""
    from otklik.web.accounts.models import User

    if not User.objects.exists():
        return redirect("first_owner")
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect("now" if settings.DATA.log.exists() else "sources")


@require_GET
@open_to_all
def theme(_request: HttpRequest) -> HttpResponse:
    """Give the colours of both themes, and the blocks that report and screen share."""
    response = HttpResponse(theme_css(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return response


@require_POST
@open_to_all
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; kept in the account, or in a cookie."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR_S, samesite="Lax", secure=settings.BEHIND_TLS
        )
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@cache
def theme_css() -> str:
    """Write the stylesheet of colours and blocks."""
    from otklik.charts.palette import DARK, LIGHT, css_variables
    from otklik.report import stylesheet

    chosen = "".join(
        f":root[data-theme={name}]{{color-scheme:{name};{css_variables(colours)}}}"
        for name, colours in (("light", LIGHT), ("dark", DARK))
    )
    return f"{stylesheet()}\n@media screen{{{chosen}}}"


@cache
def theme_version() -> str:
    """Name this state of the colours, so that browsers may keep it for ever."""
    return hashlib.sha256(theme_css().encode()).hexdigest()[:10]
