"""Passwords guessed from everywhere: strangers wait, browsers that are known go in and out, and it passes by itself."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts import limits
from otklik.web.accounts.login_flood import TOLD_EVERY, flood_wait_s
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.api.monitoring import exposition
from tests.web.accounts.conftest import code_of
from tests.web.conftest import PASSWORD

BEGIN = datetime(2026, 6, 1, 12, tzinfo=UTC)
LOGIN_FLOOD_TRIES = settings.LOGIN_FLOOD_TRIES
COOKIE = settings.KNOWN_BROWSER_COOKIE_NAME
LogInForm = Callable[..., Any]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    """Ten wrong tries are many here: the tests are quicker so."""
    settings.LOGIN_FLOOD_TRIES = 10


@pytest.fixture
def hundred(settings: Any) -> None:
    """As many as it is without a word of the owner."""
    settings.LOGIN_FLOOD_TRIES = LOGIN_FLOOD_TRIES


@pytest.fixture
def anna(person: Callable[..., User], clock: Any) -> User:
    return person(Role.OWNER, email="anna@example.org")


def is_in(client: Client) -> bool:
    return client.get(reverse("my_account")).status_code == 200


def guess_everywhere(log_in: LogInForm, times: int = 12, account: str = "") -> list[int]:
    """Wrong passwords for as many accounts, each from an address of its own; return how they were answered."""
    guesses = (
        log_in(Client(), account or f"nobody{n}@example.org", "wrong", address=f"198.51.{100 + n // 200}.{n % 200}")
        for n in range(times)
    )
    return [guess.status_code for guess in guesses]


@pytest.fixture
def known(anna: User, log_in: LogInForm) -> Client:
    """A browser in which Anna logged in and out."""
    client = Client()
    log_in(client, anna.email)
    client.post(reverse("account_logout"))
    assert not is_in(client)
    return client


def test_guesses_spread_over_addresses_and_accounts_make_strangers_wait(
    anna: User, known: Client, log_in: LogInForm, clock: Any, hundred: None
) -> None:
    assert guess_everywhere(log_in, 150) == [200] * 101 + [429] * 49
    stranger = Client()
    refused = log_in(stranger, anna.email, address="203.0.113.5")
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")
    assert "Logging in has to wait" in refused.content.decode() and "in about 5 minutes" in refused.content.decode()
    assert not is_in(stranger), "the right password was not even looked at"
    assert log_in(known, anna.email, address="203.0.113.6").status_code == 302
    assert is_in(known), "who logged in here before gets in, from whatever address"
    clock.shift(timedelta(minutes=3))
    assert log_in(stranger, anna.email)["Retry-After"] == "120"
    clock.shift(timedelta(minutes=2))
    log_in(stranger, anna.email)
    assert is_in(stranger), "it passes by itself"


def test_a_few_wrong_passwords_trouble_nobody(anna: User, log_in: LogInForm) -> None:
    assert set(guess_everywhere(log_in, 10)) == {200}
    client = Client()
    log_in(client, anna.email)
    assert is_in(client)


def test_it_is_told_in_russian_too(anna: User, log_in: LogInForm) -> None:
    guess_everywhere(log_in)
    page = log_in(Client(headers={"accept-language": "ru"}), anna.email).content.decode()
    assert "Вход пока закрыт" in page and "через 5 минут" in page


def test_whether_there_is_such_an_account_makes_no_difference(anna: User, log_in: LogInForm) -> None:
    guess_everywhere(log_in)
    pages = [log_in(Client(), email, address="203.0.113.5") for email in (anna.email, "nobody@example.org")]
    assert {page.status_code for page in pages} == {429}
    first, second = (page.content.decode().partition("<main")[2] for page in pages)
    assert first == second != ""


def test_what_is_known_of_one_person_opens_nothing_for_another(
    anna: User, known: Client, log_in: LogInForm, person: Callable[..., User]
) -> None:
    boris = person(Role.VIEWER, email="boris@example.org")
    guess_everywhere(log_in)
    assert log_in(known, boris.email).status_code == 429


def test_several_people_share_a_browser(
    anna: User, known: Client, log_in: LogInForm, person: Callable[..., User]
) -> None:
    boris = person(Role.VIEWER, email="boris@example.org")
    log_in(known, boris.email)
    known.post(reverse("account_logout"))
    guess_everywhere(log_in)
    for one in (anna, boris):
        assert log_in(known, one.email.upper()).status_code == 302
        known.post(reverse("account_logout"))


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1] + ("a" if text[-1] != "a" else "b"), lambda _: "", lambda _: "a:b:c"]
)
def test_a_cookie_that_was_made_up_is_none(
    anna: User, known: Client, log_in: LogInForm, change: Callable[[str], str]
) -> None:
    guess_everywhere(log_in)
    known.cookies[COOKIE] = change(known.cookies[COOKIE].value)
    assert log_in(known, anna.email).status_code == 429


def test_it_is_forgotten_after_half_a_year(anna: User, known: Client, log_in: LogInForm, clock: Any) -> None:
    kept = known.cookies[COOKIE].value
    clock.shift(timedelta(days=181))
    guess_everywhere(log_in)
    known.cookies[COOKIE] = kept
    assert log_in(known, anna.email).status_code == 429


def test_the_cookie_is_for_this_place_only_and_names_nobody(anna: User, known: Client) -> None:
    cookie = known.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/" and not cookie["domain"]
    assert cookie["max-age"] >= 90 * 86_400 and anna.email not in cookie.value


def test_behind_tls_the_cookie_travels_over_it_only(
    anna: User, log_in: LogInForm, client: Client, settings: Any
) -> None:
    settings.BEHIND_TLS, settings.KNOWN_BROWSER_COOKIE_NAME = True, "__Host-browser"
    log_in(client, anna.email)
    assert client.cookies["__Host-browser"]["secure"]


def test_wrong_passwords_do_not_make_a_browser_known(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email, "wrong")
    assert COOKIE not in client.cookies


@pytest.mark.parametrize("action", ["login-pair", "login-address", "login-account"])
@pytest.mark.parametrize("tries", [10, 10_000])
def test_nobody_locks_somebody_out_of_the_own_browser(
    action: str,
    tries: int,
    anna: User,
    known: Client,
    log_in: LogInForm,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither by tries from the same address, nor by tries for the account from everywhere, in a flood or before it."""
    settings.LOGIN_FLOOD_TRIES = tries
    monkeypatch.setitem(limits.RATES, action, "3/h/key")
    guess_everywhere(log_in, account=anna.email)
    for account in [anna.email] * 6 + [f"nobody{n}@example.org" for n in range(6)]:
        log_in(Client(), account, "wrong", address="203.0.113.6")
    stranger = Client()
    log_in(stranger, anna.email, address="203.0.113.6")
    assert not is_in(stranger)
    log_in(known, anna.email, address="203.0.113.6")
    assert is_in(known)


