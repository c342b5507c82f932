"""The interface as a whole: its parts, its errors, its description."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI

from otklik.web.access import open_to_all
from otklik.web.api.endpoints import figures, pushes, requests, setup
from otklik.web.api.problems import TOLD, answer, speak_of_problems
from otklik.web.api.strictness import be_strict
from otklik.web.words import say

api = NinjaAPI(
    title="Otklik",
    version="1",
    description="How fast do we really serve people? Every call shows a token: Authorization: Bearer otk_...",
    urls_namespace="api",
    docs_url=None,
)
speak_of_problems(api)
for router in (figures.router, requests.router, setup.router, pushes.router):
    be_strict(router)
    api.add_router("", router)


def _in_our_words(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Open a view to programs without a session; a method that is not offered is a problem like any other."""

    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        told = answer(405, "method-not-offered", say(TOLD[405]))
        told["Allow"] = response["Allow"]
        return told

    call.csrf_exempt = True  # type: ignore[attr-defined]
    return open_to_all(call)


def urlpatterns() -> tuple[list[URLPattern], str, str]:
    """Every address under /api/v1/: tokens are checked by the interface itself, for each call anew."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback = _in_our_words(pattern.callback)  # type: ignore[union-attr, arg-type]
    return patterns, app, namespace  # type: ignore[return-value]
