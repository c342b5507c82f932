"""The description of the interface holds: whatever is sent, the answers are those that it promises."""

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from schemathesis import checks

from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.store import ServiceStore
from otklik.web.accounts.models import Scope
from otklik.web.api.interface import api
from otklik.web.data_folder import DataFolder
from otklik.web.wsgi import application

EXAMPLES = 12
OUR_CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.unsupported_method, checks.ignored_auth,
]  # fmt: skip


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context: Any, value: Any) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else str(value).encode()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A measured log of a few requests: what is tested here is the form of answers."""
    folder = tmp_path_factory.mktemp("tiny")
    rows = [
        {"request": f"R{n}", "at": f"2026-03-0{n + 1}T{hour}:00:00Z", "kind": kind, "by": by, "public": True}
        for n in range(5)
        for hour, kind, by in (("09", "created", "customer"), ("09", "message", "customer"), ("10", "message", "agent"))
    ]
    body = folder / "body"
    body.write_text("\n".join(json.dumps(row) for row in rows[:-1]), "utf-8")
    store = ServiceStore(folder / "log")
    store.import_log(read_push(Push("body", body, "ndjson", "feed")))
    refresh_facts(store, Yardstick())
    return folder / "log"


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests of a test share its connection, as those of Django's own test client do."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def bearer(
    one_connection: None,
    tiny: Path,
    data_folder: DataFolder,
    token: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str]:
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(tiny)
    monkeypatch.setattr(settings, "READS_A_MINUTE", 1_000_000)
    monkeypatch.setattr(settings, "PUSHES_A_MINUTE", 1_000_000)
    return {"Authorization": f"Bearer {token(Scope.READ, Scope.PUSH)}", "Accept-Encoding": "identity"}


import_module("otklik.web.urls")  # where everything is mounted
schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application
schema.config.generation.update(deterministic=True, max_examples=EXAMPLES)
schema.config.phases.coverage.enabled = False


@schema.parametrize()
@hypothesis(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
def test_answers_are_as_described(case: Any, bearer: dict[str, str]) -> None:
    answer = case.call_and_validate(headers=bearer, checks=OUR_CHECKS)
    assert answer.status_code < 500


def test_the_description_is_whole(client: Client, db: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    for path, methods in told["paths"].items():
        for operation in methods.values():
            statuses = set(operation["responses"])
            assert {"401", "403", "429", "503"} <= statuses, path
            assert operation["security"] == [{"Bearer": []}]
            assert operation["summary"]
    assert {"400", "409", "411", "413", "415", "422"} <= set(told["paths"]["/api/v1/events"]["post"]["responses"])
    assert {"404"} <= set(told["paths"]["/api/v1/pushes/{push_id}"]["get"]["responses"])
    assert client.get("/api/v1/docs").status_code == 404
