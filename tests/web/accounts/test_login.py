"""Log-in: guesses are counted by account and address, nobody learns which accounts exist, sessions end in time."""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, LogIn, User
from tests.web.conftest import PASSWORD

People = Callable[..., User]
LogInForm = Callable[..., Any]


@pytest.fixture
def anna(person: People) -> User:
    return person(Role.ANALYST, email="anna@example.org")


def is_in(client: Client) -> bool:
    return client.get(reverse("my_account")).status_code == 200


def test_the_right_password_opens_and_is_written_down(anna: User, log_in: LogInForm, client: Client) -> None:
    assert log_in(client, "Anna@Example.org").status_code == 302
    assert is_in(client)
    assert LogIn.objects.get(user=anna).address == "192.0.2.1"
    assert AuditEntry.objects.filter(verb="login.succeeded", by=anna, address="192.0.2.1").count() == 1


def test_wrong_passwords_lock_this_account_from_this_address_and_nothing_else(
    anna: User, person: People, log_in: LogInForm
) -> None:
    boris = person(Role.ANALYST, email="boris@example.org")
    for _ in range(60):
        log_in(Client(), anna.email, "wrong")
    locked, neighbour, elsewhere = Client(), Client(), Client()
    assert "Too many tries" in log_in(locked, anna.email).content.decode()
    assert not is_in(locked), "the right password does not help while it is locked"
    log_in(neighbour, boris.email)
    assert is_in(neighbour), "another account from the same address"
    log_in(elsewhere, anna.email, address="198.51.100.7")
    assert is_in(elsewhere), "the same account from another address"
    assert AuditEntry.objects.filter(verb="login.failed").count() == 5, "locked tries are not even checked"


def test_an_account_tried_from_everywhere_is_locked_in_the_end(anna: User, log_in: LogInForm) -> None:
    for n in range(100):
        log_in(Client(), anna.email, "wrong", address=f"198.51.100.{n}")
    client = Client()
    assert "Too many tries" in log_in(client, anna.email, address="203.0.113.9").content.decode()


def test_an_address_that_tries_one_account_after_another_is_locked_in_the_end(anna: User, log_in: LogInForm) -> None:
    for n in range(100):
        log_in(Client(), f"nobody{n}@example.org", "wrong")
    assert "Too many tries" in log_in(Client(), anna.email).content.decode()


def test_a_right_password_in_between_does_not_give_new_tries(anna: User, log_in: LogInForm) -> None:
    for _ in range(4):
        log_in(Client(), anna.email, "wrong")
    log_in(Client(), anna.email)
    log_in(Client(), anna.email, "wrong")
    assert "Too many tries" in log_in(Client(), anna.email).content.decode()


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_CF_CONNECTING_IP", "HTTP_FORWARDED"]
)
def test_a_header_does_not_change_where_somebody_comes_from(anna: User, log_in: LogInForm, header: str) -> None:
    for n in range(6):
        log_in(Client(), anna.email, "wrong", **{header: f"198.51.100.{n}"})
    assert "Too many tries" in log_in(Client(), anna.email, **{header: "198.51.100.99"}).content.decode()


def test_an_address_that_is_not_known_gets_the_same_answer_for_the_same_work(
    anna: User, log_in: LogInForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: work.append("hash") or plain(self, *args))
    answers, done = [], []
    for email in (anna.email, "nobody@example.org"):
        work.clear()
        answer = log_in(Client(), email, "wrong")
        answers.append((answer.status_code, answer.content.decode().count("Address or password are not right.")))
        done.append(len(work))
    assert answers[0] == answers[1] == (200, 1)
    assert done[0] == done[1] >= 1


def test_there_is_no_way_to_sign_up(client: Client, anna: User) -> None:
    for path in ("signup", "email", "confirm-email", "login/code", "social/signup", "3rdparty"):
        assert client.get(f"/account/{path}/").status_code in (302, 404)
        assert client.post(f"/account/{path}/", {"email": "x@example.org"}).status_code in (302, 403, 404)
    assert User.objects.count() == 1


def test_a_new_password_ends_every_session(anna: User, log_in: LogInForm) -> None:
    here, there = Client(), Client()
    log_in(here, anna.email)
    log_in(there, anna.email)
    form = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    assert here.post(reverse("account_change_password"), form).status_code == 302
    assert not is_in(here) and not is_in(there)
    assert not LogIn.objects.filter(user=anna).exists()
    log_in(here, anna.email, "another long one")
    assert is_in(here)
    assert AuditEntry.objects.filter(verb="password.changed", by=anna).count() == 1


def test_a_wrong_old_password_changes_nothing(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email)
    form = {"oldpassword": "wrong", "password1": "another long one", "password2": "another long one"}
    assert "The password is not right." in client.post(reverse("account_change_password"), form).content.decode()
    assert is_in(client)


