"""Webhooks: told to those who want it, signed, again and again, never to the inside; one that fails holds nobody."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry
from otklik.web.announcing import announce
from otklik.web.api import delivering
from otklik.web.api.models import Delivery, Webhook
from otklik.web.api.models.webhooks import LONGEST_WAIT_S, MOST_ATTEMPTS, PAUSED_AFTER, new_secret, wait_s
from otklik.web.api.signing import is_signed, sign
from otklik.web.fetching import AddressRefused, Answer, Unreachable

pytestmark = pytest.mark.django_db


class Sink:
    """A program that is called: notes what comes and answers as told."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = {}
        self.met: list[tuple[dict[str, str], bytes]] = []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                sink.met.append((dict(self.headers), body))
                self.send_response(sink.status)
                for name, value in sink.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    made = Sink()
    monkeypatch.setattr(settings, "FETCH_NETWORKS", ["127.0.0.0/8"])
    monkeypatch.setattr(settings, "FETCH_PORTS", [made.port])
    yield made
    made.server.shutdown()
    made.server.server_close()


def hook(url: str, *events: str) -> Webhook:
    made = Webhook(url=url, events=list(events or ("import.finished",)))
    made.set_secret(new_secret())
    made.save()
    return made


def test_what_happened_is_told_to_those_who_want_it_and_signed(sink: Sink, work: Callable[[], int]) -> None:
    wanting = hook(f"http://127.0.0.1:{sink.port}/in")
    hook(f"http://127.0.0.1:{sink.port}/other", "target.missed")
    announce("import.finished", kept=2)
    work()
    ((headers, body),) = sink.met
    told = json.loads(body)
    assert (told["event"], told["facts"]) == ("import.finished", {"kept": 2})
    assert headers["Otklik-Delivery"] == told["id"]
    assert is_signed(wanting.secret, headers["Otklik-Signature"], told["id"], body, timezone.now().timestamp())
    one = Delivery.objects.get()
    assert (one.state, one.attempts, one.response_code) == (Delivery.DONE, 1, 200)


def test_a_signature_proves_who_what_and_when() -> None:
    header = sign("secret", "d1", b"body", 1_000_000)
    assert is_signed("secret", header, "d1", b"body", 1_000_299)
    assert not is_signed("secret", header, "d1", b"body", 1_000_301), "old: replayed"
    assert not is_signed("secret", header, "d1", b"body", 999_000), "from the future"
    assert not is_signed("other", header, "d1", b"body", 1_000_000)
    assert not is_signed("secret", header, "d2", b"body", 1_000_000)
    assert not is_signed("secret", header, "d1", b"Body", 1_000_000)
    assert not is_signed("secret", header.replace("t=1000000", "t=1000200"), "d1", b"body", 1_000_200)
    for broken in ("", "v1=", "t=1,v1=00", header + "x", header.upper()):
        assert not is_signed("secret", broken, "d1", b"body", 1_000_000)


def test_told_twice_by_a_crash_it_is_laid_down_once() -> None:
    hook("http://example.org/")
    now = timezone.now()
    assert [delivering.tell_all("job-1", "import.finished", {}, now) for _ in range(2)] == [1, 0]
    assert Delivery.objects.count() == 1


def answered(*answers: Answer | Exception) -> Callable[..., Answer]:
    left = list(answers)

    def call(*_: Any, **__: Any) -> Answer:
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    return call


