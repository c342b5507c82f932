"""Chats in Telegram: told once on each occasion, again only where it surely did not arrive, the token never shown."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from otklik.actions.cut_log import NotMeasuredYet
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, Company, User
from otklik.web.fetching import Answer, Unreachable
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Later
from otklik.web.posting import GOALS, SPEED, post
from otklik.web.sharing import chatting
from otklik.web.sharing.models import Chat, ChatMessage
from otklik.web.sharing.work import look_for_chats
from tests.web.sharing.bot_server import BotServer, refused

pytestmark = pytest.mark.django_db

TOKEN = "123456789:AAH-canary_0123456789abcdefghijklm"
MONDAY = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Europe/Moscow"))
Work = Callable[[], int]


@pytest.fixture
def bots(monkeypatch: pytest.MonkeyPatch) -> Iterator[BotServer]:
    made = BotServer()
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    monkeypatch.setattr(settings, "FETCH_PORTS", [made.port])
    monkeypatch.setattr(settings, "TELEGRAM_URL", f"http://127.0.0.1:{made.port}")
    yield made
    made.stop()


def chat(*about: str, **facts: Any) -> Chat:
    given = {"name": "Support", "chat": "-1001", "about": list(about or (SPEED, GOALS)),
             "made_at": datetime(2026, 6, 10, tzinfo=UTC)}  # fmt: skip
    made = Chat(**given | facts)
    made.set_token(TOKEN)
    made.save()
    return made


def told(text: str = "Check-in: Q4", about: str = GOALS) -> ChatMessage:
    chat(about)
    chatting.lay_down(about, "goals-1", text)
    return ChatMessage.objects.get()


def answering(*answers: Answer | Exception) -> Callable[..., Answer]:
    left = list(answers)

    def call(*_: Any, **__: Any) -> Answer:
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    return call


TAKEN = Answer(200, b'{"ok": true}')


def test_the_figures_of_the_week_come_on_monday_at_seven_once(log: Path, bots: BotServer, work: Work) -> None:
    chat()
    with time_machine.travel(MONDAY.replace(hour=6, minute=59), tick=False):
        look_for_chats()
        assert not ChatMessage.objects.exists()
    for moment in (MONDAY.replace(hour=7), MONDAY.replace(hour=8), MONDAY + timedelta(days=3)):
        with time_machine.travel(moment, tick=False):
            look_for_chats()
            work()
    ((address, sent),) = bots.met
    assert address == f"/bot{TOKEN}/sendMessage" and sent["chat_id"] == "-1001"
    text = sent["text"]
    assert text.startswith("Example Ltd, 8") and "Half of" in text and "requests" in text
    assert text.split("\n")[-1] == "http://127.0.0.1:8000/how-fast/?start=2026-06-08&end=2026-06-14"
    assert "Where does the time go?" in text and "The dot is" not in text, "no picture is explained that is not there"
    assert "&#" not in text and "<" not in text and "\n\n\n" not in text
    assert ChatMessage.objects.get().state == ChatMessage.SENT
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["chat.told"]


def test_it_speaks_the_language_of_the_company(log: Path, bots: BotServer, work: Work) -> None:
    Company.objects.update(language="ru")
    chat()
    with time_machine.travel(MONDAY, tick=False):
        look_for_chats()
        work()
    assert "Половина" in bots.texts[0] and "Half of" not in bots.texts[0]


def test_no_figures_without_records_before_it_was_set_up_or_where_nobody_asked(company: Company) -> None:
    chat()
    with time_machine.travel(MONDAY, tick=False):
        chatting.plan()
        assert not ChatMessage.objects.exists(), "there are no records"
        settings.DATA.log.mkdir(parents=True)
        Chat.objects.update(made_at=MONDAY - timedelta(hours=1))
        chatting.plan()
        assert not ChatMessage.objects.exists(), "that week was over before"
        Chat.objects.update(made_at=MONDAY - timedelta(days=2), about=[GOALS])
        chatting.plan()
        assert not ChatMessage.objects.exists(), "nobody wants it"
        Chat.objects.update(about=[SPEED])
        chatting.plan()
    assert ChatMessage.objects.get().key == "speed-2026-W24"


def test_records_that_are_not_measured_yet_are_waited_for(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = chat()
    day = MONDAY.date()
    row = ChatMessage.objects.create(to=made, key="speed-x", about=SPEED, start=day, end=day)

    def not_yet(*_: object) -> str:
        raise NotMeasuredYet

    monkeypatch.setattr(chatting, "brief_about", not_yet)
    with pytest.raises(Later):
        chatting.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (ChatMessage.DUE, 0) and Job.objects.filter(kind="refresh-facts").exists()


def test_what_is_posted_goes_to_those_who_want_it_once(bots: BotServer, work: Work) -> None:
    chat(GOALS)
    chat(SPEED, chat="-1002")
    chat(GOALS, chat="-1003", paused_at=timezone.now())
    for _ in range(2):
        post(GOALS, "goals-1", "Check-in: Q4")
        work()
    assert bots.texts == ["Check-in: Q4"]
    assert bots.met[0][1]["chat_id"] == "-1001"
    with pytest.raises(KeyError):
        post("gossip", "1", "x")


def test_markup_of_strangers_stays_a_text(bots: BotServer, work: Work) -> None:
    chat(GOALS)
    post(GOALS, "1", "*bold* [link](http://evil.example) <a href='x'>&amp;</a>")
    work()
    assert bots.texts == ["*bold* [link](http://evil.example) <a href='x'>&amp;</a>"]
    assert "parse_mode" not in bots.met[0][1]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(500, b""), ChatMessage.DUE),
        (Answer(502, b"<html>"), ChatMessage.DUE),
        (Answer(429, b"{}"), ChatMessage.DUE),
        (Unreachable(host="h", reason="name"), ChatMessage.DUE),
        (Unreachable(host="h", reason="ConnectionRefusedError"), ChatMessage.DUE),
        (Unreachable(host="h", reason="timeout"), ChatMessage.UNSURE),
        (Unreachable(host="h", reason="ConnectionResetError"), ChatMessage.UNSURE),
        (Answer(401, b"{}"), ChatMessage.FAILED),
        (Answer(400, b"{}"), ChatMessage.FAILED),
        (Answer(302, b""), ChatMessage.FAILED),
        (Answer(200, b"<html>"), ChatMessage.FAILED),
    ],
    ids=str,
)
def test_it_is_tried_again_only_where_it_surely_did_not_arrive(answer: Any, state: str) -> None:
    row = told()
    chatting.deliver(row.pk, answering(answer))
    row.refresh_from_db()
    assert row.state == state
    chatting.deliver(row.pk, answering(TAKEN))
    row.refresh_from_db()
    assert row.state == state, "not before its time, and not by itself"
    if state == ChatMessage.DUE:
        with time_machine.travel(row.next_at, tick=False):
            chatting.deliver(row.pk, answering(TAKEN))
        row.refresh_from_db()
        assert row.state == ChatMessage.SENT
    else:
        assert AuditEntry.objects.filter(verb="chat.not-told").count() == 1


def test_telegram_is_left_alone_for_as_long_as_it_asks() -> None:
    row = told()
    body = json.dumps({"ok": False, "parameters": {"retry_after": 5_000}}).encode()
    chatting.deliver(row.pk, answering(Answer(429, body)))
    row.refresh_from_db()
    assert row.next_at - timezone.now() > timedelta(seconds=4_990)


def test_pauses_grow_and_after_the_last_try_everybody_sees_it(client_of: Callable[..., Client]) -> None:
    row, waits = told(), []
    while row.state == ChatMessage.DUE:
        with time_machine.travel(row.next_at, tick=False):
            before = row.next_at
            chatting.deliver(row.pk, answering(Answer(502, b"")))
        row.refresh_from_db()
        waits.append(row.next_at - before)
    assert (row.state, row.attempts) == (ChatMessage.FAILED, chatting.ATTEMPTS)
    assert waits[:-1] == sorted(waits[:-1]) and waits[0] < waits[-2]
    owner = client_of(Role.OWNER)
    assert "the last message did not arrive" in owner.get("/take/digests/").text
    page = owner.get(f"/take/digests/telegram/{row.to_id}/").text
    assert "not delivered" in page and "Telegram answered 502" in page
    assert AuditEntry.objects.filter(verb="chat.not-told").count() == 1


def test_two_workers_send_one_message() -> None:
    row, calls = told(), []

    def call(*_: Any, **__: Any) -> Answer:
        calls.append(1)
        chatting.deliver(row.pk, call)  # the other worker
        return TAKEN

    chatting.deliver(row.pk, call)
    assert calls == [1]


@pytest.mark.parametrize(("point", "arrived"), [("chat-claimed", 0), ("chat-told", 1)])
def test_a_worker_that_dies_leaves_a_row_that_says_so(
    point: str, arrived: int, bots: BotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(name: str) -> None:
        if name == point:
            raise Died

    row = told()
    monkeypatch.setattr(chatting, "crash_point", die)
    with pytest.raises(Died):
        chatting.deliver(row.pk)
    monkeypatch.setattr(chatting, "crash_point", lambda name: None)
    chatting.queue()
    chatting.deliver(row.pk)
    assert len(bots.met) == arrived and not chatting.find_broken_off()
    ChatMessage.objects.update(claimed_at=timezone.now() - timedelta(days=1))
    assert chatting.find_broken_off() == 1
    row.refresh_from_db()
    assert row.state == ChatMessage.UNSURE


def test_the_inside_of_the_network_is_not_called(bots: BotServer, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FETCH_NETWORKS", [])
    row = told()
    chatting.queue()
    work()
    row.refresh_from_db()
    assert (row.state, row.reason, bots.met) == (ChatMessage.FAILED, "address-refused", [])
    assert TOKEN not in str(list(Job.objects.values())) + str(list(AuditEntry.objects.values()))


def test_a_token_sealed_under_another_key_says_so() -> None:
    row = told()
    Chat.objects.update(sealed_token="gAAAA")
    chatting.deliver(row.pk, answering(TAKEN))
    row.refresh_from_db()
    assert (row.state, row.reason) == (ChatMessage.FAILED, "vault-broken")


def test_what_was_told_long_ago_is_forgotten() -> None:
    row = told()
    chatting.deliver(row.pk, answering(TAKEN))
    chatting.forget_old()
    assert ChatMessage.objects.exists()
    ChatMessage.objects.update(ended_at=timezone.now() - timedelta(days=91))
    chatting.forget_old()
    assert not ChatMessage.objects.exists()


FORM = {"name": "Support", "token": TOKEN, "chat": "-1001", "about": [SPEED, GOALS]}


def test_the_token_is_kept_sealed_and_shown_nowhere(owner: Client, bots: BotServer, work: Work) -> None:
    assert owner.post("/take/digests/telegram/new/", FORM).status_code == 302
    made = Chat.objects.get()
    assert made.token == TOKEN
    owner.post(f"/take/digests/telegram/{made.pk}/try/")
    work()
    with connection.cursor() as cursor:
        for table in ("sharing_chat", "sharing_chatmessage", "jobs_job", "accounts_auditentry"):
            cursor.execute(f"select * from {table}")
            assert TOKEN not in str(cursor.fetchall()), table
    wrong = owner.post("/take/digests/telegram/new/", {**FORM, "chat": "nowhere"})
    pages = [owner.get(f"/take/digests/telegram/{made.pk}/"), owner.get("/take/digests/"), owner.get("/audit/"), wrong]
    assert [page.status_code for page in pages] == [200, 200, 200, 422]
    assert [page for page in pages if TOKEN in page.text or made.sealed_token in page.text] == []


def test_changing_a_chat_keeps_its_token_unless_a_new_one_is_written(owner: Client) -> None:
    made = chat()
    address = f"/take/digests/telegram/{made.pk}/"
    assert owner.post(address, {"name": "All", "token": "", "chat": "@all_of_us", "about": [GOALS]}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.chat, made.about, made.token) == ("All", "@all_of_us", [GOALS], TOKEN)
    other = TOKEN.replace("123456789", "987654321")
    owner.post(address, {"name": "All", "token": other, "chat": "@all_of_us", "about": [GOALS]})
    made.refresh_from_db()
    assert made.token == other
    assert owner.post(address, {**FORM, "token": "no token"}).status_code == 422
    first = AuditEntry.objects.filter(verb="chat.changed").order_by("pk")[0]
    assert first.facts["chat_before"] == "-1001" and first.facts["new_token"] is False


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ((200, {"ok": True}), ["The test message arrived.", "Telegram took it."]),
        (refused(400, "Bad Request: chat not found"),
         ["did not arrive", "Telegram answered 400: Bad Request: chat not found", "Check the number of the chat."]),
        (refused(401, "Unauthorized"), ["Telegram answered 401", "copy the token from @BotFather anew"]),
        (refused(403, "Forbidden: bot was kicked from the group chat"), ["add it to the chat again"]),
        (refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777),
         ["The group has another number by now: -100777."]),
        (refused(429, "Too Many Requests: retry after 5", retry_after=5), ["did not arrive", "try again later"]),
        (refused(500, "Internal"), ["Telegram answered 500", "Try again later."]),
        ((200, b"<script>alert(1)</script>"), ["did not arrive", "Look whether this machine reaches"]),
    ],
    ids=str,
)  # fmt: skip
def test_a_test_message_says_what_telegram_answered_and_what_to_try(
    answer: Any, shown: list[str], owner: Client, bots: BotServer, work: Work
) -> None:
    made = chat()
    bots.answers.append(answer)
    assert owner.post(f"/take/digests/telegram/{made.pk}/try/").status_code == 302
    address = f"/take/digests/telegram/{made.pk}/"
    assert "hx-get" in owner.get(address).text, "the page watches the work"
    work()
    over = owner.get(f"/jobs/{Job.objects.get().pk}/", headers={"hx-request": "true"})
    assert (over.status_code, over.headers["HX-Refresh"]) == (200, "true"), "and is loaded anew when it is done"
    page = owner.get(address).text
    assert [text for text in shown if text not in page] == []
    assert (
        "<script>alert" not in page and not AuditEntry.objects.filter(verb__in=("chat.told", "chat.not-told")).exists()
    )
    assert bots.texts == ["This is a trial: Otklik can write to this chat."]


def test_paused_nothing_is_sent_and_nothing_made_up_for(owner: Client, bots: BotServer, work: Work) -> None:
    row = told()
    owner.post(f"/take/digests/telegram/{row.to_id}/pause/")
    post(GOALS, "goals-2", "while it was paused")
    chatting.queue()
    work()
    row.refresh_from_db()
    assert (row.state, bots.met) == (ChatMessage.FAILED, [])
    assert "paused" in owner.get("/take/digests/").text
    owner.post(f"/take/digests/telegram/{row.to_id}/resume/")
    post(GOALS, "goals-3", "afterwards")
    work()
    assert bots.texts == ["afterwards"]
    owner.post(f"/take/digests/telegram/message/{row.pk}/again/")
    work()
    assert bots.texts == ["afterwards", "Check-in: Q4"]
    owner.post(f"/take/digests/telegram/message/{row.pk}/again/")
    work()
    assert len(bots.texts) == 2, "what has arrived is not sent again"


def test_its_life_stands_in_the_trail(owner: Client, bots: BotServer) -> None:
    owner.post("/take/digests/telegram/new/", FORM)
    made = Chat.objects.get()
    for verb in ("pause", "resume", "try", "remove"):
        owner.post(f"/take/digests/telegram/{made.pk}/{verb}/")
    assert not Chat.objects.exists() and not ChatMessage.objects.exists()
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["login.succeeded", "chat.made", "chat.paused", "chat.resumed", "chat.tried", "chat.removed"]


@pytest.mark.parametrize(
    "wrong",
    [{"token": "x"}, {"token": f"{TOKEN}/../"}, {"chat": "a b"}, {"about": []}, {"about": ["gossip"]}, {"name": ""}],
    ids=str,
)  # fmt: skip
def test_what_cannot_work_is_refused_in_the_form(owner: Client, wrong: dict[str, Any]) -> None:
    assert owner.post("/take/digests/telegram/new/", {**FORM, **wrong}).status_code == 422
    assert not Chat.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_others_see_and_do_nothing(client_of: Callable[..., Client], role: Role) -> None:
    made, client = chat(), client_of(role)
    assert client.get(f"/take/digests/telegram/{made.pk}/").status_code == 403
    assert client.post(f"/take/digests/telegram/{made.pk}/remove/").status_code == 403
    assert Chat.objects.exists() and not Chat.objects.for_user(User.objects.get(email__startswith=role)).exists()
