"""Digests by mail: the right period, once, again only where it surely did not leave, and easy to stop."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.sharing import sending
from otklik.web.sharing.letters import VERDICTS
from otklik.web.sharing.models import Digest, Sending
from otklik.web.sharing.sending import Period
from otklik.web.sharing.work import look_for_due_digests
from tests.web.sharing.post import Post

MONDAY = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Europe/Moscow"))
Work = Callable[[], int]


@pytest.fixture(autouse=True)
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Post]]:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "tests.web.sharing.post.Post")
    Post.anew()
    yield Post


@pytest.fixture
def digest(person: Callable[..., User], log: Path) -> Digest:
    reader = person(Role.VIEWER)
    return Digest.objects.create(
        person=reader, made_by=reader, name="Our week", query="channel=email", rhythm=Digest.WEEKLY, language="en",
        made_at=datetime(2026, 6, 10, tzinfo=UTC),
    )  # fmt: skip


def deliver(digest: Digest) -> Sending:
    row = sending.write_down(digest, Period.last(digest.rhythm, MONDAY.date()))
    sending.deliver(row.pk)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("rhythm", "today", "key", "start", "end"),
    [
        ("weekly", date(2026, 6, 15), "2026-W24", date(2026, 6, 8), date(2026, 6, 14)),
        ("weekly", date(2026, 6, 14), "2026-W23", date(2026, 6, 1), date(2026, 6, 7)),
        ("weekly", date(2027, 1, 4), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("monthly", date(2026, 3, 1), "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("monthly", date(2026, 1, 31), "2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_the_last_full_period(rhythm: str, today: date, key: str, start: date, end: date) -> None:
    assert Period.last(rhythm, today) == Period(key, start, end)


def test_it_is_due_on_monday_at_seven_by_the_companys_clock_and_once(digest: Digest, work: Work) -> None:
    with time_machine.travel(MONDAY.replace(hour=6, minute=59), tick=False):
        look_for_due_digests()
        assert not Sending.objects.exists()
    with time_machine.travel(MONDAY.replace(hour=7), tick=False):
        for _ in range(3):
            look_for_due_digests()
            work()
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        look_for_due_digests()
        work()
    assert Sending.objects.get().state == Sending.SENT and len(Post.taken) == 1
    assert AuditEntry.objects.filter(verb="digest.sent").count() == 1


def test_a_period_that_was_over_before_the_digest_was_set_up_is_not_sent(digest: Digest) -> None:
    Digest.objects.update(made_at=MONDAY + timedelta(hours=1))
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        look_for_due_digests()
    assert not Sending.objects.exists()


def test_the_letter_says_it_in_text_and_with_pictures(digest: Digest) -> None:
    assert deliver(digest).state == Sending.SENT
    letter = Post.taken[0]
    assert letter.to == ["viewer@example.org"] and letter.subject.startswith("Example Ltd: Half of the customers")
    parts = {part.get_content_type(): part for part in letter.message().walk()}
    text = parts["text/plain"].get_payload(decode=True).decode()  # type: ignore[union-attr]
    html = parts["text/html"].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "8 June 2026 – 14 June 2026".replace(" ", "\u00a0").replace("\u00a0–\u00a0", " – ") in text
    assert "channel: email" in text and "&#" not in text
    assert any(verdict in text and verdict in html for verdict in VERDICTS.values())
    pictures = [part for part in letter.message().walk() if part.get_content_type() == "image/png"]
    assert len(pictures) >= 3
    for picture in pictures:
        cid = picture["Content-ID"].strip("<>")
        assert f'src="cid:{cid}" alt="' in html and f'src="cid:{cid}" alt=""' not in html
        assert picture["Content-Disposition"].startswith("inline")
        assert picture.get_payload(decode=True).startswith(b"\x89PNG")  # type: ignore[union-attr]
    assert letter.message().get_content_type() == "multipart/related"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "<script" not in html and "http-equiv" not in html


def test_it_speaks_the_language_of_the_digest_and_names_no_request(digest: Digest) -> None:
    Digest.objects.update(language="ru")
    digest.refresh_from_db()
    deliver(digest)
    text = str(Post.taken[0].body)
    assert "Половина" in text and "Half of" not in text and "Отключить сводку" in text


def test_a_period_after_the_end_of_the_records_says_so(digest: Digest) -> None:
    row = sending.write_down(digest, Period("2030-W01", date(2029, 12, 31), date(2030, 1, 6)))
    sending.deliver(row.pk)
    assert "The records reach to" in str(Post.taken[0].body) and "Nobody asked anything." in Post.taken[0].subject


def test_a_server_that_is_away_is_tried_again_with_the_same_message_id(digest: Digest) -> None:
    Post.on_open.append(ConnectionRefusedError())
    Post.on_send.append(SMTPDataError(451, b"later"))
    row = deliver(digest)
    assert (row.state, row.attempts, Post.taken) == (Sending.DUE, 1, []) and row.next_at > row.digest.made_at
    sending.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Sending.DUE, 2)
    sending.deliver(row.pk)
    row.refresh_from_db()
    assert row.state == Sending.SENT and len(Post.taken) == 1
    assert Post.taken[0].message()["Message-ID"] == row.message_id


def test_pauses_grow_and_it_gives_up_where_everybody_can_see_it(
    digest: Digest, client_of: Callable[..., Client]
) -> None:
    Post.on_open.extend([ConnectionRefusedError() for _ in range(20)])
    row, waits = deliver(digest), []
    while row.state == Sending.DUE:
        with time_machine.travel(row.next_at, tick=False):
            before = row.next_at
            sending.deliver(row.pk)
        row.refresh_from_db()
        waits.append(row.next_at - before)
    assert (row.state, row.attempts) == (Sending.FAILED, sending.ATTEMPTS) or row.state == Sending.FAILED
    assert waits[:-1] == sorted(waits[:-1]) and len(waits) == sending.ATTEMPTS - 1
    owner = client_of(Role.OWNER)
    page = owner.get("/take/digests/").text
    assert "not sent" in page and "ConnectionRefusedError" in page
    Post.anew()
    assert owner.post(f"/take/digests/sending/{row.pk}/again/").status_code == 302
    sending.deliver(row.pk)
    assert Post.taken[0].message()["Message-ID"] == row.message_id


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPDataError(554, b"no"), Sending.FAILED),
        (SMTPRecipientsRefused({"viewer@example.org": (550, b"unknown")}), Sending.FAILED),
        (SMTPRecipientsRefused({"viewer@example.org": (450, b"greylisted")}), Sending.DUE),
        (SMTPServerDisconnected("gone"), Sending.UNSURE),
        (TimeoutError(), Sending.UNSURE),
    ],
)
def test_what_may_have_arrived_is_not_sent_again_by_itself(error: Exception, state: str, digest: Digest) -> None:
    Post.on_send.append(error)
    row = deliver(digest)
    assert row.state == state
    if state != Sending.DUE:
        sending.queue()
        sending.deliver(row.pk)
        assert not Post.taken


def test_a_worker_that_dies_while_sending_leaves_a_row_that_says_so(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is claimed before the first byte leaves: whoever comes after finds it taken, and sends nothing."""

    class Died(BaseException):
        pass

    def die(name: str) -> None:
        if name == "digest-claimed":
            raise Died

    monkeypatch.setattr(sending, "crash_point", die)
    with pytest.raises(Died):
        deliver(digest)
    row = Sending.objects.get()
    assert row.state == Sending.SENDING
    monkeypatch.setattr(sending, "crash_point", lambda name: None)
    sending.deliver(row.pk)
    assert not Post.taken and not sending.find_broken_off()
    Sending.objects.update(claimed_at=MONDAY - timedelta(days=1))
    assert sending.find_broken_off() == 1
    row.refresh_from_db()
    assert row.state == Sending.UNSURE


