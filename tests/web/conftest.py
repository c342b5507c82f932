"""People of every role, and a company with a small log, for the tests of the web."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.models import Company, Team, User
from otklik.web.data_folder import DataFolder

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """Every test has a data folder of its own."""
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setattr(settings, "DATA", folder)
    yield folder


@pytest.fixture
def company(db: Any) -> Company:
    """A company in Moscow."""
    ours = Company.ours()
    ours.name, ours.time_zone = "Example Ltd", "Europe/Moscow"
    ours.save()
    return ours


@pytest.fixture
def person(company: Company) -> Callable[..., User]:
    """Make a person of a role, in teams."""

    def make(role: Role, *teams: str, email: str = "") -> User:
        made = User.objects.create_user(email or f"{role.value}@example.org", PASSWORD, role=role.value)
        made.teams.set([Team.objects.get_or_create(name=name)[0] for name in teams])
        return made

    return make


@pytest.fixture
def client_of(person: Callable[..., User]) -> Callable[..., Client]:
    """A browser in which a person of that role is logged in."""

    def make(role: Role, *teams: str) -> Client:
        found = User.objects.filter(email=f"{role.value}@example.org").first() or person(role, *teams)
        client = Client()
        client.force_login(found)
        return client

    return make


@pytest.fixture
def owner(client_of: Callable[..., Client]) -> Client:
    """The owner's browser."""
    return client_of(Role.OWNER)
