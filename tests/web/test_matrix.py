"""Every address for every role, own objects and foreign ones: what the tables say is what happens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from tests.web.matrix import ROLES, Address, Row, World, addresses, rows


@pytest.fixture
def world(company: Company) -> World:
    """Somebody of each role; there are two owners, so that one can be changed."""
    made = {role.value: User.objects.create_user(f"{role.value}@example.org", "correct horse battery", role=role.value)
            for role in Role}  # fmt: skip
    return World(made)


def client_for(world: World, role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", rows(), ids=str)
def test_everybody_gets_what_the_table_says(row: Row, role: str, world: World) -> None:
    client = client_for(world, "anonymous" if row.token else role)
    make = row.own or row.foreign or row.args
    kwargs = make(world, role) if make else {}
    data: Any = row.data(world, role) if row.data else None
    ask = getattr(client, row.method.lower())
    response = ask(reverse(row.name, kwargs=kwargs or None), data, headers=row.sent_with(world, role), **row.more)
    assert response.status_code == row.statuses[role], f"{row} as {role}: {response.status_code}"
    if response.status_code == 302 and role == "anonymous" and row.statuses["owner"] != 302:
        assert response["Location"].startswith(reverse("account_login")) or (response["Location"] == reverse("home"))


@pytest.mark.parametrize("address", list(addresses()), ids=lambda address: address.pattern)
def test_every_address_has_a_name_and_a_row(address: Address) -> None:
    assert address.name, f"{address.pattern} has no name: nobody can say who may open it"
    mine = [row for row in rows() if row.name == address.name]
    assert mine, f"{address.name}: write a row in tests/web/matrix_<app>.py"
    if address.has_arguments:
        whose = {row.whose for row in mine}
        assert whose >= {"own", "foreign"} or any(row.args for row in mine), f"{address.name}: own and foreign objects"


def test_no_row_speaks_of_an_address_that_is_gone() -> None:
    known = {address.name for address in addresses()}
    assert {row.name for row in rows()} <= known


def test_a_role_that_nobody_knows_gets_nothing(world: World) -> None:
    user = world.people["viewer"]
    User.objects.filter(pk=user.pk).update(role="emperor")
    client = client_for(world, "viewer")
    assert client.get(reverse("people")).status_code == 403