def test_two_workers_send_one_letter(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    row = sending.write_down(digest, Period.last("weekly", MONDAY.date()))
    claim = sending.letter_about

    def slow(found: Sending) -> object:
        letter = claim(found)
        monkeypatch.setattr(sending, "letter_about", claim)
        sending.deliver(row.pk)  # the other worker, while this one still writes
        return letter

    monkeypatch.setattr(sending, "letter_about", slow)
    sending.deliver(row.pk)
    assert len(Post.taken) == 1


def test_looking_at_the_link_stops_nothing_and_the_button_does(digest: Digest) -> None:
    stranger = Client(enforce_csrf_checks=True)
    address = f"/take/digests/stop/key/{digest.key_to_stop}/"
    for _ in range(5):
        page = stranger.get(address)
        assert page.status_code == 200 and "Stop the digest?" in page.text
    digest.refresh_from_db()
    assert digest.stopped_at is None
    assert "The digest is stopped" in stranger.post(address).text
    digest.refresh_from_db()
    assert digest.stopped_at is not None and deliver(digest).state == Sending.FAILED and not Post.taken
    assert AuditEntry.objects.filter(verb="digest.stopped").count() == 1


def test_a_key_to_stop_cannot_be_made_up(digest: Digest, person: Callable[..., User]) -> None:
    other = Digest.objects.create(person=person(Role.MANAGER), name="x", language="en")
    number, nonce, signature = digest.key_to_stop.split(":")
    for key in (
        "x",
        f"{other.pk}:{other.nonce}:{signature}",
        f"{number}:{nonce}:{signature[:-1]}x",
        f"{number}:{nonce}",
    ):
        assert Digest.by_key(key) is None
        assert Client().post(f"/take/digests/stop/key/{key}/").status_code == 404
    Digest.objects.filter(pk=digest.pk).update(nonce="other")
    assert Digest.by_key(digest.key_to_stop) is None


def test_nothing_is_sent_to_whoever_may_no_longer_see_figures(digest: Digest) -> None:
    User.objects.filter(pk=digest.person_id).update(is_active=False)
    digest = Digest.objects.get(pk=digest.pk)
    assert deliver(digest).state == Sending.FAILED and not Post.taken


def test_one_sets_digests_up_for_oneself_and_managers_for_everybody(
    client_of: Callable[..., Client], person: Callable[..., User], log: Path
) -> None:
    viewer, analyst, manager = person(Role.VIEWER), client_of(Role.ANALYST), client_of(Role.MANAGER)
    told = {
        "person": viewer.pk,
        "name": "Week",
        "rhythm": "weekly",
        "language": "ru",
        "query": "channel=email&start=2026-01-01",
    }
    assert analyst.post("/take/digests/new/", told).status_code == 422
    assert manager.post("/take/digests/new/", told).status_code == 302
    made = Digest.objects.get()
    assert (made.person, made.query, made.language) == (viewer, "channel=email", "ru")
    assert client_of(Role.MEMBER).get("/take/digests/").status_code == 403
    assert analyst.post(f"/take/digests/{made.pk}/stop/").status_code == 404
    assert analyst.post(f"/take/digests/{made.pk}/now/").status_code == 404
    assert manager.post(f"/take/digests/{made.pk}/stop/").status_code == 302
