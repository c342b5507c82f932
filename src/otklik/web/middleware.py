"""What every request passes: its number, its language, the right to be here, words for what went wrong."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from otklik.base.errors import UserError
from otklik.web import errors
from otklik.web.access import may, right_for

Answer = Callable[[HttpRequest], HttpResponseBase]
_LOG = logging.getLogger("otklik.web")


class RequestNumber:
    """Give every request a number that stands in the answer and in every log line about it.

    Being the outermost, it also says of every answer that says nothing else: for one person, not to be kept.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Number the request."""
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = self.answer(request)
        response["X-Request-Id"] = request.number  # type: ignore[attr-defined]
        response.setdefault("Cache-Control", "private, no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class Language:
    """Speak the language of the person: as chosen in the account, by cookie, as the browser asks."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Choose and go on."""
        known = dict(settings.LANGUAGES)
        wished = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = wished if wished in known else translation.get_language_from_request(request).split("-")[0]
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.answer(request)
        response.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class Rights:
    """Refuse whoever lacks the right a view asks for; a view that asks for nothing at all is refused to all."""

    FOREIGN = ("allauth.", "django.contrib.staticfiles", "django.views.static")

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the check comes when the view is known."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        """Check the right."""
        if getattr(view, "__module__", "").startswith(self.FOREIGN):
            return
        try:
            right = right_for(view, request)
        except LookupError as unsaid:
            _LOG.error("%s", unsaid)
            raise PermissionDenied from unsaid
        except KeyError:
            return  # a method nobody offers: the view answers 405
        if right is not None and not may(request.user, right):
            raise PermissionDenied


class PlainErrors:
    """Turn what a person can put right, and what passes by itself, into a page that says so."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with words instead of a trace."""
        if isinstance(error, UserError):
            return errors.user_error(request, error)
        if isinstance(error, OperationalError):
            _LOG.exception("the database does not answer", extra={"request_number": request.number})  # type: ignore[attr-defined]
            return errors.try_later(request)
        is_a_way = type(error).__module__.startswith("allauth.")  # "log in once more" and the like
        if not is_a_way and not isinstance(error, Http404 | PermissionDenied):
            _LOG.exception("unexpected", extra={"request_number": getattr(request, "number", None)})
        return None
