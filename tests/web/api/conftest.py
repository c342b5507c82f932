"""Programs with tokens."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.scenarios import simulate_company
from otklik.store import ServiceStore
from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, User
from otklik.web.data_folder import DataFolder
from otklik.web.jobs.worker import Worker


@pytest.fixture
def token(person: Callable[..., User]) -> Callable[..., str]:
    """The text of a new token of a person of that role."""

    def make(*scopes: Scope, role: Role = Role.OWNER, name: str = "Shop desk") -> str:
        owner = User.objects.filter(email=f"{role.value}@example.org").first() or person(role)
        return ApiToken.make(owner, name, scopes)[1]

    return make


@pytest.fixture
def program(token: Callable[..., str]) -> Callable[..., Client]:
    """A program that shows its token with every call."""

    def make(*scopes: Scope, **more: Any) -> Client:
        return Client(headers={"authorization": f"Bearer {token(*scopes, **more)}"})

    return make


@pytest.fixture
def work(db: Any) -> Callable[[], int]:
    """Do all the work that is due; return how many pieces."""
    worker = Worker()

    def do() -> int:
        done = 0
        while worker.one():
            done += 1
        return done

    return do


def _waiting(now: datetime) -> Iterator[dict[str, Any]]:
    """Two who still wait for an answer, of different teams."""
    for number, team in enumerate(("First line", "Orders")):
        about = {"request": f"W{number}", "at": (now - timedelta(hours=number + 1)).isoformat(), "by": "customer"}
        yield {**about, "kind": "created", "subject": "Where is my cup?", "channel": "email", "customer": "Anna"}
        yield {**about, "kind": "message", "public": True, "team": team, "assignee": "Boris", "actor": "Anna"}


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The measured log of a small simulated company."""
    folder = tmp_path_factory.mktemp("api")
    file, _ = simulate_company(400, 7).write(folder)
    store = ServiceStore(folder / "log")
    record = store.import_log(import_log(Records((str(file),), time_zone="Europe/Moscow")))
    waiting = folder / "waiting"
    waiting.write_text("\n".join(json.dumps(row) for row in _waiting(record.sources[0].horizon)), "utf-8")
    store.import_log(read_push(Push("waiting", waiting, "ndjson", "feed", as_of=record.sources[0].horizon)))
    refresh_facts(store, Yardstick())
    return folder / "log"


@pytest.fixture
def measured(simulated: Path, data_folder: DataFolder) -> ServiceStore:
    """The data folder holds that log."""
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(simulated)
    return ServiceStore(simulated)