FAILING = [
    (Answer(500, b""), 500, ""),
    (Answer(302, b""), 302, ""),
    (Unreachable(host="h", reason="timeout"), None, "timeout"),
    (AddressRefused(url="u", reason="r"), None, "address-refused"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code", "error"), FAILING, ids=str)
def test_what_fails_is_tried_again_later(given: Any, code: int | None, error: str) -> None:
    hook("http://example.org/")
    delivering.tell_all("1", "import.finished", {}, timezone.now())
    assert delivering.send_due(answered(given)) == 1
    one = Delivery.objects.get()
    assert (one.state, one.attempts, one.response_code, one.error) == (Delivery.WAITING, 1, code, error)
    assert timedelta(seconds=40) < one.next_at - timezone.now() < timedelta(seconds=80)
    assert delivering.send_due(answered(Answer(200, b""))) == 0, "not before its time"
    Delivery.objects.update(next_at=timezone.now())
    number = one.number
    assert delivering.send_due(answered(Answer(204, b""))) == 1
    one.refresh_from_db()
    assert (one.state, one.number) == (Delivery.DONE, number), "under the same number"
    assert Webhook.objects.get().failures == 0


def test_waits_grow_spread_and_end() -> None:
    assert all(45 <= wait_s(1) <= 75 for _ in range(100))
    assert wait_s(5) > 700
    assert max(wait_s(n) for n in range(1, 60)) <= LONGEST_WAIT_S * 1.25
    assert len({wait_s(3) for _ in range(10)}) > 1


def test_after_enough_attempts_it_is_given_up() -> None:
    made = hook("http://example.org/")
    delivering.tell_all("1", "import.finished", {}, timezone.now())
    for _ in range(MOST_ATTEMPTS):
        Delivery.objects.update(next_at=timezone.now())
        assert delivering.send_due(answered(Answer(500, b""))) == 1
    assert Delivery.objects.get().state == Delivery.DEAD
    assert made.deliveries.filter(state=Delivery.WAITING).count() == 0


def test_one_that_always_fails_is_called_no_more_and_what_waits_is_sent_on_resume() -> None:
    made = hook("http://example.org/")
    for number in range(PAUSED_AFTER + 3):
        delivering.tell_all(str(number), "import.finished", {}, timezone.now())
    delivering.send_due(answered(Answer(500, b"")))
    made.refresh_from_db()
    assert made.paused_by_itself
    assert made.paused_at is not None
    assert Delivery.objects.filter(attempts__gt=0).count() == PAUSED_AFTER
    assert delivering.send_due(answered(Answer(200, b""))) == 0
    made.resume()
    assert delivering.send_due(answered(Answer(200, b""))) == PAUSED_AFTER + 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.DONE}


def test_one_that_hangs_does_not_keep_the_others_waiting(sink: Sink) -> None:
    hook("http://hanging.example/")
    for place in range(3):
        hook(f"http://127.0.0.1:{sink.port}/{place}")
    delivering.tell_all("1", "import.finished", {}, timezone.now())
    hanging, order = threading.Event(), []

    def call(method: str, url: str, **more: Any) -> Answer:
        if "hanging" in url:
            hanging.wait(20)
            raise Unreachable(host="hanging.example", reason="timeout")
        order.append(url)
        if len(order) == 3:
            hanging.set()
        return Answer(200, b"")

    assert delivering.send_due(call) == 4
    assert hanging.is_set(), "the others were called while it hung"
    assert Delivery.objects.filter(state=Delivery.DONE).count() == 3


def test_a_redirect_to_the_inside_is_not_followed(sink: Sink, work: Callable[[], int]) -> None:
    inner = Sink()
    sink.status, sink.headers = 307, {"Location": f"http://127.0.0.1:{inner.port}/"}
    hook(f"http://127.0.0.1:{sink.port}/")
    announce("import.finished")
    work()
    assert (len(sink.met), len(inner.met)) == (1, 0)
    assert Delivery.objects.get().response_code == 307
    inner.server.shutdown()
    inner.server.server_close()


def test_an_address_that_became_inside_is_not_called(sink: Sink, work: Callable[[], int], monkeypatch: Any) -> None:
    hook(f"http://127.0.0.1:{sink.port}/")
    monkeypatch.setattr(settings, "FETCH_NETWORKS", [])
    announce("import.finished")
    work()
    assert sink.met == []
    assert Delivery.objects.get().error == "address-refused"


def test_a_crash_after_the_call_sends_the_same_number_again(
    sink: Sink, work: Callable[[], int], monkeypatch: Any
) -> None:
    hook(f"http://127.0.0.1:{sink.port}/")
    announce("import.finished")

    class Killed(BaseException):
        pass

    def die(name: str) -> None:
        if name == "webhook-after-post":
            raise Killed

    with monkeypatch.context() as crashing, pytest.raises(Killed):
        crashing.setattr(delivering, "crash_point", die)
        work()
    assert delivering.send_due() == 0, "the lease still holds"
    Delivery.objects.update(next_at=timezone.now())
    assert delivering.send_due() == 1
    assert len({headers["Otklik-Delivery"] for headers, _ in sink.met}) == 1
    assert len(sink.met) == 2


def test_the_secret_is_in_no_row_and_in_no_page_twice(owner: Client, sink: Sink) -> None:
    answer = owner.post("/webhooks/", {"url": f"http://127.0.0.1:{sink.port}/", "events": ["import.finished"]})
    secret = re.findall(r"whs_[\w-]+", answer.content.decode())[0]
    made = Webhook.objects.get()
    assert made.secret == secret
    with connection.cursor() as cursor:
        cursor.execute("select sealed_secret, url, events from api_webhook")
        assert secret not in str(cursor.fetchall())
    for address in ("/webhooks/", f"/webhooks/{made.pk}/"):
        assert secret not in owner.get(address).content.decode()
    renewed = owner.post(f"/webhooks/{made.pk}/renew/").content.decode()
    assert re.findall(r"whs_[\w-]+", renewed)[0] == Webhook.objects.get().secret != secret
    assert secret not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "ftp://example.org/", "javascript:alert(1)", "http://10.0.0.1/", "x"]
)
def test_an_address_that_may_not_be_called_is_refused_in_the_form(owner: Client, url: str) -> None:
    answer = owner.post("/webhooks/", {"url": url, "events": ["import.finished"]})
    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_only_listed_fields_are_taken(owner: Client, sink: Sink) -> None:
    owner.post("/webhooks/", {
        "url": f"http://127.0.0.1:{sink.port}/", "events": ["import.finished"], "sealed_secret": "x", "failures": "7",
        "paused_at": "2026-01-01", "made_by": "1", "id": "77",
    })  # fmt: skip
    made = Webhook.objects.get()
    assert (made.failures, made.paused_at, made.pk != 77) == (0, None, True)
    assert owner.post("/webhooks/", {"url": made.url, "events": ["everything"]}).status_code == 422


