"""What goes wrong at the interface, always in the same shape: a code for programs, a sentence for people."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.results import Result
from otklik.web import errors
from otklik.web.jobs.models import Job
from otklik.web.words import say, words

NOT_MEASURED: Final = "not-measured-yet"
STATUS: Final = {"not-a-store": 404, "unknown-request": 404, "unknown-source": 404, NOT_MEASURED: 503}
"""Of errors that are no mistake in the request."""


class Problem(Result):
    """What went wrong: `error` never changes, `message` is in the reader's language."""

    error: str
    message: str


class Refusal(Exception):
    """The request is refused: status, code, a catalogue key and its facts."""

    def __init__(self, status: int, code: str, message: str, *, wait_s: int | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.wait_s, self.facts = status, code, message, wait_s, facts


TOLD: Final = {
    400: N_("The request cannot be read."),
    401: N_("No token was shown, or it does not hold: it is revoked, has expired, or its person has left."),
    403: N_("The token does not allow this."),
    404: N_("There is nothing here, or it is not for you to see. Check the address, or go back to the start."),
    405: N_("This method is not offered here."),
    406: N_("This form of answer is not offered here."),
    409: N_("This Idempotency-Key was used for another body."),
    411: N_("The length of the body is not told; send Content-Length."),
    413: N_("The body is too long: at most %(most)s bytes."),
    415: N_("This kind of body is not read here."),
    422: N_("Something in the request is wrong."),
    429: N_("Too many requests; wait %(wait)s seconds."),
    503: N_("The database does not answer just now. Nothing was lost; try again in a few seconds."),
}


def answer(status: int, code: str, message: str) -> JsonResponse:
    """Give a problem."""
    return JsonResponse(Problem(error=code, message=message).model_dump(), status=status)


def documented(*statuses: int) -> frozenset[int]:
    """Statuses for the schema: these, and those that every call may meet."""
    return frozenset({401, 403, 429, 503, *statuses})


def refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    """Say that it was refused, and when to come again."""
    response = answer(refusal.status, refusal.code, say(refusal.message, **refusal.facts))
    if refusal.wait_s is not None:
        response["Retry-After"] = str(refusal.wait_s)
    return response


def unknown_token(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Nobody we know."""
    response = answer(401, "token-missing", say(TOLD[401]))
    response["WWW-Authenticate"] = 'Bearer realm="otklik"'
    return response


def invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Say which parameter is wrong and how, without repeating what was sent."""
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors[:10])
    return answer(422, "invalid", f"{say(TOLD[422])} {told}".strip())


def unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    """The body is no JSON, or the like."""
    return answer(error.status_code, "unreadable", say(TOLD.get(error.status_code, TOLD[400])))


def not_found(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Nothing here."""
    return answer(404, "not-found", say(TOLD[404]))


def not_allowed(_request: HttpRequest, _error: Any) -> HttpResponse:
    """Not with this role."""
    return answer(403, "not-allowed", say(TOLD[403]))


def user_error(_request: HttpRequest, error: Any) -> HttpResponse:
    """Say what can be put right; what is not measured yet comes by itself."""
    response = answer(STATUS.get(error.code, 422), error.code, words().error(error))
    if error.code == NOT_MEASURED:
        Job.add("refresh-facts", {}, key="refresh-facts")
        response["Retry-After"] = "5"
    return response


def try_later(request: HttpRequest, _error: Any) -> HttpResponse:
    """The store is away: refuse."""
    return errors.try_later(request)


def speak_of_problems(api: NinjaAPI) -> None:
    """Teach the interface to answer so."""
    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(AuthenticationError, unknown_token)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(HttpError, unreadable)
    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(PermissionDenied, not_allowed)
    api.add_exception_handler(UserError, user_error)
    api.add_exception_handler(OperationalError, try_later)
