"""A forgotten password: the same answer for everybody, a link that works once, sessions that end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.jobs.models import Job
from tests.web.conftest import PASSWORD

NEW = {"password1": "another long one", "password2": "another long one"}


@pytest.fixture
def anna(person: Callable[..., User]) -> User:
    return person(Role.ANALYST, email="anna@example.org")


def ask(email: str, **more: Any) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": email}, **more)


def mailed_link() -> str:
    return next(word for sent in mail.outbox for word in sent.body.split() if "/password/reset/key/" in word)


def set_new(link: str, client: Client | None = None) -> Any:
    client = client or Client()
    page = client.get(link.removeprefix("http://127.0.0.1:8000"))
    return client.post(page["Location"], NEW) if page.status_code == 302 else page


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_work(anna: User) -> None:
    before = Job.objects.count()
    answers = [ask(email) for email in (anna.email, "nobody@example.org")]
    assert len({(a.status_code, a["Location"]) for a in answers}) == 1
    assert Job.objects.count() == before + 2 and not mail.outbox


def test_only_who_is_here_gets_a_mail_and_its_link_names_this_installation(anna: User, work: Callable[[], Any]) -> None:
    ask(anna.email, headers={"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"})
    ask("nobody@example.org")
    work()
    assert [m.to for m in mail.outbox] == [["anna@example.org"]]
    assert mailed_link().startswith("http://127.0.0.1:8000/account/password/reset/key/")
    assert not any(mailed_link() in str(job.arguments) + str(job.result) for job in Job.objects.all())


def test_the_link_sets_a_password_once_and_ends_every_session(
    anna: User, work: Callable[[], Any], log_in: Callable[..., Any]
) -> None:
    inside = Client()
    log_in(inside, anna.email)
    ask(anna.email)
    work()
    assert set_new(mailed_link())["Location"] == reverse("account_reset_password_from_key_done")
    assert inside.get(reverse("my_account")).status_code == 302
    assert "no longer holds" in set_new(mailed_link()).content.decode()
    new, old = Client(), Client()
    log_in(new, anna.email, NEW["password1"])
    log_in(old, anna.email, PASSWORD)
    assert [c.get(reverse("my_account")).status_code for c in (new, old)] == [200, 302]
    assert AuditEntry.objects.filter(verb="password.reset", by=anna).count() == 1


def test_the_link_holds_for_a_day(anna: User, work: Callable[[], Any]) -> None:
    ask(anna.email)
    work()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert "no longer holds" in set_new(mailed_link()).content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert set_new(mailed_link()).status_code == 302


def test_to_open_the_link_changes_nothing(anna: User, work: Callable[[], Any]) -> None:
    ask(anna.email)
    work()
    for _ in range(5):
        Client().get(mailed_link().removeprefix("http://127.0.0.1:8000"))
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


@pytest.mark.parametrize("key", ["1-", "1-a-b", "zzzz-x-y", "1-set-password", "0-0-0", "1-%00"])
def test_made_up_links_open_nothing(anna: User, key: str) -> None:
    answer = Client().get(f"/account/password/reset/key/{key}/")
    assert answer.status_code in (200, 404) and "password1" not in answer.content.decode()


def test_closed_accounts_get_no_link(anna: User, work: Callable[[], Any]) -> None:
    User.objects.update(is_active=False)
    ask(anna.email)
    work()
    assert not mail.outbox


def test_too_many_requests_for_one_address_are_stopped(anna: User) -> None:
    answers = [ask(anna.email, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(7)]
    assert answers == [302] * 5 + [429] * 2


def test_a_manager_gives_the_link_where_there_is_no_mail(
    anna: User, client_of: Callable[..., Client], log_in: Callable[..., Any]
) -> None:
    page = client_of(Role.MANAGER).post(reverse("person_link", kwargs={"person_id": anna.pk})).content.decode()
    link = page.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    assert set_new(link).status_code == 302
    assert AuditEntry.objects.filter(verb="password.link-made", about=anna.email).count() == 1
