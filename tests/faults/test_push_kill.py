"""kill -9 of web and worker under pushes: every 2xx is in the database and comes into the log, and nothing twice.

The short form kills about twenty times; OTKLIK_KILLS=100 makes it the long one.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

KILLS = int(os.environ.get("OTKLIK_KILLS", "12"))
WEB_POINTS = ("push-before-file", "push-after-file", "push-before-commit", "push-after-commit")
WORK_POINTS = (
    "job-claimed", "store-before-commit", "store-after-commit", "push-before-account", "push-before-unlink",
    "job-before-end",
)  # fmt: skip
PAUSE_S = (0.0, 0.3)
PATIENCE_S = 90.0
pytestmark = pytest.mark.slow

_TOKEN = """
from otklik.web.serve import prepare
from pathlib import Path
import sys
prepare(Path(sys.argv[1]))
from otklik.web.accounts.models import ApiToken, Scope
from otklik.web.accounts.owners import first_owner
owner = first_owner("owner@example.org", "correct horse battery")
print(ApiToken.make(owner, "feed", [Scope.PUSH])[1])
"""
_ROWS = """
from otklik.web.serve import set_up
from pathlib import Path
import json, sys
set_up(Path(sys.argv[1]))
from django.db import connection
from otklik.actions.keep_log import describe_log
from otklik.web.api.models import Push
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.models import Job
with connection.cursor() as cursor:
    cursor.execute("pragma integrity_check")
    whole = cursor.fetchone()[0]
    cursor.execute("pragma foreign_key_check")
    broken = cursor.fetchall()
