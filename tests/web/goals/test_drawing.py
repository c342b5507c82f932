"""The picture of a bound key result: kept beside its newest number, shown on the page of its goal."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals import measuring
from otklik.web.goals.models import Cycle, KeyResult, Measured, Objective
from otklik.web.goals.stages import go_on

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}


@pytest.fixture
def bound(cycle: Cycle, goal: Callable[..., Objective], boss: User, measured_log: Path, time_machine: Any) -> KeyResult:
    """A key result bound to the log, measured in its fifth week."""
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    goal()
    KeyResult.objects.update(source=SHARE, baseline=0.5, target=0.9, title="Answered within 5 minutes from 50% to 90%")
    go_on(cycle, "active", boss)
    assert measuring.measure() == 1
    return KeyResult.objects.get()


def page(user: User, row: KeyResult) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("objective", args=[row.objective_id])).content.decode()


def test_the_goal_shows_its_weeks_and_the_fan(bound: KeyResult, boss: User) -> None:
    shown = page(boss, bound)
    (label,) = re.findall(r'role="img" aria-label="([^"]+)"', shown)
    said = re.fullmatch(
        r"If things go on as they do: (\d+)% by 31 December 2026, target 90%\..+", label.replace("\xa0", " ")
    )
    assert said is not None and 60 <= int(said[1]) <= 75, label
    assert "The numbers" in shown and "foretold" in shown
    assert "<style" not in shown.split("<main")[1], "the page forbids styles of its own"


def test_of_a_key_result_that_is_another_now_nothing_old_is_drawn(bound: KeyResult, boss: User) -> None:
    KeyResult.objects.update(target=0.8)
    assert 'role="img"' not in page(boss, bound)


def test_only_the_newest_number_keeps_the_weeks_and_nobody_is_in_them(
    bound: KeyResult, boss: User, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False)
    measuring.measure()
    newest, before = Measured.objects.filter(key_result=bound)
    assert "curve" in newest.reading and "curve" not in before.reading
    assert before.reading["number"]["value"] == pytest.approx(0.7)
    assert newest.reading["curve"]["key_result"]["owners"] == []
    assert 'role="img"' in page(boss, bound)