def test_one_ends_own_sessions_one_by_one_and_all_others(anna: User, log_in: LogInForm) -> None:
    here, there, third = Client(), Client(), Client()
    for client in (here, there, third):
        log_in(client, anna.email)
    other = LogIn.objects.get(session_key=there.session.session_key)
    assert here.get(reverse("my_account")).content.decode().count("last seen") == 3
    confirm(here)
    here.post(reverse("end_session", kwargs={"login_id": other.pk}))
    assert is_in(here) and not is_in(there) and is_in(third)
    here.post(reverse("end_other_sessions"))
    assert is_in(here) and not is_in(third)


def confirm(client: Client, password: str = PASSWORD, where: str = "") -> Any:
    return client.post(where or reverse("account_reauthenticate"), {"password": password})


@pytest.mark.parametrize("which", ["one", "others"])
def test_ending_a_session_asks_for_the_password_again_and_goes_on_by_itself(
    which: str, anna: User, log_in: LogInForm
) -> None:
    """Whoever found an open browser ends nobody's sessions."""
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client, anna.email)
    other = LogIn.objects.get(session_key=there.session.session_key)
    path = reverse("end_session", kwargs={"login_id": other.pk}) if which == "one" else reverse("end_other_sessions")
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False) as clock:
        asked = here.post(path)["Location"]
        assert asked.startswith(reverse("account_reauthenticate"))
        assert here.get(asked).status_code == 200
        confirm(here, "wrong", asked)
        assert is_in(there) and AuditEntry.objects.filter(verb="sessions.ended").count() == 0
        form = {"password": PASSWORD, "next": path}
        assert here.post(reverse("account_reauthenticate"), form)["Location"] == reverse("my_account")
        assert is_in(here) and not is_in(there)
        assert AuditEntry.objects.filter(verb="sessions.ended", by=anna).count() == 1
        log_in(there, anna.email)
        clock.shift(timedelta(minutes=6))
        here.post(reverse("end_other_sessions"))
        assert is_in(there), "after a while it is asked anew"


def test_ending_the_session_one_is_in_logs_out(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email)
    path = reverse("end_session", kwargs={"login_id": LogIn.objects.get().pk})
    client.post(path)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": path})
    assert not is_in(client) and not LogIn.objects.exists()


def test_sessions_of_others_are_not_there_whether_one_confirms_or_not(
    anna: User, person: People, log_in: LogInForm, client: Client
) -> None:
    boris = person(Role.ANALYST, email="boris@example.org")
    log_in(Client(), boris.email)
    log_in(client, anna.email)
    path = reverse("end_session", kwargs={"login_id": LogIn.objects.get(user=boris).pk})
    assert client.post(path).status_code == 404
    confirm(client)
    assert client.post(path).status_code == 404


def test_the_cookie_is_for_this_place_only_and_changes_at_log_in(anna: User, log_in: LogInForm, client: Client) -> None:
    client.get(reverse("account_login"))
    before = client.cookies.get("otklik_session")
    log_in(client, anna.email)
    cookie = client.cookies["otklik_session"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie.value != (before.value if before else "")


def test_to_log_out_takes_a_post(anna: User, log_in: LogInForm, client: Client) -> None:
    log_in(client, anna.email)
    client.get(reverse("account_logout"))
    assert is_in(client)
    gone = client.post(reverse("account_logout"))
    assert gone["Clear-Site-Data"] == '"cache", "storage"', "other tabs keep nothing"
    assert not is_in(client) and not LogIn.objects.filter(user=anna).exists()


def test_a_session_has_a_new_name_after_log_in_and_after_every_confirmation(anna: User, client: Client) -> None:
    """Whoever planted or learnt a name before has nothing of it."""
    earlier = client.session
    earlier["planted"] = True
    earlier.save()
    planted = earlier.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    inside = client.session.session_key
    assert inside and inside != planted
    client.post(reverse("account_reauthenticate"), {"password": "wrong password"})
    assert client.session.session_key == inside
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    confirmed = client.session.session_key
    assert confirmed != inside and is_in(client)
    assert list(LogIn.objects.filter(user=anna).values_list("session_key", flat=True)) == [confirmed]
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = inside
    assert not is_in(old)


def test_fields_of_passwords_hide_and_take_what_a_manager_fills_in(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    field = re.search(r'<input[^>]*type="password"[^>]*>', page)
    assert field and 'autocomplete="current-password"' in field[0] and "onpaste" not in page


def test_names_of_sessions_cannot_be_guessed() -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    names = []
    for _ in range(200):
        session = store()
        session.create()
        names.append(session.session_key)
    assert len(set(names)) == 200
    assert all(re.fullmatch(r"[a-z0-9]{32}", name) for name in names), "36 signs, 32 times: 165 bits"


def test_log_in_leads_only_to_pages_of_ours(anna: User, client: Client) -> None:
    form = {"login": anna.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(reverse("account_login"), form)["Location"] == "/"
