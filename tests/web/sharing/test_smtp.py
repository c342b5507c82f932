"""Digests and invitations through a real mail server: TLS, refusals, and letters that arrive once."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.models import Invitation, User
from otklik.web.sharing import sending
from otklik.web.sharing.models import Digest, Sending
from otklik.web.sharing.sending import Period
from tests.web.sharing.mail_server import LOGIN, PASSWORD, Mailbox, certificate, listening


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


def send_to(port: int, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    told = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": port, "EMAIL_TIMEOUT": 20, "DEFAULT_FROM_EMAIL": "otklik@example.org", **more}  # fmt: skip
    for name, value in told.items():
        monkeypatch.setattr(settings, name, value)


@pytest.fixture
def server(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """One that asks for nothing."""
    with listening(mailbox) as port:
        send_to(port, monkeypatch)
        yield mailbox


@pytest.fixture
def secure(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """One that talks after STARTTLS and log-in only; gives its certificate."""
    public, context = certificate(tmp_path)
    with listening(mailbox, context) as port:
        send_to(port, monkeypatch, EMAIL_USE_TLS=True, EMAIL_HOST_USER=LOGIN, EMAIL_HOST_PASSWORD=PASSWORD)
        yield public


@pytest.fixture
def row(person: Callable[..., User], log: Path) -> Sending:
    """A digest of a week that is due."""
    reader = person(Role.VIEWER)
    made = Digest.objects.create(
        person=reader, made_by=reader, name="Our week", rhythm=Digest.WEEKLY, language="en",
        made_at=datetime(2026, 6, 10, tzinfo=UTC),
    )  # fmt: skip
    return sending.write_down(made, Period.last(Digest.WEEKLY, datetime(2026, 6, 15, tzinfo=UTC).date()))


def deliver(row: Sending) -> str:
    sending.deliver(row.pk)
    row.refresh_from_db()
    return row.state


def test_a_digest_comes_through_starttls_and_log_in(
    row: Sending, secure: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure))
    assert deliver(row) == Sending.SENT
    (letter,), (envelope,) = mailbox.letters, mailbox.envelopes
    assert mailbox.was_tls == [True] and mailbox.logged_in == [LOGIN]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("otklik@example.org", ["viewer@example.org"])
    assert letter["Message-ID"] == row.message_id and letter["Auto-Submitted"] == "auto-generated"
    assert str(letter["Subject"]).startswith("Example Ltd: Half of the customers")
    kinds = [part.get_content_type() for part in letter.walk()]
    assert {"text/plain", "text/html"} <= set(kinds) and kinds.count("image/png") >= 3


def test_a_server_nobody_vouches_for_gets_neither_password_nor_letter(
    row: Sending, secure: Path, mailbox: Mailbox
) -> None:
    assert deliver(row) == Sending.DUE and "SSL" in row.error, "it is tried again, and seen why"
    assert not mailbox.letters and not mailbox.logged_in and not mailbox.seen


def test_a_wrong_password_is_tried_again_later_and_said(
    row: Sending, secure: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure))
    monkeypatch.setattr(settings, "EMAIL_HOST_PASSWORD", "wrong")
    assert deliver(row) == Sending.DUE and row.error == "SMTPAuthenticationError"
    assert not mailbox.letters and not mailbox.seen


def test_what_is_refused_for_now_is_sent_again_and_arrives_once(row: Sending, server: Mailbox) -> None:
    server.to_recipient.append("450 4.2.0 greylisted, come back")
    server.to_letter.append("452 4.3.1 no room just now")
    assert deliver(row) == Sending.DUE and not server.letters
    assert deliver(row) == Sending.DUE and not server.letters
    assert (deliver(row), row.attempts) == (Sending.SENT, 3)
    assert deliver(row) == Sending.SENT
    assert [letter["Message-ID"] for letter in server.letters] == [row.message_id]


def test_what_is_refused_for_good_is_not_sent_again(row: Sending, server: Mailbox) -> None:
    server.to_recipient.append("550 5.1.1 no such person")
    assert deliver(row) == Sending.FAILED and row.error.startswith("550")
    sending.queue()
    assert deliver(row) == Sending.FAILED
    assert (server.letters, server.seen) == ([], 1)


@pytest.mark.parametrize(("answer", "arrived"), [("drop", 0), ("drop-kept", 1)])
def test_a_line_cut_after_the_letter_leaves_it_unsure_and_people_decide(
    row: Sending, server: Mailbox, answer: str, arrived: int, client_of: Callable[..., Client]
) -> None:
    server.to_letter.append(answer)
    assert deliver(row) == Sending.UNSURE and len(server.letters) == arrived
    assert deliver(row) == Sending.UNSURE and len(server.letters) == arrived
    assert client_of(Role.OWNER).post(f"/take/digests/sending/{row.pk}/again/").status_code == 302
    assert deliver(row) == Sending.SENT and len(server.letters) == arrived + 1
    assert {letter["Message-ID"] for letter in server.letters} == {row.message_id}, "whoever has both sees one"


def invited(client: Client, email: str = "new@example.org") -> str:
    answer = client.post("/people/invite/", {"email": email, "role": "viewer"})
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def test_an_invitation_comes_by_mail_and_its_link_opens(owner: Client, server: Mailbox) -> None:
    page = invited(owner)
    (letter,) = server.letters
    text = letter.get_content()
    (link,) = re.findall(r"https?://\S+", text)
    assert link in page and letter["To"] == "new@example.org" and "Example Ltd" in str(letter["Subject"])
    assert Client().get(link.replace(settings.BASE_URL, "")).status_code == 200


def test_an_invitation_refused_for_now_is_sent_once_more_at_once(owner: Client, server: Mailbox) -> None:
    server.to_recipient.append("451 4.7.1 try again")
    assert "refused the mail" not in invited(owner)
    assert len(server.letters) == 1 and server.seen == 2


@pytest.mark.parametrize("answers", [["550 5.1.1 no such person"], ["451 4.7.1 later", "451 4.7.1 later"]])
def test_an_invitation_that_is_refused_leaves_the_link_on_the_page(
    owner: Client, server: Mailbox, answers: list[str]
) -> None:
    server.to_recipient.extend(answers)
    page = invited(owner)
    assert "refused the mail" in page and not server.letters and server.seen == len(answers)
    assert Invitation.objects.get().email == "new@example.org"
    (link,) = {found for found in re.findall(r"/invitation/[\w-]+/", page)} or {""}
    assert Client().get(link).status_code == 200


def test_a_letter_that_may_have_arrived_is_not_sent_once_more(owner: Client, server: Mailbox) -> None:
    server.to_letter.append("drop-kept")
    assert "refused the mail" in invited(owner)
    assert len(server.letters) == 1 and server.seen == 1
