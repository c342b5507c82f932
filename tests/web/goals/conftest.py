"""A cycle with goals at every level, for the tests of goals."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.store import ServiceStore
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.data_folder import DataFolder
from otklik.web.goals.models import Cycle, Grade, Health, KeyResult, Objective
from otklik.web.goals.stages import go_on

DONE = ("answered", "settled", "praised", "read")
REASON = "every third cancelled order waited over an hour in silence"


@pytest.fixture
def boss(person: Callable[..., User]) -> User:
    return person(Role.OWNER)


@pytest.fixture
def cycle(boss: User) -> Cycle:
    """A quarter, not yet begun."""
    return Cycle.objects.create(title="Q4", start=date(2026, 10, 1), end=date(2026, 12, 31), made_by=boss)


@pytest.fixture
def goal(cycle: Cycle, boss: User) -> Callable[..., Objective]:
    """Make a goal; with key results unless told not to."""

    def make(title: str = "No customer feels forgotten", *, key_results: int = 1, **facts: Any) -> Objective:
        given = {
            "why": REASON,
            "level": "team",
            "team": "Support",
            "commitment": "aspirational",
            "owner": boss,
            **facts,
        }
        made = Objective.objects.create(cycle=cycle, title=title, **given)
        for n in range(key_results):
            KeyResult.objects.create(
                objective=made, position=n, title=f"Share {DONE[n]} within 15 minutes from 48% to {80 + n}% ({title})",
                unit="share", baseline=0.48, target=0.8 + n / 100, owner=boss,
            )  # fmt: skip
        return made

    return make


@pytest.fixture
def objective(goal: Callable[..., Objective]) -> Objective:
    """A goal of the team Support with one key result and one health number."""
    made = goal()
    Health.objects.create(objective=made, title="Reopened within 7 days", unit="share", high=0.06)
    return made


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    return objective.key_results.get()


@pytest.fixture
def running(cycle: Cycle, objective: Objective, boss: User) -> Cycle:
    """The cycle, begun."""
    go_on(cycle, "active", boss)
    return cycle


@pytest.fixture
def closed(running: Cycle, boss: User) -> Cycle:
    """The cycle, graded and closed for good."""
    go_on(running, "closing", boss)
    for row in KeyResult.objects.filter(objective__cycle=running):
        Grade.objects.create(key_result=row, grade=0.7)
    go_on(running, "closed", boss)
    return running


@pytest.fixture(scope="session")
def kept_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of requests, ten a day, seven of them answered within five minutes; measured."""
    folder = tmp_path_factory.mktemp("goals")
    body = folder / "body"
    body.write_text("\n".join(json.dumps(row) for row in _requests()), "utf-8")
    store = ServiceStore(folder / "log")
    store.import_log(read_push(Push("body", body, "ndjson", "desk", as_of=datetime(2026, 11, 2, tzinfo=UTC))))
    refresh_facts(store, Yardstick())
    return folder / "log"


def _requests() -> Iterator[dict[str, Any]]:
    for day in range(90):
        for n in range(10):
            at = datetime(2026, 8, 3, 9, tzinfo=UTC) + timedelta(days=day, minutes=7 * n)
            about = {"request": f"R{day}-{n}", "channel": "chat"}
            yield {**about, "at": at.isoformat(), "kind": "created", "by": "customer"}
            yield {**about, "at": at.isoformat(), "kind": "message", "by": "customer", "public": True}
            late = at + (timedelta(minutes=3) if n < 7 else timedelta(hours=2))
            yield {**about, "at": late.isoformat(), "kind": "message", "by": "agent", "actor": "Anna", "public": True}


@pytest.fixture
def measured_log(kept_log: Path, data_folder: DataFolder) -> Path:
    """The data folder holds that log."""
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(kept_log)
    return kept_log
