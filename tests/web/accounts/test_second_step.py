"""The second step: a code works once, recovery codes too; where the company wants it nobody gets around it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, Company, User
from tests.web.accounts.conftest import code_for, code_of
from tests.web.conftest import PASSWORD
from tests.web.matrix import addresses

LogInForm = Callable[..., Any]


@pytest.fixture
def anna(person: Callable[..., User], with_second_step: Callable[[User], User]) -> User:
    return with_second_step(person(Role.ANALYST, email="anna@example.org"))


@pytest.fixture(autouse=True)
def no_time_passes() -> Iterator[None]:
    """A code changes every 30 seconds; a slow machine must not see that."""
    with time_machine.travel(datetime(2026, 6, 1, 12, 0, 5, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def wanted(company: Company) -> Company:
    company.second_factor_wanted = True
    company.save()
    return company


def is_in(client: Client) -> bool:
    return client.get(reverse("my_account")).status_code == 200


def give(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_the_password_alone_opens_nothing(anna: User, log_in: LogInForm, client: Client) -> None:
    assert log_in(client, anna.email)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    give(client, "000000")
    assert not is_in(client)
    assert AuditEntry.objects.filter(verb="second-step.failed").count() == 1
    give(client, code_of(anna))
    assert is_in(client)


def test_a_code_works_once(anna: User, log_in: LogInForm) -> None:
    code = code_of(anna)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, anna.email)
        give(client, code)
    assert is_in(first) and not is_in(second)


def test_a_code_of_another_time_is_refused(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email)
    give(client, code_of(anna, periods=-3))
    give(client, code_of(anna, periods=3))
    assert not is_in(client)


def test_guesses_of_a_code_are_counted(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email)
    for n in range(5):
        give(client, f"{n:06}")
    assert "Too many tries" in give(client, code_of(anna)).content.decode()
    assert not is_in(client)


def test_a_recovery_code_works_once(anna: User, log_in: LogInForm) -> None:
    code = Authenticator.objects.get(user=anna, type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, anna.email)
        give(client, code)
    assert is_in(first) and not is_in(second)


def test_its_secrets_are_not_readable_in_the_database(anna: User) -> None:
    found = Authenticator.objects.get(user=anna, type=Authenticator.Type.TOTP)
    with connection.cursor() as cursor:
        cursor.execute("select data from mfa_authenticator where id = %s", [found.pk])
        kept = str(cursor.fetchone())
    assert "gAAAA" in kept, "sealed"
    assert not re.search(r"\b[A-Z2-7]{32}\b", kept), "no secret as it is"


def test_switching_it_on_asks_for_the_password_and_shows_recovery_codes_once(
    person: Callable[..., User], log_in: LogInForm, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    boris = person(Role.VIEWER, email="boris@example.org")
    log_in(client, boris.email)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'secret-key">([A-Z2-7]+)<', page)
    assert secret and 'src="data:image/svg+xml;base64,' in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret[1])})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).content.decode().count("<code>") == 10
    assert "switched on" in mail.outbox[-1].subject
    assert AuditEntry.objects.filter(verb="second-step.on", by=boris).count() == 1
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().count("\n") >= 10


def test_switching_it_off_asks_for_the_password(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email)
    give(client, code_of(anna))
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "confirm" in answer["Location"]
    assert Authenticator.objects.filter(user=anna, type="totp").exists()
    client.post(answer["Location"], {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=anna).exists()


OPEN = {"account_login", "account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate", "theme",
        "language"}  # fmt: skip


@pytest.mark.parametrize(
    "name", sorted({a.name for a in addresses() if a.name and not a.has_arguments and ":" not in a.name} - OPEN)
)
def test_where_it_is_wanted_everybody_is_led_to_it_from_every_page(
    name: str, wanted: Company, client_of: Callable[..., Client]
) -> None:
    answer = client_of(Role.OWNER).get(reverse(name))
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_activate_totp"), name


def test_where_it_is_wanted_posts_are_led_there_too_and_pieces_of_pages(
    wanted: Company, client_of: Callable[..., Client]
) -> None:
    client = client_of(Role.OWNER)
    client.post(reverse("company"), {"name": "Us", "time_zone": "UTC", "language": "en"})
    assert Company.ours().second_factor_wanted, "nobody switches it off without having it"
    answer = client.get(reverse("people"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("mfa_activate_totp"))


def test_where_it_is_wanted_it_cannot_be_switched_off(
    anna: User, wanted: Company, log_in: LogInForm, client: Client
) -> None:
    log_in(client, anna.email)
    give(client, code_of(anna))
    assert is_in(client), "who has it goes in and out"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "cannot be switched off" in page and Authenticator.objects.filter(user=anna, type="totp").exists()


def test_the_password_alone_does_not_count_as_being_in(
    anna: User, wanted: Company, log_in: LogInForm, client: Client
) -> None:
    log_in(client, anna.email)
    assert client.get(reverse("people"))["Location"].startswith(reverse("account_login"))
