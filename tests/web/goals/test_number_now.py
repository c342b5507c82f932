"""While a key result is written its number is measured on demand; nothing is kept by asking."""

import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.calendars.models import State
from otklik.web.goals import measuring
from otklik.web.goals.models import Cycle, Health, History, KeyResult, Look, Measured, Objective
from otklik.web.jobs.models import Job
from tests.web.goals.sent import untouched

TYPED = {"title": "", "how": "measure", "measure": "first_reply", "within": "5m", "unit_kind": "share"}

HOURS = """
default = "d"
[calendars.d]
time_zone = "UTC"
weekly = { mon = "09:00-18:00" }
"""


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def asked(browser: Client, typed: dict[str, str], of: str = "key_result=") -> str:
    response = browser.post(f"{reverse('goals_number')}?{of}", typed)
    assert response.status_code == 200
    piece = response.content.decode()
    assert "<html" not in piece
    return html.unescape(piece)


def test_where_it_stands_of_how_many_and_what_could_be_seen(browser: Client, measured_log: Path) -> None:
    piece = asked(browser, TYPED)
    assert "70\xa0%" in piece and "260 requests" in piece and "percentage points" in piece
    fill = re.search(r'data-fill="(\{.*?\})"', piece)
    assert fill is not None and json.loads(fill[1]) == {"baseline": "70", "unit_kind": "share"}
    near = asked(browser, TYPED | {"target": "71"})
    assert "luck alone could do as much" in near and "luck alone" not in asked(browser, TYPED | {"target": "95"})
    kept = (KeyResult, Measured, Look, History, Job)
    assert not any(model.objects.exists() for model in kept)


def test_a_percentile_comes_in_time_and_says_its_unit(browser: Client, measured_log: Path) -> None:
    piece = asked(browser, TYPED | {"statistic": "quantile", "of_hundred": "50"})
    assert "3\xa0min" in piece and '"unit_kind": "s"' in piece


def test_what_is_missing_is_said(browser: Client, measured_log: Path) -> None:
    assert "within" not in asked(browser, {"how": "manual"})
    assert 'role="alert"' in asked(browser, TYPED | {"within": ""})
    assert "Too little is on record" in asked(browser, TYPED | {"only_channel": "pigeon"})


def test_hours_that_nobody_measured_by_are_waited_for(browser: Client, measured_log: Path, boss: User) -> None:
    piece = asked(browser, TYPED | {"clock": "business"})
    assert "no working hours are known" in piece
    State.put_in_force(State.HOURS, HOURS, boss, after=0)
    assert "still being measured" in asked(browser, TYPED)


def test_a_health_number_is_measured_too_and_fills_no_baseline(
    browser: Client, measured_log: Path, objective: Objective
) -> None:
    row = Health.objects.get()
    row.source = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300}
    row.save()
    page = browser.get(reverse("health_edit", args=[row.pk])).content.decode()
    assert f"{reverse('goals_number')}?health={row.pk}" in page
    piece = asked(browser, untouched(page), f"health={row.pk}")
    assert "70\xa0%" in piece and "data-fill" not in piece


def test_without_records_there_is_nothing_to_press(browser: Client, objective: Objective) -> None:
    page = browser.get(reverse("key_result_new", args=[objective.pk])).content.decode()
    assert "Measure it now" not in page
    assert "There are no records yet." in asked(browser, TYPED)


def test_the_goal_shows_how_its_numbers_were_computed(
    browser: Client, running: Cycle, key_result: KeyResult, measured_log: Path
) -> None:
    source = {"how": "measure", "measure": "first_reply", "within_s": 300, "which": {"channel": ["chat"]}}
    KeyResult.objects.update(source=source)
    Health.objects.update(source=source | {"within_s": 60})
    measuring.measure()
    page = browser.get(reverse("objective", args=[key_result.objective_id])).content.decode()
    assert page.count("How it was computed") == 2
    for text in ("share within 5\xa0min", "1\xa0min", "as the customer feels it", "the last 28 days", "chat",
                 "260 requests", "those that came by", "State of the log", "Europe/Moscow"):  # fmt: skip
        assert text in page, text
    basis = json.loads(Measured.objects.get(key_result=key_result).reading["basis"])
    assert basis["log"] in page