left = Job.objects.filter(kind="import-push", state__in=["queued", "running"]).count()  # before the rest
pushes = {push.number: [push.key, push.state, push.path.exists()] for push in Push.objects.all()}
log = DataFolder.from_environment().log
imports = describe_log(log)[1] if log.exists() else ()
print(json.dumps({
    "whole": whole, "broken": broken, "pushes": pushes,
    "imports": [name for record in imports for one in record.sources for name in one.files if name.startswith("push ")],
    "open": left,
}))
"""


class Installation:
    """A data folder with a web process and a worker of its own that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = self._run(_TOKEN).strip()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def environment(self, crash_at: str = "") -> dict[str, str]:
        told = {
            **os.environ, "OTKLIK_DATA": str(self.folder), "OTKLIK_URL": f"http://127.0.0.1:{self.port}",
            "OTKLIK_PUSHES_A_MINUTE": "1000000", "OTKLIK_CRASH_AT": crash_at,
        }  # fmt: skip
        told.pop("DJANGO_SETTINGS_MODULE", None)
        return told

    def _run(self, script: str) -> str:
        environment = {**os.environ, "OTKLIK_DATA": str(self.folder), "OTKLIK_CRASH_AT": ""}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(
            [sys.executable, "-c", script, str(self.folder)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def look(self) -> dict:
        return json.loads(self._run(_ROWS).strip().splitlines()[-1])

    def _start(self, *command: str, crash_at: str) -> subprocess.Popen[bytes]:
        environment = self.environment(crash_at)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        return subprocess.Popen(
            [sys.executable, "-m", "otklik", *command], env=environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start_web(self, crash_at: str = "") -> None:
        self.web = self._start(
            "serve", "--no-worker", "--data", str(self.folder), "--port", str(self.port), crash_at=crash_at
        )
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError("the web process does not come up")

    def start_worker(self, crash_at: str = "") -> None:
        self.worker = self._start("worker", "--data", str(self.folder), crash_at=crash_at)

    @staticmethod
    def kill(process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    made = Installation(folder)
    try:
        yield made
    finally:
        made.kill(made.web)
        made.kill(made.worker)


def body_of(request: str) -> bytes:
    row = {"request": request, "at": "2026-03-02T09:00:00Z", "kind": "created", "by": "customer"}
    return json.dumps(row).encode()


class Feed(threading.Thread):
    """A program that sends one body after another, each until it is acknowledged, and notes what it was told."""

    def __init__(self, where: Installation, name: str) -> None:
        super().__init__(daemon=True)
        self.where, self.name_ = where, name
        self.acknowledged: dict[str, str] = {}
        self.answers: list[int] = []
        self.over = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.over.is_set():
            key = f"{self.name_}-{number}"
            found = self.send(key, body_of(key))
            if found is not None:
                self.acknowledged[key] = found
                number += 1
            else:
                time.sleep(0.02)

    def send(self, key: str, body: bytes) -> str | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.where.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.where.token}", "Content-Type": "application/x-ndjson"}
        headers["Idempotency-Key"] = key
        try:
            connection.request("POST", "/api/v1/events?source=feed", body, headers)
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        self.answers.append(answer.status)
        return json.loads(told)["id"] if answer.status == 202 else None


def wait_for_one_more(feeds: list[Feed]) -> None:
    """Wait until somebody was served since now, however slow the machine."""
    before = sum(len(feed.acknowledged) for feed in feeds)
    until = time.monotonic() + PATIENCE_S
    while sum(len(feed.acknowledged) for feed in feeds) <= before:
        assert time.monotonic() < until, "nobody is served any more"
        time.sleep(0.01)


def drained(where: Installation) -> dict:
    """Let the worker finish, and look at everything."""
    until = time.monotonic() + PATIENCE_S + 70  # a lease of a killed worker ends by itself after a minute
    while time.monotonic() < until:
        state = where.look()
        if not state["open"]:
            return state
        time.sleep(1)
    raise AssertionError(f"work is left over: {state}")


def check_whole(where: Installation, acknowledged: dict[str, str], state: dict) -> None:
    """Every acknowledged body is in the database and in the log, each once."""
    assert (state["whole"], state["broken"]) == ("ok", [])
    keys = [key for key, _, _ in state["pushes"].values()]
    assert len(keys) == len(set(keys)), "one row for each key"
    assert {key: state["pushes"].get(number, [None])[0] for key, number in acknowledged.items()} == {
        key: key for key in acknowledged
    }, "what was acknowledged is there under its number"
    assert {told for _, told, _ in state["pushes"].values()} <= {"done"}
    imported = state["imports"]
    assert len(imported) == len(set(imported)), "none is imported twice"
    assert set(imported) == {f"push {number}" for number in state["pushes"]}


def test_kill_at_random_while_programs_push(tmp_path: Path) -> None:
    chance = random.Random(20260302)
    with installation(tmp_path / "data") as where:
        where.start_web()
        where.start_worker()
        feeds = [Feed(where, name) for name in "ab"]
        for feed in feeds:
            feed.start()
        for number in range(KILLS):
            wait_for_one_more(feeds)
            time.sleep(chance.uniform(*PAUSE_S))
            where.kill(where.web)
            where.start_web()
            if number % 3 == 0:
                where.kill(where.worker)
                where.start_worker()
        for feed in feeds:
            feed.over.set()
            feed.join(60)
        acknowledged = {key: number for feed in feeds for key, number in feed.acknowledged.items()}
        state = drained(where)
        print(f"{KILLS} kills, {len(acknowledged)} acknowledged, {len(state['pushes'])} kept")
        assert len(acknowledged) >= KILLS, "it was really under load"
        assert {status for feed in feeds for status in feed.answers} <= {202, 503}
        check_whole(where, acknowledged, state)


def test_kill_of_the_web_at_each_named_point(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as where:
        feed = Feed(where, "a")
        for point in WEB_POINTS:
            where.start_web(crash_at=point)
            assert feed.send(point, body_of(point)) is None, "nothing is acknowledged"
            where.kill(where.web)
        before = {key: number for number, (key, _, _) in where.look()["pushes"].items()}
        assert set(before) == {"push-after-commit"}
        where.start_web()
        acknowledged = {point: feed.send(point, body_of(point)) or "" for point in WEB_POINTS}
        assert acknowledged["push-after-commit"] == before["push-after-commit"], "the lost answer is given again"
        where.start_worker()
        check_whole(where, acknowledged, drained(where))


def test_kill_of_the_worker_at_each_named_point(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as where:
        where.start_web()
        acknowledged = {}
        for point in WORK_POINTS:
            acknowledged[point] = Feed(where, "a").send(point, body_of(point)) or ""
            where.start_worker(crash_at=point)
            assert where.worker is not None
            where.worker.wait(PATIENCE_S)
            assert where.worker.returncode == -signal.SIGKILL, f"{point} was passed"
        where.start_worker()
        state = drained(where)
        assert len(state["imports"]) == len(WORK_POINTS)
        check_whole(where, acknowledged, state)
