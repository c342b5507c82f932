"""A full disk, slow strangers, a locked or restarted database: the good are served, nothing is lost, nobody dies."""

import http.client
import os
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.postgres import Postgres, own_postgres
from tests.faults.test_push_kill import Feed, Installation, body_of, drained, installation, wait_for_one_more

SLOW_S = float(os.environ.get("OTKLIK_SLOW_S", "15"))
SLOW = 200
MIB = 2**20
PATIENCE_S = 120.0
pytestmark = pytest.mark.slow


def answer(where: Installation, path: str, timeout: float = 60) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=timeout)
    connection.request("GET", path)
    found = connection.getresponse()
    found.read()
    connection.close()
    return found


def push(where: Installation, key: str, timeout: float = 60) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=timeout)
    headers = {"Authorization": f"Bearer {where.token}", "Content-Type": "application/x-ndjson", "Idempotency-Key": key}
    connection.request("POST", "/api/v1/events?source=feed", body_of(key), headers)
    found = connection.getresponse()
    found.read()
    connection.close()
    return found


def served_by(where: Installation) -> set[int]:
    """The processes that answer: the children of the one that watches them, and theirs."""
    assert where.web is not None

    def children(pid: int) -> set[int]:
        with suppress(OSError):
            own = {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
            return own.union(*(children(one) for one in own))
        return set()

    return children(where.web.pid)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("not root: a small disk of one's own cannot be mounted")
    room = tmp_path / "disk"
    room.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(room)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield room
    finally:
        subprocess.run(["umount", "--lazy", str(room)], check=False)


def fill(file: Path) -> None:
    """Leave not a byte."""
    with file.open("ab", buffering=0) as filler, suppress(OSError):
        piece = bytes(MIB)
        while True:
            written = filler.write(piece)
            if written < len(piece):
                piece = piece[: max(1, len(piece) // 2)]


def test_a_full_disk_refuses_clearly_and_recovers_without_a_restart(small_disk: Path) -> None:
    with installation(small_disk / "data") as where:
        where.start_web()
        assert push(where, "before").status == 202
        processes = served_by(where)
        for turn in range(3):
            fill(small_disk / "filler")
            refused = push(where, f"full-{turn}")
            assert (refused.status, bool(refused.headers["Retry-After"])) == (503, True)
            assert answer(where, "/health/live").status == 200
            (small_disk / "filler").unlink()
            assert push(where, f"full-{turn}").status == 202, "the same again, as soon as there is room"
        assert served_by(where) == processes, "nobody was started anew"
        where.start_worker()
        state = drained(where)
        assert (state["whole"], state["broken"]) == ("ok", [])
        told = {key: what for key, what, _ in state["pushes"].values()}
        assert told == dict.fromkeys(["before", "full-0", "full-1", "full-2"], "done")


class Slow(threading.Thread):
    """Strangers who each send one byte now and then: half of them never end their headers, half never their body."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.open: list[socket.socket] = []
        self.over = threading.Event()

    def run(self) -> None:
        for number in range(SLOW):
            with suppress(OSError):
                one = socket.create_connection(("127.0.0.1", self.port), 5)
                head = b"POST /account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                body = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nlogin="
                one.sendall(head + (body if number % 2 else b"X-Slow: "))
                self.open.append(one)
        while not self.over.wait(1.0):
            for one in self.open:
                with suppress(OSError):
                    one.sendall(b"a")
        for one in self.open:
            one.close()


def test_two_hundred_slow_strangers_keep_nobody_waiting(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as where:
        where.start_web()
        assert answer(where, "/account/login/").status == 200
        strangers = Slow(where.port)
        strangers.start()
        until = time.monotonic() + PATIENCE_S
        while len(strangers.open) < SLOW and time.monotonic() < until:
            time.sleep(0.1)
        assert len(strangers.open) == SLOW, "they all got in"
        good, end = 0, time.monotonic() + SLOW_S
        while good < 20 or time.monotonic() < end:
            assert answer(where, ("/account/login/", "/health/live")[good % 2], timeout=30).status == 200
            good += 1
        strangers.over.set()
        strangers.join(30)
        print(f"{good} good requests were answered beside {SLOW} slow ones")


def test_a_database_locked_by_another_process_is_told_and_waited_for(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as where:
        where.start_web()
        assert push(where, "before").status == 202
        processes = served_by(where)
        other = sqlite3.connect(where.folder / "otklik.sqlite3", isolation_level=None, timeout=60)
        other.execute("begin exclusive")
        try:
            refused = push(where, "locked", timeout=120)
            assert (refused.status, bool(refused.headers["Retry-After"])) == (503, True)
            assert answer(where, "/account/login/").status == 200, "who only reads goes on"
        finally:
            other.execute("rollback")
            other.close()
        assert push(where, "locked").status == 202
        assert served_by(where) == processes, "no process has ended"


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with own_postgres() as found:
        yield found


_PUSHES = """
import json, sys
from pathlib import Path
from otklik.web.serve import set_up
set_up(Path(sys.argv[1]))
from otklik.actions.keep_log import describe_log
from otklik.web.api.models import Push
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.models import Job
left = Job.objects.filter(kind="import-push", state__in=["queued", "running"]).count()  # before the rest
log = DataFolder.from_environment().log
names = [n for r in (describe_log(log)[1] if log.exists() else ()) for s in r.sources for n in s.files]
print(json.dumps({
    "whole": "ok", "broken": [], "imports": [name for name in names if name.startswith("push ")],
    "pushes": {push.number: [push.key, push.state, push.path.exists()] for push in Push.objects.all()},
    "open": left,
}))
"""


def test_a_database_that_restarts_loses_and_doubles_nothing(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.faults import test_push_kill
    from tests.faults.test_push_kill import check_whole

    monkeypatch.setenv("DATABASE_URL", postgres.url)
    monkeypatch.setattr(test_push_kill, "_ROWS", _PUSHES)
    with installation(tmp_path / "data") as where:
        where.start_web()
        where.start_worker()
        processes, worker = served_by(where), where.worker
        feeds = [Feed(where, name) for name in "ab"]
        for feed in feeds:
            feed.start()
        for how in ("fast", "immediate", "fast"):
            wait_for_one_more(feeds)
            postgres.restart(how)
        wait_for_one_more(feeds)
        for feed in feeds:
            feed.over.set()
            feed.join(60)
        acknowledged = {key: number for feed in feeds for key, number in feed.acknowledged.items()}
        state = drained(where)
        assert {status for feed in feeds for status in feed.answers} <= {202, 503}
        assert len(acknowledged) >= 4, "it was really under load"
        check_whole(where, acknowledged, state)
        assert served_by(where) == processes, "no process has ended"
        assert worker is not None and worker.poll() is None, "the worker has waited"
