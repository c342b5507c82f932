"""A company in which every text a stranger can choose is a piece of code."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.store import ServiceStore
from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, Team, User
from otklik.web.data_folder import DataFolder

MARK = "xsscanary"
PAYLOADS = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f"</title><script>{MARK}()</script>",
    f"javascript:{MARK}()//<a href=javascript:{MARK}()>",
    f"{{{{ 7*7 }}}}{MARK}{{% include '/etc/passwd' %}}${{7*7}}",
    f"--><iframe srcdoc='<script>{MARK}()</script>'>",
    f'<math><style><!--</style><img title="--><img src=x onerror={MARK}()>">',
)


def _rows() -> Iterator[dict[str, Any]]:
    begin = datetime(2026, 3, 2, 9, tzinfo=UTC)
    for number in range(48):
        text = PAYLOADS[number % len(PAYLOADS)]
        about: dict[str, Any] = {"request": f"R{number}{text}" if number < 8 else f"R{number}"}
        at = begin + timedelta(hours=number)
        yield {
            **about, "at": at.isoformat(), "kind": "created", "by": "customer", "subject": text, "channel": text,
            "category": text, "priority": text, "segment": text, "customer": text, "actor": text, "team": text,
            "assignee": text,
        }  # fmt: skip
        reply = {"by": "agent", "actor": text, "team": text, "assignee": text, "public": True}
        yield {**about, **reply, "at": (at + timedelta(minutes=30)).isoformat(), "kind": "message"}
        if number % 3:
            done = {"status": "resolved", "by": "agent", "actor": text}
            yield {**about, **done, "at": (at + timedelta(hours=2)).isoformat(), "kind": "status"}


@pytest.fixture(scope="session")
def hostile_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A measured log full of code."""
    folder = tmp_path_factory.mktemp("hostile")
    body = folder / "body"
    body.write_text("\n".join(json.dumps(row) for row in _rows()), "utf-8")
    store = ServiceStore(folder / "log")
    record = store.import_log(read_push(Push(f"push {PAYLOADS[1]}", body, "ndjson", f"desk {PAYLOADS[0]}")))
    assert record.requests_added == 48, record
    refresh_facts(store, Yardstick(None, time_zone="Europe/Moscow"))
    return folder / "log"


@pytest.fixture
def hostile(hostile_log: Path, data_folder: DataFolder, person: Callable[..., User]) -> User:
    """The owner of a company in which everything has a name that is code."""
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(hostile_log)
    owner = person(Role.OWNER, PAYLOADS[0])
    User.objects.filter(pk=owner.pk).update(name=PAYLOADS[1])
    Team.objects.create(name=PAYLOADS[2])
    ApiToken.make(owner, PAYLOADS[3], [Scope.READ])
    return owner


@pytest.fixture
def inside(hostile: User) -> Client:
    """The owner's browser."""
    client = Client(HTTP_USER_AGENT=PAYLOADS[4])
    client.force_login(hostile)
    return client
