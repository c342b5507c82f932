"""Links for people outside: figures only, for a while, and nothing to guess."""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, Invitation, User
from otklik.web.accounts.secrets import fingerprint
from otklik.web.logs import without_secrets
from otklik.web.sharing.models import ShareLink

ClientOf = Callable[..., Client]


def make(client: Client, page: str = "how_fast", query: str = "", days: str = "7") -> str:
    answer = client.post("/take/links/new/", {"name": "The board", "page": page, "query": query, "days": days})
    assert answer.status_code == 200
    found = re.search(r"/take/shared/([\w-]+)/", answer.text)
    assert found
    return found[1]


def test_a_link_opens_without_log_in_and_shows_figures_only(client_of: ClientOf, log: Path) -> None:
    token = make(client_of(Role.ANALYST), "now", "cohort=arrived")
    stranger = Client()
    page = stranger.get(f"/take/shared/{token}/")
    assert page.status_code == 200 and "all requests" in page.text and "<svg" in page.text
    assert "Waiting longest" not in page.text and "/take/" not in re.sub(r"/take/shared/[\w-]+/", "", page.text)
    assert page["Cache-Control"].startswith("no-store") and "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer" and '<meta name="robots" content="noindex' in page.text
    assert "sessionid" not in stranger.cookies and stranger.get("/how-fast/").status_code == 302
    stranger.get(f"/take/shared/{token}/")
    assert ShareLink.objects.get().opened == 2 and AuditEntry.objects.filter(verb="link.opened").count() == 1


def test_people_are_never_compared_by_a_link(client_of: ClientOf, log: Path) -> None:
    token = make(client_of(Role.ANALYST), "who_waits", "by=assignee")
    page = Client().get(f"/take/shared/{token}/")
    assert page.status_code == 200 and "Technical 3" not in page.text and "Person:" not in page.text
    assert "Channel:" in page.text


def test_only_the_fingerprint_is_kept_and_the_link_is_shown_once(owner: Client, log: Path) -> None:
    token = make(owner)
    row = ShareLink.objects.values().get()
    assert token not in str(row) and row["token_hash"] == fingerprint(token, "share-link")
    assert len(token) == 32 and token not in owner.get("/take/digests/").text
    assert token not in str(list(AuditEntry.objects.values()))
    assert token not in without_secrets(f"Not Found: /take/shared/{token}/")


def test_other_tokens_open_nothing(owner: Client, person: Callable[..., User], log: Path) -> None:
    token = make(owner)
    _, invitation = Invitation.invite("a@example.org", Role.VIEWER, person(Role.MANAGER))
    for wrong in (invitation, token[:-1], token.upper(), "x", "0" * 300, fingerprint(token, "share-link")):
        assert ShareLink.by_secret(wrong) is None
        assert Client().get(f"/take/shared/{wrong}/").status_code == 404
    assert ShareLink.by_secret("") is None and Client().get("/take/shared//").status_code == 404
    ShareLink.objects.update(token_hash=fingerprint(token))  # the same token for another purpose
    assert ShareLink.by_secret(token) is None


def test_a_link_ends_when_it_runs_out_is_revoked_or_its_owner_may_no_longer_share(
    client_of: ClientOf, log: Path
) -> None:
    analyst = client_of(Role.ANALYST)
    token = make(analyst)
    link = ShareLink.objects.get()

    def status() -> int:
        return Client().get(f"/take/shared/{token}/").status_code

    assert status() == 200
    ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert status() == 404
    ShareLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    for change in ({"role": Role.VIEWER.value}, {"is_active": False}):
        User.objects.filter(email="analyst@example.org").update(**change)
        assert status() == 404
        User.objects.filter(email="analyst@example.org").update(role=Role.ANALYST.value, is_active=True)
    assert status() == 200
    assert analyst.post(f"/take/links/{link.pk}/revoke/").status_code == 302
    assert status() == 404 and AuditEntry.objects.filter(verb="link.revoked").exists()


def test_a_link_holds_ninety_days_at_most(owner: Client, person: Callable[..., User], log: Path) -> None:
    answer = owner.post("/take/links/new/", {"name": "x", "page": "when", "query": "", "days": "365"})
    assert answer.status_code == 422 and not ShareLink.objects.exists()
    made, _ = ShareLink.make(person(Role.MANAGER), "x", "when", "", timedelta(days=9999))
    assert made.expires_at <= timezone.now() + timedelta(days=90)


@pytest.mark.parametrize("page", ["record_quality", "reports", "people"])
def test_pages_that_are_not_for_outside_are_not_shared(page: str, owner: Client, log: Path) -> None:
    told = {"name": "x", "page": page, "query": "", "days": "7"}
    assert owner.post("/take/links/new/", told).status_code == 422 and not ShareLink.objects.exists()


def test_links_are_for_those_who_may_share_and_foreign_ones_are_not_there(client_of: ClientOf, log: Path) -> None:
    make(client_of(Role.MANAGER))
    link = ShareLink.objects.get()
    for role in (Role.MEMBER, Role.VIEWER):
        assert client_of(role).get("/take/links/new/").status_code == 403
        assert client_of(role).post(f"/take/links/{link.pk}/revoke/").status_code == 403
    assert client_of(Role.ANALYST).post(f"/take/links/{link.pk}/revoke/").status_code == 404
    assert "The board" not in client_of(Role.ANALYST).get("/take/digests/").text


@pytest.mark.django_db(transaction=True)
def test_guessing_is_soon_at_its_end(company: object) -> None:
    stranger = Client()
    answers = [stranger.get(f"/take/shared/{secrets.token_urlsafe(24)}/").status_code for _ in range(40)]
    assert answers.count(404) == 20 and answers[-1] == 429


def test_a_million_guesses_find_nothing(owner: Client, log: Path) -> None:
    """The names of tokens are so many that a million of them never meet one that is kept."""
    make(owner)
    kept = set(ShareLink.objects.values_list("token_hash", flat=True))
    assert not any(fingerprint(secrets.token_urlsafe(24), "share-link") in kept for _ in range(1_000_000))
