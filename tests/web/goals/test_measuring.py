"""What goals are bound to is measured from the log, once a day, and the page shows it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals import measuring
from otklik.web.goals.models import Cycle, Health, KeyResult, Measured, Objective
from otklik.web.goals.stages import go_on
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def bound(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> KeyResult:
    """A goal bound to the log, running."""
    made = goal()
    KeyResult.objects.update(source=SHARE, baseline=0.5, target=0.9, title="Answered within 5 minutes from 50% to 90%")
    Health.objects.create(objective=made, title="Silent", source={**SHARE, "within_s": 60}, unit="share", low=0.1)
    go_on(cycle, "active", boss)
    return KeyResult.objects.get()


def test_a_bound_number_is_measured_and_graded(bound: KeyResult, measured_log: Path, boss: User) -> None:
    assert measuring.measure() == 2
    found = Measured.objects.get(key_result=bound)
    assert found.reading["number"]["value"] == pytest.approx(0.7)
    assert found.weeks[0] == pytest.approx(0.7)
    client = Client()
    client.force_login(boss)
    page = client.get(reverse("objective", args=[bound.objective_id])).content.decode()
    assert "70\xa0%" in page and "0.50" in page
    assert "Broken:" in page, "nobody was answered within a minute"
    assert "It takes " in page or "Out of reach" in page or "Reached already" in page


def test_measured_twice_a_day_it_is_kept_once(bound: KeyResult, measured_log: Path) -> None:
    measuring.measure()
    measuring.measure()
    assert Measured.objects.filter(key_result=bound).count() == 1


def test_the_worker_measures_where_something_is_bound_to_the_log(bound: KeyResult, measured_log: Path) -> None:
    measuring.ask()
    measuring.ask()
    assert Job.objects.filter(kind=measuring.WORK).count() == 1
    assert Worker().one()
    assert Job.objects.get(kind=measuring.WORK).result == {"kept": 2}


def test_nothing_is_asked_without_a_log_or_a_bound_number(running: Cycle) -> None:
    measuring.ask()
    assert not Job.objects.exists()


def test_a_closed_cycle_is_left_alone(bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User) -> None:
    from otklik.web.goals.models import Grade

    go_on(cycle, "closing", boss)
    Grade.objects.create(key_result=bound, grade=0.5)
    go_on(cycle, "closed", boss)
    assert measuring.measure() == 0
    assert not Measured.objects.exists()


def test_a_start_that_nobody_typed_is_what_was_measured_before(
    bound: KeyResult, measured_log: Path, boss: User
) -> None:
    KeyResult.objects.update(baseline=None)
    measuring.measure()
    client = Client()
    client.force_login(boss)
    page = client.get(reverse("objective", args=[bound.objective_id])).content.decode()
    assert "no start to count the way from" not in page
