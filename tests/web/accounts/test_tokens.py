"""API tokens: told once, kept as a fingerprint, refused in every other case."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, User

People = Callable[..., User]


@pytest.fixture
def analyst(person: People) -> User:
    return person(Role.ANALYST)


def test_the_text_of_a_token_finds_it_and_is_nowhere_kept(analyst: User) -> None:
    token, text = ApiToken.make(analyst, "nightly", [Scope.READ])
    assert ApiToken.by_secret(text) == token
    with connection.cursor() as cursor:
        cursor.execute("select * from accounts_apitoken")
        assert text[9:] not in repr(cursor.fetchall())


@pytest.mark.parametrize("text", [None, "", "otk_", "otk_" + "a" * 43, "Bearer x", "otk_" + "a" * 10_000, "\0"])
def test_what_is_no_token_finds_nothing(analyst: User, text: str | None) -> None:
    ApiToken.make(analyst, "nightly", [Scope.READ])
    assert ApiToken.by_secret(text) is None


def test_its_own_fingerprint_does_not_open_it(analyst: User) -> None:
    token, _ = ApiToken.make(analyst, "nightly", [Scope.READ])
    assert ApiToken.by_secret(token.token_hash) is None
    assert ApiToken.by_secret("otk_" + token.token_hash) is None


def test_random_guesses_find_nothing(analyst: User) -> None:
    ApiToken.make(analyst, "nightly", [Scope.READ])
    assert not any(ApiToken.by_secret("otk_" + secrets.token_urlsafe(32)) for _ in range(300))


def test_revoked_expired_and_orphaned_tokens_open_nothing(analyst: User) -> None:
    texts = []
    for name in ("revoked", "expired"):
        token, text = ApiToken.make(analyst, name, [Scope.READ])
        texts.append(text)
        if name == "revoked":
            token.revoke()
        else:
            ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert [ApiToken.by_secret(text) for text in texts] == [None, None]
    _, text = ApiToken.make(analyst, "orphaned", [Scope.READ])
    analyst.is_active = False
    analyst.save()
    assert ApiToken.by_secret(text) is None


def test_a_token_never_allows_more_than_its_person_may(analyst: User) -> None:
    token, _ = ApiToken.make(analyst, "all", list(Scope))
    assert [scope for scope in Scope if token.allows(scope)] == [Scope.READ, Scope.PUSH]
    narrow, _ = ApiToken.make(analyst, "read", [Scope.READ])
    assert [scope for scope in Scope if narrow.allows(scope)] == [Scope.READ]
    analyst.role = Role.VIEWER.value
    analyst.save()
    again = ApiToken.objects.get(pk=token.pk)
    assert [scope for scope in Scope if again.allows(scope)] == [Scope.READ]


def test_it_lasts_a_year_unless_told_otherwise(analyst: User) -> None:
    token, _ = ApiToken.make(analyst, "nightly", [Scope.READ])
    assert timedelta(days=364) < token.expires_at - timezone.now() <= timedelta(days=365)


def test_its_use_is_noted_once_a_minute(analyst: User) -> None:
    token, _ = ApiToken.make(analyst, "nightly", [Scope.READ])
    token.note_use()
    first = ApiToken.objects.get(pk=token.pk).last_used_at
    token.note_use()
    assert first is not None and ApiToken.objects.get(pk=token.pk).last_used_at == first
