"""A key result of a draft is tried on the past before anybody promises it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import looking
from otklik.web.goals.models import Cycle, KeyResult, Look, Objective
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 14}


@pytest.fixture
def bound(cycle: Cycle, goal: Callable[..., Objective], time_machine: Any) -> KeyResult:
    """A month to come, of which the log knows two before."""
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    cycle.start, cycle.end = date(2026, 11, 2), date(2026, 11, 29)
    cycle.save()
    goal()
    KeyResult.objects.update(source=SHARE, baseline=0.5, target=0.65)
    return KeyResult.objects.get()


def page(user: User, row: KeyResult) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("key_result_past", args=[row.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_tried_in_the_background_and_the_page_says_what_came_of_it(
    bound: KeyResult, measured_log: Path, boss: User
) -> None:
    client = Client()
    client.force_login(boss)
    at = reverse("key_result_past", args=[bound.pk])
    for name, number in (("objective", bound.objective_id), ("key_result_edit", bound.pk)):
        assert at in client.get(reverse(name, args=[number])).content.decode()
    assert "On the past" not in page(boss, bound)
    client.post(at)
    client.post(at)
    assert Job.objects.filter(kind=looking.TRY).count() == 1
    assert "Waiting for its turn" in page(boss, bound)
    assert Worker().one()
    shown = page(boss, bound)
    assert "Reached in 3 of 3 cycles." in shown, shown
    assert shown.count(", reached</li>") == 3


def test_what_was_tried_does_not_hold_for_another_target(bound: KeyResult, measured_log: Path, boss: User) -> None:
    assert looking.try_on_the_past(bound.pk)
    found = looking.tried(bound)
    assert found is not None and found.reached == len(found.past) == 3
    bound.target = 0.75
    bound.save()
    assert looking.tried(bound) is None
    assert "On the past" not in page(boss, bound)
    looking.try_on_the_past(bound.pk)
    again = looking.tried(bound)
    assert again is not None and again.reached == 0


def test_what_people_type_has_no_past(bound: KeyResult, measured_log: Path, boss: User) -> None:
    KeyResult.objects.update(source={"how": "manual"})
    row = KeyResult.objects.get()
    assert not looking.try_on_the_past(row.pk)
    assert "has no past to be tried on" in page(boss, row)
    client = Client()
    client.force_login(boss)
    client.post(reverse("key_result_past", args=[row.pk]))
    assert not Job.objects.exists() and not Look.objects.exists()


def test_whoever_may_not_change_the_goal_only_looks(
    bound: KeyResult, measured_log: Path, person: Callable[..., User]
) -> None:
    looking.try_on_the_past(bound.pk)
    reader = person(Role.MEMBER)
    shown = page(reader, bound)
    assert "On the past" in shown and "Try it again" not in shown
    client = Client()
    client.force_login(reader)
    assert client.post(reverse("key_result_past", args=[bound.pk])).status_code == 422
    assert not Job.objects.exists()


def test_of_a_key_result_that_is_gone_nothing_is_tried(cycle: Cycle) -> None:
    assert looking.try_on_the_past(4711) is False
