"""Invitations: to look changes nothing, to accept works once, and nothing else opens the door."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Invitation, Scope, Team, User
from otklik.web.accounts.reset import link_for
from otklik.web.accounts.secrets import fingerprint

FORM = {"name": "Anna", "password": "correct horse battery"}


@pytest.fixture
def inviter(person: Callable[..., User]) -> User:
    return person(Role.OWNER, email="inviter@example.org")


@pytest.fixture
def link(inviter: User) -> str:
    made, token = Invitation.invite("Anna@example.org", Role.MEMBER, inviter)
    made.teams.set([Team.objects.create(name="Orders")])
    return reverse("invitation", kwargs={"token": token})


def test_the_link_is_shown_once_and_mailed_and_only_its_fingerprint_is_kept(owner: Client) -> None:
    answer = owner.post(reverse("invite"), {"email": "anna@example.org", "role": "viewer"})
    token = answer.content.decode().split("/invitation/")[1].split("/")[0]
    assert token in mail.outbox[0].body and mail.outbox[0].to == ["anna@example.org"]
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
    assert token not in owner.get(reverse("people")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("select * from accounts_invitation")
        kept = repr(cursor.fetchall())
    assert token not in kept and fingerprint(token) in kept


def test_without_a_mail_server_nothing_is_mailed_and_the_page_says_so(owner: Client, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    answer = owner.post(reverse("invite"), {"email": "anna@example.org", "role": "viewer"})
    assert "No mail server is set up" in answer.content.decode()


def test_to_open_the_link_changes_nothing(link: str) -> None:
    for _ in range(5):
        assert Client().get(link).status_code == 200
    assert Client().head(link).status_code in (200, 405)
    assert not User.objects.filter(email="anna@example.org").exists()
    assert Invitation.objects.get().accepted_at is None


def test_to_accept_makes_the_account_with_role_and_teams_and_logs_in(link: str, client: Client) -> None:
    assert client.post(link, FORM).status_code == 302
    anna = User.objects.get(email="anna@example.org")
    assert (anna.role, [team.name for team in anna.teams.all()], anna.name) == ("member", ["Orders"], "Anna")
    assert client.get(reverse("my_account")).status_code == 200


def test_it_works_once(link: str) -> None:
    Client().post(link, FORM)
    again = Client()
    assert again.post(link, {**FORM, "name": "Eve"}).status_code == 404
    assert again.get(link).status_code == 404
    assert User.objects.filter(email="anna@example.org").count() == 1


def test_it_works_for_one_of_two_at_the_same_moment(link: str, inviter: User) -> None:
    from otklik.web.accounts.people import accept

    found = Invitation.objects.get()
    assert accept(found, "Anna", FORM["password"], "en") is not None
    assert accept(found, "Eve", FORM["password"], "en") is None


def test_it_runs_out(link: str) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404 and Client().post(link, FORM).status_code == 404


def test_a_weak_password_is_refused(link: str) -> None:
    for weak in ("short", "password12", "anna@example.org"):
        assert Client().post(link, {**FORM, "password": weak}).status_code == 422
    assert not User.objects.filter(email="anna@example.org").exists()


def test_tokens_of_other_purposes_open_nothing(link: str, inviter: User) -> None:
    _, api = ApiToken.make(inviter, "t", [Scope.READ])
    kept = Invitation.objects.get().token_hash
    key = link_for(inviter).rstrip("/").rpartition("/")[2]
    for token in (api, api.removeprefix("otk_"), kept, key, "None", "null", "0", "%00", " "):
        assert Client().get(reverse("invitation", kwargs={"token": token})).status_code == 404, token
    assert Invitation.by_secret("") is None
    assert Client().get("/invitation//").status_code == 404


def test_guesses_find_nothing_and_are_stopped(link: str) -> None:
    answers = [
        Client().get(reverse("invitation", kwargs={"token": secrets.token_urlsafe(24)})).status_code for _ in range(40)
    ]
    assert set(answers[:20]) == {404} and set(answers[20:]) == {429}
    assert Client().get(link).status_code == 200, "the real link still works"


def test_inviting_again_makes_the_first_link_void(owner: Client, link: str) -> None:
    owner.post(reverse("invite"), {"email": "anna@example.org", "role": "viewer"})
    assert Client().get(link).status_code == 404
    assert Invitation.objects.count() == 1


def test_taken_back_it_opens_nothing(owner: Client, link: str) -> None:
    owner.post(reverse("invitation_cancel", kwargs={"invitation_id": Invitation.objects.get().pk}))
    assert Client().get(link).status_code == 404


def test_a_closed_inviter_invites_nobody(person: Callable[..., User], owner: Client) -> None:
    manager = person(Role.MANAGER, email="m@example.org")
    _, token = Invitation.invite("anna@example.org", Role.VIEWER, manager)
    owner.post(reverse("person_act", kwargs={"person_id": manager.pk, "act": "close"}))
    assert Client().get(reverse("invitation", kwargs={"token": token})).status_code == 404


def test_somebody_who_is_here_cannot_be_invited(owner: Client, person: Callable[..., User]) -> None:
    person(Role.VIEWER, email="anna@example.org")
    assert owner.post(reverse("invite"), {"email": "ANNA@example.org", "role": "viewer"}).status_code == 422


def test_the_page_tells_no_other_site_where_somebody_comes_from(link: str) -> None:
    assert Client().get(link)["Referrer-Policy"] == "same-origin"
    assert "no-store" in Client().get(link)["Cache-Control"]
