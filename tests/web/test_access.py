"""Deny by default: every address says which right it needs, and roles get what they are for."""

import pytest
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from otklik.web.access import Right, Role, may, right_for
from otklik.web.accounts.models import User
from otklik.web.middleware import Rights


def views(resolver: URLResolver, prefix: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for entry in resolver.url_patterns:
        at = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += views(entry, at)
        elif isinstance(entry, URLPattern):
            found.append((at, entry.callback))
    return found


def ours() -> list[tuple[str, object]]:
    return [(at, view) for at, view in views(get_resolver()) if not view.__module__.startswith(Rights.FOREIGN)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("at", [at for at, _ in ours()])
def test_every_address_says_which_right_it_needs(at: str) -> None:
    view = dict(ours())[at]
    request = HttpRequest()
    request.method = "GET"
    try:
        right_for(view, request)  # type: ignore[arg-type]
    except KeyError:
        request.method = "POST"
        right_for(view, request)  # type: ignore[arg-type]
    except LookupError as unsaid:
        pytest.fail(str(unsaid))
    assert ours()


def test_the_owner_may_everything_and_a_viewer_only_look() -> None:
    assert all(may(User(role=Role.OWNER), right) for right in Right)
    assert [right for right in Right if may(User(role=Role.VIEWER), right)] == [Right.SEE]


def test_a_closed_account_and_an_unknown_role_may_nothing() -> None:
    assert not any(may(User(role=Role.OWNER, is_active=False), right) for right in Right)
    assert not any(may(User(role="emperor"), right) for right in Right)
