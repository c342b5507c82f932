"""What a vague goal would have said of the same days stands beside what the goal says."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, KeyResult

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 14}


@pytest.fixture
def bound(key_result: KeyResult, cycle: Cycle, time_machine: Any) -> KeyResult:
    """Nine of ten shall hear within an hour and a half; seven do, the others wait two hours."""
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    key_result.source, key_result.target, key_result.due = SHARE | {"within_s": 5400}, 0.9, date(2026, 12, 31)
    key_result.save()
    return key_result


def piece(user: User, row: KeyResult) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("key_result_otherwise", args=[row.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_mean_says_reached_where_three_of_ten_wait_too_long(
    bound: KeyResult, measured_log: Path, boss: User
) -> None:
    """Seven wait 3 minutes and three wait 120: the mean is 38 minutes, well within 90."""
    shown = piece(boss, bound)
    assert "70" in shown and "38" in shown
    assert "The mean, of those that got an answer" in shown and "the opposite" in shown
    assert "Same days, same records: only the words differ." in shown
    client = Client()
    client.force_login(boss)
    page = client.get(reverse("key_result_past", args=[bound.pk])).content.decode()
    assert reverse("key_result_otherwise", args=[bound.pk]) in page


def test_in_russian(bound: KeyResult, measured_log: Path, boss: User) -> None:
    boss.language = "ru"
    boss.save()
    shown = piece(boss, bound)
    assert "Цена расплывчатой цели" in shown and "Среднее по тем, кому ответили" in shown


def test_what_people_type_and_a_company_without_records_say_why(key_result: KeyResult, boss: User) -> None:
    assert "<table" not in piece(boss, key_result)
    key_result.source = SHARE
    key_result.save()
    assert "<table" not in piece(boss, key_result)
