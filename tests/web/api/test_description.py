"""The description of the interface holds: whatever is sent, the answers are those that it promises."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from schemathesis import checks

from otklik.store import ServiceStore
from otklik.web.accounts.models import Scope
from otklik.web.wsgi import application

EXAMPLES = 12
OUR_CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.unsupported_method, checks.ignored_auth,
]  # fmt: skip


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context: Any, value: Any) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else str(value).encode()


@pytest.fixture
def described(measured: ServiceStore, db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(settings, "READS_A_MINUTE", 1_000_000)
    monkeypatch.setattr(settings, "PUSHES_A_MINUTE", 1_000_000)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@hypothesis(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
def test_answers_are_as_described(case: Any, token: Callable[..., str]) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token(Scope.READ, Scope.PUSH)}"}, checks=OUR_CHECKS)


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