def test_pages_lead_through_the_life_of_a_webhook(owner: Client, sink: Sink, work: Callable[[], int]) -> None:
    assert "Nobody is told yet" in owner.get("/webhooks/").content.decode()
    made = hook(f"http://127.0.0.1:{sink.port}/")
    owner.post(f"/webhooks/{made.pk}/try/")
    work()
    page = owner.get(f"/webhooks/{made.pk}/").content.decode()
    assert "arrived" in page
    assert json.loads(sink.met[0][1])["event"] == "test"
    owner.post(f"/webhooks/{made.pk}/pause/")
    assert Webhook.objects.get().paused_at is not None
    owner.post(f"/webhooks/{made.pk}/resume/")
    assert Webhook.objects.get().paused_at is None
    owner.post(f"/webhooks/calls/{Delivery.objects.get().pk}/again/")
    work()
    assert len(sink.met) == 2
    owner.post(f"/webhooks/{made.pk}/delete/")
    assert not Webhook.objects.exists()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {f"webhook.{past}" for past in ("tried", "paused", "resumed", "repeated", "deleted")} <= verbs


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_others_see_and_do_nothing(client_of: Callable[..., Client], role: Role) -> None:
    made = hook("http://example.org/")
    client = client_of(role)
    assert client.get("/webhooks/").status_code == 403
    assert client.get(f"/webhooks/{made.pk}/").status_code == 403
    assert client.post(f"/webhooks/{made.pk}/delete/").status_code == 403
    assert Webhook.objects.exists()


def test_what_is_told_is_known() -> None:
    with pytest.raises(KeyError):
        announce("everything.happened")