def test_guesses_in_a_known_browser_are_counted_too(anna: User, known: Client, log_in: LogInForm) -> None:
    for n in range(5):
        log_in(known, anna.email, "wrong", address=f"198.51.100.{n}")
    assert "Too many tries" in log_in(known, anna.email, address="198.51.100.77").content.decode()
    elsewhere = Client()
    log_in(elsewhere, anna.email)
    assert is_in(elsewhere)


def test_whoever_is_inside_confirms_as_always(anna: User, log_in: LogInForm) -> None:
    inside = Client()
    log_in(inside, anna.email)
    del inside.cookies[COOKIE]
    guess_everywhere(log_in)
    assert inside.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def test_a_password_set_by_mail_makes_the_browser_known(
    anna: User, log_in: LogInForm, work: Callable[[], Any], client: Client
) -> None:
    guess_everywhere(log_in)
    client.post(reverse("account_reset_password"), {"email": anna.email})
    work()
    letter = next(sent for sent in mail.outbox if "/password/reset/key/" in sent.body)
    link = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://127.0.0.1:8000"))
    client.post(page["Location"], {"password1": "another long one", "password2": "another long one"})
    log_in(client, anna.email, "another long one")
    assert is_in(client)


def test_codes_of_many_accounts_are_not_guessed_either(
    anna: User, log_in: LogInForm, with_second_step: Callable[[User], User], person: Callable[..., User]
) -> None:
    """Whoever learnt many passwords tries five codes of each."""
    people = [with_second_step(person(Role.VIEWER, email=f"p{n}@example.org")) for n in range(4)]
    clients = [Client() for _ in people]
    for n, (client, one) in enumerate(zip(clients, people, strict=True)):
        log_in(client, one.email, address=f"198.51.100.{n}")
    answers = [c.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for c in clients for _ in range(5)]
    assert answers == [200] * 11 + [429] * 9
    assert clients[3].post(reverse("mfa_authenticate"), {"code": code_of(people[3])}).status_code == 429
    assert log_in(Client(), people[0].email).status_code == 429


def test_the_owners_are_told_once_and_not_at_every_try(
    anna: User, log_in: LogInForm, work: Callable[[], Any], clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    guess_everywhere(log_in, 20)
    work()
    assert AuditEntry.objects.filter(verb="login.flood").count() == 1
    assert sum(message.startswith("login_flood") for message in caplog.messages) == 1
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["anna@example.org"], "Otklik: Passwords are being guessed")
    ]
    clock.shift(TOLD_EVERY + timedelta(minutes=1))
    guess_everywhere(log_in)
    assert AuditEntry.objects.filter(verb="login.flood").count() == 2, "after a while once more"


def test_those_who_watch_see_it(anna: User, log_in: LogInForm, clock: Any) -> None:
    assert b"otklik_login_flood 0.0" in exposition()[0]
    guess_everywhere(log_in)
    assert b"otklik_login_flood 1.0" in exposition()[0]
    clock.shift(timedelta(minutes=5))
    assert b"otklik_login_flood 0.0" in exposition()[0]


def test_where_nothing_can_be_written_strangers_wait_and_the_known_get_in(
    anna: User, known: Client, log_in: LogInForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess_everywhere(log_in, 11)  # the next one is the first that is refused

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr("otklik.web.accounts.login_flood.record", full)
    assert log_in(Client(), anna.email).status_code == 429
    log_in(known, anna.email)
    assert is_in(known)


def test_counts_that_are_swept_away_open_nothing(anna: User, log_in: LogInForm) -> None:
    guess_everywhere(log_in)
    cache.clear()
    assert log_in(Client(), anna.email).status_code == 429


def test_the_look_is_one_query_by_an_index(anna: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert flood_wait_s() == 0
    (asked,) = queries.captured_queries
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"explain query plan {asked['sql']}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "trail_verb_at" in plan and "at>?" in plan, plan


def test_the_known_are_not_even_counted(anna: User, known: Client, log_in: LogInForm) -> None:
    with CaptureQueriesContext(connection) as queries:
        log_in(known, anna.email)
    assert not any("login.failed" in query["sql"] for query in queries.captured_queries if "SELECT" in query["sql"])
