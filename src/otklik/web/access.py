"""Who may do what: the one place where roles become rights, and where views say which right they need."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar

from django.http import HttpRequest

from otklik.base.text import N_

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person is in the company, strongest first."""

    OWNER = "owner"
    MANAGER = "manager"
    ANALYST = "analyst"
    MEMBER = "member"
    VIEWER = "viewer"


ROLE_NAMES: Final = {
    Role.OWNER: N_("Owner"),
    Role.MANAGER: N_("Manager"),
    Role.ANALYST: N_("Analyst"),
    Role.MEMBER: N_("Member"),
    Role.VIEWER: N_("Viewer"),
}


class Right(StrEnum):
    """One thing that may be allowed."""

    SEE = "see"  # figures of the whole company
    SEE_REQUESTS = "see-requests"  # single requests: members see those of their own teams
    SEE_PEOPLE = "see-people"  # who wrote and who answered, by name
    BRING = "bring"  # bring records in, correct a mapping
    UNDO = "undo"  # undo an import, delete a source
    RULE = "rule"  # calendars and targets
    GOALS = "goals"  # goals of the company and of every team, the stages of a cycle
    OWN_GOALS = "own-goals"  # goals of one's own teams, and one's own
    SHARE = "share"  # links for people outside, digests
    TOKENS = "tokens"  # API tokens, webhooks
    WORDS = "words"  # what the company calls its goals
    PEOPLE = "people"  # users, teams, invitations
    AUDIT = "audit"  # who did what
    PRIVACY = "privacy"  # export, erase, pseudonymise, retention
    COMPANY = "company"  # name, zone, roles of owners


_OF_ROLE: Final[dict[Role, frozenset[Right]]] = {
    Role.OWNER: frozenset(Right),
    Role.MANAGER: frozenset(Right) - {Right.COMPANY},
    Role.ANALYST: frozenset(
        {
            Right.SEE,
            Right.SEE_REQUESTS,
            Right.SEE_PEOPLE,
            Right.BRING,
            Right.RULE,
            Right.GOALS,
            Right.OWN_GOALS,
            Right.SHARE,
            Right.TOKENS,
        }
    ),
    Role.MEMBER: frozenset({Right.SEE, Right.SEE_REQUESTS, Right.OWN_GOALS}),
    Role.VIEWER: frozenset({Right.SEE}),
}


def rights_of(user: Any) -> frozenset[Right]:
    """Return everything a person may do; nothing for strangers and for those whose account is closed."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    try:
        return _OF_ROLE[Role(user.role)]
    except ValueError:
        return frozenset()


def may(user: Any, right: Right) -> bool:
    """Say whether a person may do that."""
    return right in rights_of(user)


def needs(right: Right) -> Callable[[View], View]:
    """Mark a view with the right it needs; the middleware refuses everybody else, and any view without a mark."""

    def mark(view: View) -> View:
        view.needs = right  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Mark a view that strangers may call: log-in, health, links with a token of their own."""
    view.needs = None  # type: ignore[attr-defined]
    view.login_required = False  # type: ignore[attr-defined]
    return view


def for_everybody_inside(view: View) -> View:
    """Mark a view for everyone who is logged in: their own settings."""
    view.needs = None  # type: ignore[attr-defined]
    return view


def right_for(view: Callable[..., Any], request: HttpRequest) -> Right | None:
    """Return the right a view asks for; raise LookupError where nobody said.

    `needs` may be a dict by method: {"GET": Right.SEE, "POST": Right.BRING}.
    """
    found = getattr(view, "needs", getattr(getattr(view, "view_class", None), "needs", _UNSAID))
    if found is _UNSAID:
        raise LookupError(f"{view!r} does not say which right it needs")
    if isinstance(found, dict):
        return Right(found["GET" if request.method == "HEAD" else str(request.method)])
    return None if found is None else Right(found)


_UNSAID: Final[Any] = object()
