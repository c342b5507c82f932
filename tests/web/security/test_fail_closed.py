"""Where a guard cannot be asked, nobody passes: counts of tries, tokens, rights."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Invitation, Scope, User
from otklik.web.sharing.models import ShareLink
from tests.web.conftest import PASSWORD


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of counts does not answer."""

    def away(*_: object, **__: object) -> None:
        raise OperationalError("the store is away")

    for name in ("get", "set", "add", "touch", "incr", "get_many", "_base_set"):
        monkeypatch.setattr(DatabaseCache, name, away)


@pytest.fixture
def anna(person: Callable[..., User]) -> User:
    return person(Role.ANALYST, email="anna@example.org")


def test_the_right_password_opens_while_counts_are_there(anna: User) -> None:
    response = Client().post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    assert response.status_code == 302


def test_without_counts_nobody_logs_in_not_even_with_the_right_password(anna: User, down: None) -> None:
    client = Client(raise_request_exception=False)
    response = client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "_auth_user_id" not in client.session


def test_without_counts_no_link_opens(anna: User, down: None) -> None:
    _, token = ShareLink.make(anna, "l", "how_fast", "", timedelta(days=1))
    client = Client(raise_request_exception=False)
    assert client.get(reverse("shared", kwargs={"token": token})).status_code == 503
    _, invited = Invitation.invite("new@example.org", Role.VIEWER, anna)
    guess = client.get(reverse("invitation", args=("a" * 32,)))
    assert guess.status_code == 503
    assert invited and not User.objects.filter(email="new@example.org").exists()


def test_without_counts_no_mail_for_a_new_password_goes(anna: User, down: None, mailoutbox: list[Any]) -> None:
    client = Client(raise_request_exception=False)
    assert client.post(reverse("account_reset_password"), {"email": anna.email}).status_code == 503
    assert mailoutbox == []


def test_a_token_that_cannot_be_looked_up_opens_nothing(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = ApiToken.make(anna, "t", [Scope.READ])

    def away(*_: object, **__: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(ApiToken, "by_secret", away)
    client = Client(raise_request_exception=False, headers={"authorization": f"Bearer {token}"})
    response = client.get("/api/v1/setup")
    assert response.status_code in (401, 404, 503), response.status_code
    for path in ("/api/v1/figures", "/api/v1/requests"):
        assert client.get(path).status_code in (401, 404, 503)


def test_a_right_that_cannot_be_worked_out_is_refused(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("otklik.web.middleware.may", broken)
    owner.raise_request_exception = False
    assert owner.get(reverse("people")).status_code == 500
    monkeypatch.setattr("otklik.web.middleware.right_for", lambda *_: (_ for _ in ()).throw(LookupError("unsaid")))
    assert owner.get(reverse("people")).status_code == 403
