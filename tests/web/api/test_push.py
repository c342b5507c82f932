"""Push: what is acknowledged is kept, what is repeated is taken once, what cannot be taken is refused with a reason."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.utils import timezone

from otklik.actions.keep_log import describe_log, read_kept_log
from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, User
from otklik.web.api import importing
from otklik.web.api.models import Bucket, Push
from otklik.web.api.models.buckets import Rate
from otklik.web.jobs.models import Job

pytestmark = pytest.mark.django_db
ROWS = [
    {"request": "R1", "at": "2026-03-02T09:00:00Z", "kind": "created", "by": "customer", "subject": "Cup"},
    {"request": "R1", "at": "2026-03-02T09:10:00Z", "kind": "message", "by": "agent", "public": True},
    {"request": "R1", "at": "2026-03-02", "kind": "note", "by": "agent"},
]
BODY = "\n".join(json.dumps(row) for row in ROWS).encode()


def push(client: Client, body: bytes = BODY, query: str = "", **headers: str) -> Any:
    kind = headers.pop("content_type", "application/x-ndjson")
    return client.post(f"/api/v1/events{query}", body, content_type=kind, headers=headers)


def files() -> list[Path]:
    return sorted(settings.DATA.uploads.glob("push-*"))


def test_a_push_is_on_disk_and_in_the_database_before_it_is_acknowledged(program: Callable[..., Client]) -> None:
    answer = push(program(Scope.PUSH))
    assert answer.status_code == 202
    told = answer.json()
    kept = Push.objects.get(number=told["id"])
    assert (kept.path.read_bytes(), kept.state, kept.source) == (BODY, Push.WAITING, "shop-desk")
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert Job.objects.filter(kind="import-push", state=Job.QUEUED, arguments={"number": kept.number}).count() == 1
    assert told["status_url"] == answer["Location"] == f"{settings.BASE_URL}/api/v1/pushes/{kept.number}"


def test_the_worker_brings_it_in_and_the_status_says_what_became_of_it(
    program: Callable[..., Client], work: Callable[[], int]
) -> None:
    client = program(Scope.PUSH)
    where = push(client, query="?source=desk").json()["status_url"]
    assert client.get(where).json()["state"] == "waiting"
    work()
    told = client.get(where).json()
    assert (told["state"], told["read"], told["kept"], told["quarantined"], told["duplicate"]) == ("done", 3, 2, 1, 0)
    assert [(row["row"], row["reason"]) for row in told["set_aside"]] == [(3, "bad-date")]
    assert describe_log(settings.DATA.log)[1][0].import_id == told["import_id"]
    assert read_kept_log(settings.DATA.log).events["source"].to_pylist() == ["desk", "desk"]
    assert files() == [], "what is in the log need not lie about"
    assert Job.objects.filter(kind="refresh-facts").exists()


def test_csv_and_gzip_come_in_too(program: Callable[..., Client], work: Callable[[], int]) -> None:
    client = program(Scope.PUSH)
    body = b"request,at,kind,by\nR7,2026-03-02T09:00:00Z,created,customer\n"
    answer = push(client, gzip.compress(body), content_type="text/csv", **{"content-encoding": "gzip"})
    work()
    assert client.get(answer["Location"]).json()["kept"] == 1


def test_the_same_key_and_body_get_the_same_answer_and_come_in_once(
    program: Callable[..., Client], work: Callable[[], int]
) -> None:
    client = program(Scope.PUSH)
    first = push(client, **{"idempotency-key": "a-1"})
    again = push(client, **{"idempotency-key": "a-1"})
    work()
    late = push(client, **{"idempotency-key": "a-1"})
    assert [a.status_code for a in (first, again, late)] == [202] * 3
    assert first.json() == again.json() == late.json()
    assert Push.objects.count() == 1
    assert files() == []


@pytest.mark.parametrize("change", ["body", "source"])
def test_the_same_key_for_something_else_is_refused(program: Callable[..., Client], change: str) -> None:
    client = program(Scope.PUSH)
    push(client, **{"idempotency-key": "a-1"})
    other = {"body": {"body": BODY + b"\n"}, "source": {"query": "?source=else"}}[change]
    answer = push(client, **other, **{"idempotency-key": "a-1"})
    assert (answer.status_code, answer.json()["error"]) == (409, "key-used")
    assert len(files()) == 1


def test_keys_belong_to_their_token(program: Callable[..., Client]) -> None:
    for name in ("one", "two"):
        assert push(program(Scope.PUSH, name=name), **{"idempotency-key": "a-1"}).status_code == 202
    assert Push.objects.count() == 2


def test_a_database_that_fails_at_commit_acknowledges_nothing(program: Callable[..., Client], monkeypatch: Any) -> None:
    client = program(Scope.PUSH)
    monkeypatch.setattr(Job, "add", lambda *_, **__: (_ for _ in ()).throw(OperationalError("gone")))
    answer = push(client)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not Push.objects.exists()


def test_a_full_disk_acknowledges_nothing_and_leaves_nothing(program: Callable[..., Client], monkeypatch: Any) -> None:
    import os

    client = program(Scope.PUSH)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    answer = push(client)
    assert (answer.status_code, answer.json()["error"]) == (503, "no-room")
    assert files() == []
    assert not Push.objects.exists()


REFUSED: list[tuple[str, int, dict[str, Any]]] = [
    ("unknown-type", 415, {"content_type": "application/json"}),
    ("unknown-type", 415, {"content_type": "multipart/form-data; boundary=x"}),
    ("unknown-charset", 415, {"content_type": "text/csv; charset=cp1251"}),
    ("unknown-encoding", 415, {"content-encoding": "br"}),
    ("bad-gzip", 400, {"content-encoding": "gzip"}),
    ("bad-gzip", 400, {"content-encoding": "gzip", "body": gzip.compress(BODY)[:-9]}),
    ("invalid", 422, {"query": "?source=../../etc"}),
    ("invalid", 422, {"query": "?as_of=2026-01-01"}),
    ("invalid", 422, {"query": "?as_of=0001-01-01T00:00:00%2B14:00"}),
    ("invalid", 422, {"query": "?tells=everything"}),
    ("invalid", 422, {"idempotency-key": "x" * 256}),
    ("unknown-parameter", 422, {"query": "?sorce=desk"}),
    ("length-required", 411, {"transfer-encoding": "chunked"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "status", "call"), REFUSED, ids=[f"{c}-{n}" for n, (c, _, _) in enumerate(REFUSED)])
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
    code: str, status: int, call: dict[str, Any], program: Callable[..., Client]
) -> None:
    answer = push(program(Scope.PUSH), **call)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert files() == []
    assert not Push.objects.exists()


def test_a_body_beyond_the_cap_is_refused_before_it_is_read(program: Callable[..., Client], monkeypatch: Any) -> None:
    client = program(Scope.PUSH)
    monkeypatch.setattr(settings, "PUSH_BYTES", 1_000)
    answer = push(client, b"x" * 1_001)
    assert (answer.status_code, answer.json()["error"]) == (413, "too-long")
    bomb = gzip.compress(b"\n" * 100_000)
    assert len(bomb) < 1_000
    answer = push(client, bomb, **{"content-encoding": "gzip"})
    assert (answer.status_code, answer.json()["error"]) == (413, "too-long")
    two_members = gzip.compress(b"\n" * 5_000) * 2
    assert push(client, two_members, **{"content-encoding": "gzip"}).status_code == 413
    assert push(client, gzip.compress(b"{}\n") * 3, **{"content-encoding": "gzip"}).status_code == 202
    assert len(files()) == 1


def test_a_connection_that_breaks_off_acknowledges_nothing(program: Callable[..., Client]) -> None:
    broken: dict[str, Any] = {"CONTENT_LENGTH": str(len(BODY) + 1), "wsgi.input": io.BytesIO(BODY)}
    answer = program(Scope.PUSH).generic("POST", "/api/v1/events", BODY, content_type="text/csv", **broken)
    assert (answer.status_code, answer.json()["error"]) == (400, "not-whole")
    assert files() == []


def test_an_empty_body_is_refused(program: Callable[..., Client]) -> None:
    answer = program(Scope.PUSH).generic("POST", "/api/v1/events", b"", CONTENT_TYPE="text/csv")
    assert (answer.status_code, answer.json()["error"]) == (400, "empty")


# who may call


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer otk_guess", "Basic b3RrOg==", "bearer null", "Bearer \udce9"]
)
def test_without_a_token_nothing_goes(header: str, db: Any) -> None:
    client = Client(headers={"authorization": header} if header else {})
    answer = push(client)
    assert (answer.status_code, answer.json()["error"]) == (401, "token-missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_opens_nothing(owner: Client) -> None:
    assert push(owner).status_code == 401
    assert owner.get("/api/v1/pushes/x").status_code == 401


def test_a_token_without_the_scope_or_the_right_is_refused(program: Callable[..., Client]) -> None:
    for client in (program(Scope.READ), program(Scope.PUSH, role=Role.VIEWER), program(role=Role.MANAGER)):
        answer = push(client)
        assert (answer.status_code, answer.json()["error"]) == (403, "scope-missing")
        assert not Push.objects.exists()


def test_a_revoked_token_and_that_of_a_closed_account_open_nothing(program: Callable[..., Client]) -> None:
    client, other = program(Scope.PUSH), program(Scope.PUSH, role=Role.ANALYST)
    ApiToken.objects.get(owner__role=Role.OWNER.value).revoke()
    User.objects.filter(role=Role.ANALYST.value).update(is_active=False)
    assert [push(one).status_code for one in (client, other)] == [401, 401]


def test_a_push_of_nobody_is_not_found(program: Callable[..., Client]) -> None:
    assert program(Scope.PUSH).get("/api/v1/pushes/AAAA").status_code == 404


def test_each_token_has_its_own_rate_and_is_told_when_to_come_again(
    program: Callable[..., Client], monkeypatch: Any
) -> None:
    client, other = program(Scope.PUSH, name="a"), program(Scope.PUSH, name="b")
    monkeypatch.setattr(settings, "PUSHES_A_MINUTE", 2)
    assert [push(client).status_code for _ in range(3)] == [202, 202, 429]
    answer = push(client)
    assert 0 < int(answer["Retry-After"]) <= 30
    assert push(other).status_code == 202


def test_a_bucket_fills_again(db: Any) -> None:
    now, rate = datetime(2026, 3, 2, tzinfo=UTC), Rate(60)
    assert [Bucket.take("x", rate, now) for _ in range(61)] == [0] * 60 + [1]
    assert Bucket.take("x", rate, now + timedelta(seconds=1)) == 0
    assert Bucket.take("x", rate, now + timedelta(seconds=1)) == 1
    assert Bucket.take("x", rate, now - timedelta(hours=1)) > 0, "a clock that goes back gives nothing away"


@pytest.mark.parametrize("broken", [(Bucket, "take"), (ApiToken, "by_secret")])
def test_when_the_store_is_away_everybody_is_refused(
    broken: tuple[Any, str], program: Callable[..., Client], monkeypatch: Any
) -> None:
    client = program(Scope.PUSH)

    def away(*_: Any) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(*broken, away)
    answer = push(client)
    assert (answer.status_code, answer.json()["error"]) == (503, "try-later")
    assert not Push.objects.exists()
    assert files() == []


# what a crash leaves behind


def test_begun_again_after_the_log_was_written_it_gives_the_same_account(
    program: Callable[..., Client], work: Callable[[], int], monkeypatch: Any
) -> None:
    client = program(Scope.PUSH)
    answer = push(client)

    class Killed(BaseException):
        pass

    def die(name: str) -> None:
        if name == "push-before-account":
            raise Killed

    with monkeypatch.context() as crashing, pytest.raises(Killed):
        crashing.setattr(importing, "crash_point", die)
        importing.import_push(answer.json()["id"], lambda *_: None)
    work()
    told = client.get(answer["Location"]).json()
    assert (told["state"], told["kept"], told["duplicate"], told["import_id"]) == ("done", 2, 0, 1)
    assert len(describe_log(settings.DATA.log)[1]) == 1


def test_a_busy_log_is_waited_for(program: Callable[..., Client], work: Callable[[], int]) -> None:
    from otklik.store.lock import writing

    client = program(Scope.PUSH)
    answer = push(client)
    settings.DATA.log.mkdir(parents=True)
    with writing(settings.DATA.log):
        work()
    assert client.get(answer["Location"]).json()["state"] == "waiting"
    Job.objects.update(run_at=timezone.now())
    work()
    assert client.get(answer["Location"]).json()["state"] == "done"


def test_a_push_nobody_works_on_any_more_is_told_as_failed(program: Callable[..., Client]) -> None:
    client = program(Scope.PUSH)
    answer = push(client)
    Push.objects.update(received_at=timezone.now() - timedelta(hours=1))
    importing.sweep()
    assert client.get(answer["Location"]).json()["state"] == "waiting", "its work still waits"
    Job.objects.update(state=Job.FAILED)
    importing.sweep()
    told = client.get(answer["Location"]).json()
    assert (told["state"], told["error"]["error"]) == ("failed", "gave-up")


def test_bodies_nobody_knows_are_swept_away_but_not_at_once(program: Callable[..., Client]) -> None:
    import os

    push(program(Scope.PUSH))
    young, old = (settings.DATA.uploads / f"push-{name}" for name in ("young", "old"))
    for path in (young, old):
        path.write_bytes(b"x")
    for path in (old, files()[0]):
        os.utime(path, (0, 0))
    importing.sweep()
    assert not old.exists()
    assert young.exists()
    assert len(files()) == 2


def test_an_odd_integrity_error_is_not_taken_for_a_repetition(program: Callable[..., Client], monkeypatch: Any) -> None:
    client = program(Scope.PUSH)
    monkeypatch.setattr(Push, "save", lambda *_, **__: (_ for _ in ()).throw(IntegrityError("another one")))
    with pytest.raises(IntegrityError):
        push(client)
    assert not Push.objects.exists()
