"""Programs with tokens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, User
from otklik.web.jobs.worker import Worker


@pytest.fixture
def token(person: Callable[..., User]) -> Callable[..., str]:
    """The text of a new token of a person of that role."""

    def make(*scopes: Scope, role: Role = Role.OWNER, name: str = "Shop desk") -> str:
        owner = User.objects.filter(email=f"{role.value}@example.org").first() or person(role)
        return ApiToken.make(owner, name, scopes)[1]

    return make


@pytest.fixture
def program(token: Callable[..., str]) -> Callable[..., Client]:
    """A program that shows its token with every call."""

    def make(*scopes: Scope, **more: Any) -> Client:
        return Client(headers={"authorization": f"Bearer {token(*scopes, **more)}"})

    return make


@pytest.fixture
def work(db: Any) -> Callable[[], int]:
    """Do all the work that is due; return how many pieces."""
    worker = Worker()

    def do() -> int:
        done = 0
        while worker.one():
            done += 1
        return done

    return do
