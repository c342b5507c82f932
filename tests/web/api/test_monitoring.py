"""Health and metrics: enough for those who watch, nothing for strangers."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from otklik.web import serve
from otklik.web.accounts.models import Scope
from otklik.web.api import monitoring
from otklik.web.api.models import Bucket
from otklik.web.jobs.models import LEASE, Job, Tick
from otklik.web.jobs.worker import Worker
from otklik.web.serve import COUNTED, let_them_count_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker_lives(db: Any) -> None:
    Tick.objects.create(name="x", last_at=timezone.now())


def test_a_process_that_answers_lives(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert client.post("/health/live").status_code == 405


@pytest.mark.usefixtures("worker_lives")
def test_ready_when_everything_is_there(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_a_silent_worker_is_told_and_one_with_long_work_is_not_silent(client: Client) -> None:
    Tick.objects.create(name="x", last_at=timezone.now() - timedelta(minutes=2))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "not-ready"}), "no details to strangers"
    Job.objects.create(kind="x", state=Job.RUNNING, lease_until=timezone.now() + LEASE)
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db(transaction=True)  # a worker begins each round with a fresh connection
def test_a_worker_gives_the_sign_by_itself(client: Client) -> None:
    worker = Worker()
    worker.stop.set()
    assert client.get("/health/ready").status_code == 503
    worker.stop.clear()
    worker.stop.wait = lambda _=None: worker.stop.set()  # type: ignore[assignment,method-assign,func-returns-value]
    worker.run()
    assert client.get("/health/ready").status_code == 200


@pytest.mark.usefixtures("worker_lives")
def test_a_database_that_is_away_makes_not_ready(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(monitoring.connection, "cursor", lambda: (_ for _ in ()).throw(OperationalError("gone")))
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200


@pytest.mark.usefixtures("worker_lives")
def test_a_folder_that_cannot_be_written_makes_not_ready(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(monitoring.os, "access", lambda *_: False)
    assert client.get("/health/ready").status_code == 503


@pytest.mark.usefixtures("worker_lives")
def test_details_are_told_to_a_token(program: Callable[..., Client]) -> None:
    told = program(Scope.READ).get("/health/ready").json()
    assert told == {"status": "ready", "database": True, "folder": True, "worker": True}


def test_metrics_need_a_token_with_a_scope(client: Client, owner: Client, program: Callable[..., Client]) -> None:
    assert client.get("/metrics").status_code == 401
    assert owner.get("/metrics").status_code == 401, "a session is no token"
    assert program(Scope.PUSH).get("/metrics").status_code == 403
    assert program(Scope.READ).get("/metrics").status_code == 200
    assert program(Scope.ADMIN_READ).get("/metrics").status_code == 200


def test_this_machine_may_look_where_the_owner_says_so(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "METRICS_ON_LOOPBACK", True)
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 401
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 401


def test_metrics_tell_what_is_there(program: Callable[..., Client]) -> None:
    Job.objects.create(kind="import-push", run_at=timezone.now() - timedelta(seconds=30))
    text = program(Scope.READ).get("/metrics").content.decode()
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["otklik_jobs", "import-push", "queued"] == 1
    assert 29 <= found["otklik_oldest_job_seconds",] < 300
    assert found["otklik_worker_alive",] == 0
    assert found["otklik_ready",] == 0
    assert any(name[0] == "otklik_info" for name in found)


def test_metrics_when_the_database_is_away_refuse(program: Callable[..., Client], monkeypatch: Any) -> None:
    from otklik.web.accounts.models import ApiToken

    client = program(Scope.READ)
    monkeypatch.setattr(ApiToken, "by_secret", lambda *_: (_ for _ in ()).throw(OperationalError("gone")))
    assert client.get("/metrics").status_code == 503


def test_the_table_health_asks_is_ours() -> None:
    assert Bucket._meta.db_table == "api_bucket"


def seconds_counted(client: Client, page: str) -> dict[tuple[str, str], float]:
    """How many answers of a page were timed, by method and kind of answer."""
    body, _ = monitoring.exposition()
    found = {}
    for family in text_string_to_metric_families(body.decode()):
        for sample in family.samples:
            if sample.name == "otklik_http_request_seconds_count" and sample.labels["page"] == page:
                found[(sample.labels["method"], sample.labels["answer"])] = sample.value
    return found


def test_answers_are_timed_by_page_method_and_kind_and_name_nobody(client: Client) -> None:
    before = seconds_counted(client, "health_live")
    for ask in (client.get, client.get, client.post):
        ask("/health/live")
    after = seconds_counted(client, "health_live")
    assert after[("GET", "2xx")] - before.get(("GET", "2xx"), 0) == 2
    assert after[("POST", "4xx")] - before.get(("POST", "4xx"), 0) == 1
    client.get("/nowhere/secret-name")
    client.generic("BREW", "/nowhere/secret-name")
    body = monitoring.exposition()[0].decode()
    assert 'page="other"' in body
    assert "secret-name" not in body and "BREW" not in body


def test_the_processes_of_one_server_count_together(tmp_path: Path) -> None:
    """Two processes time an answer each; a third, which answered none, tells of both."""
    code = (
        "import sys; from otklik.web.serve import set_up; from pathlib import Path; set_up(Path(sys.argv[1]))\n"
        "from django.test import RequestFactory; from django.http import HttpResponse\n"
        "from otklik.web.api.request_metrics import Timed, register_with\n"
        "from prometheus_client import CollectorRegistry, generate_latest\n"
        "if sys.argv[2] == 'answer':\n"
        "    request = RequestFactory().get('/'); request.resolver_match = None\n"
        "    Timed(lambda _: HttpResponse())(request)\n"
        "else:\n"
        "    registry = CollectorRegistry(); register_with(registry); print(generate_latest(registry).decode())\n"
    )
    (tmp_path / "counted").mkdir()
    known = {**os.environ, COUNTED: str(tmp_path / "counted"), "DJANGO_SETTINGS_MODULE": "otklik.web.settings"}
    told = ""
    for what in ("answer", "answer", "tell"):
        command = [sys.executable, "-c", code, str(tmp_path / "data"), what]
        told = subprocess.run(command, env=known, check=True, capture_output=True, text=True).stdout
    assert 'otklik_http_request_seconds_count{answer="2xx",method="GET",page="other"} 2.0' in told


def test_counts_lie_in_memory_and_not_on_a_disk_that_can_be_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(COUNTED, raising=False)
    monkeypatch.setattr(serve, "MEMORY", tmp_path)
    monkeypatch.setattr(os, "environ", {**os.environ})
    place = let_them_count_together(tmp_path / "data")
    assert place is not None and place.parent == tmp_path and place.stat().st_mode & 0o077 == 0
    assert os.environ[COUNTED] == str(place)
    assert let_them_count_together(tmp_path / "data") is None, "whoever starts us may choose a place"
    del os.environ[COUNTED]
    monkeypatch.setattr(serve, "MEMORY", tmp_path / "nowhere")
    assert let_them_count_together(tmp_path / "data") is None
    assert COUNTED not in os.environ
