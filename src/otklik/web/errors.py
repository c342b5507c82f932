"""Pages for what went wrong: what happened, and what to try."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.access import open_to_all
from otklik.web.words import say, words


def _answer(request: HttpRequest, status: int, title: str, text: str, code: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": code, "message": text}, status=status)
    facts = {"title": title, "text": text, "status": status, "number": getattr(request, "number", "")}
    bare = bool(request.headers.get("HX-Request"))
    return render(request, "shell/_error.html" if bare else "shell/error.html", facts, status=status)


def user_error(request: HttpRequest, error: UserError) -> HttpResponse:
    """Say what the person can put right."""
    return _answer(request, 422, say(N_("That did not work")), words().error(error), error.code)


@open_to_all
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """There is no such page, or not for this person."""
    text = say(N_("There is nothing here, or it is not for you to see. Check the address, or go back to the start."))
    return _answer(request, 404, say(N_("Nothing here")), text, "not-found")


@open_to_all
def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The role does not allow it."""
    text = say(N_("Your role does not allow this. The owner or a manager of your company can change it."))
    return _answer(request, 403, say(N_("Not allowed")), text, "not-allowed")


@open_to_all
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request makes no sense."""
    text = say(N_("The browser sent something that cannot be read. Go back, load the page again and repeat."))
    return _answer(request, 400, say(N_("That cannot be read")), text, "bad-request")


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    """Our mistake."""
    text = say(
        N_(
            "The mistake is ours; nothing was lost. Try again. If it stays, tell your administrator: number %(number)s."
        ),
        number=getattr(request, "number", ""),
    )
    return _answer(request, 500, say(N_("Something broke")), text, "broken")


def try_later(request: HttpRequest) -> HttpResponse:
    """The database does not answer just now."""
    text = say(N_("The database does not answer just now. Nothing was lost; try again in a few seconds."))
    response = _answer(request, 503, say(N_("One moment")), text, "try-later")
    response["Retry-After"] = "5"
    return response


@open_to_all
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is from another session."""
    text = say(N_("This form was opened too long ago, or in another session. Load the page again and repeat."))
    return _answer(request, 403, say(N_("The form is too old")), text, "stale-form")
