"""Templates are Jinja, like those of the report: the same words, the same blocks, everything escaped."""

from typing import Any, Final

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from jinja2 import Environment, StrictUndefined

from otklik.base.text import N_
from otklik.web.access import Right, rights_of
from otklik.web.moments import day, moment
from otklik.web.words import count, language, say, with_method

_MENU: Final = (
    (
        N_("How fast we are"),
        (
            ("now", N_("Who waits now"), Right.SEE),
            ("how_fast", N_("How fast"), Right.SEE),
            ("where_time_goes", N_("Where the time goes"), Right.SEE),
            ("when", N_("When"), Right.SEE),
            ("who_waits", N_("Who waits most"), Right.SEE),
            ("record_quality", N_("Quality of the record"), Right.SEE),
        ),
    ),
    (
        N_("Where we want to be"),
        (("goals", N_("Goals"), Right.SEE),),
    ),
    (
        N_("Set up"),
        (
            ("sources", N_("Records"), Right.BRING),
            ("calendars", N_("Working hours"), Right.SEE),
            ("targets", N_("Targets"), Right.SEE),
        ),
    ),
    (
        N_("Take away"),
        (
            ("reports", N_("Reports and tables"), Right.SEE),
            ("digests", N_("Digests and links"), Right.SHARE),
        ),
    ),
    (
        N_("Company"),
        (
            ("people", N_("People and teams"), Right.PEOPLE),
            ("tokens", N_("Programs"), Right.TOKENS),
            ("webhooks", N_("Webhooks"), Right.TOKENS),
            ("audit", N_("Who did what"), Right.AUDIT),
            ("company", N_("Company"), Right.COMPANY),
            ("my_account", N_("My account"), None),
        ),
    ),
)
"""Groups of (name of the view, title, right to see it; None = everyone)."""


def environment(**options: Any) -> Environment:
    """Make the environment for Django's Jinja backend."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = Environment(**options)  # noqa: S701 (autoescape is on, two lines above)
    made.globals |= {
        "static": staticfiles_storage.url,
        "url": url,
        "say": say,
        "count": count,
        "with_method": with_method,
        "Right": Right,
    }
    made.filters |= {"slug": slugify, "day": day, "moment": moment}
    return made


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """Address of a view by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page needs."""
    from otklik.web.accounts.models import Company
    from otklik.web.home import theme_version

    user = getattr(request, "user", None)
    return {
        "company": Company.objects.filter(pk=1).first(),
        "theme_version": theme_version(),
        "menu": menu(request),
        "language": language(),
        "rights": rights_of(user),
        "person": user if getattr(user, "is_authenticated", False) else None,
        "theme": _theme(request),
        "path": request.path,
        "full_path": request.get_full_path(),
    }


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """List the pages this person may open, and which one is open, or holds what is open."""
    rights = rights_of(getattr(request, "user", None))
    here = getattr(request.resolver_match, "url_name", "")
    groups: list[dict[str, Any]] = []
    for title, pages in _MENU:
        items = [
            {"title": _title(view, name), "href": href, "here": "page" if view == here else ""}
            for view, name, right in pages
            if (right is None or right in rights) and (href := _address(view))
        ]
        groups.append({"title": say(title), "items": items})
    _mark_section(request.path, [item for group in groups for item in group["items"]])
    return [group for group in groups if group["items"]]


def _title(view: str, name: str) -> str:
    return with_method(say(name)) if view == "goals" else say(name)


def _mark_section(path: str, items: list[dict[str, Any]]) -> None:
    """A page that is not in the menu lies in the section whose address its own begins with."""
    holding = [item for item in items if path.startswith(item["href"]) and item["href"] != "/"]
    if holding and not any(item["here"] for item in items):
        max(holding, key=lambda item: len(item["href"]))["here"] = "true"


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def _theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("otklik_theme", "")
    return chosen if chosen in ("light", "dark") else "auto"
