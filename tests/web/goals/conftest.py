"""A cycle with goals at every level, for the tests of goals."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, Grade, Health, KeyResult, Objective
from otklik.web.goals.stages import go_on

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
                objective=made, position=n, title=f"Share answered within 15 minutes from 48% to {80 + n}% ({title})",
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
