"""A health number that stays broken offers a goal; a key result that was reached offers to be watched."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import CheckIn, Cycle, Grade, Health, History, KeyResult, Objective, Reading
from otklik.web.goals.stages import go_on


@pytest.fixture
def next_cycle(boss: User) -> Cycle:
    return Cycle.objects.create(title="Q1 2027", start=date(2027, 1, 1), end=date(2027, 3, 31), made_by=boss)


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def page(browser: Client, row: Objective) -> str:
    return browser.get(reverse("objective", args=[row.pk])).content.decode()


def broken(health: Health, weeks: int) -> None:
    for week in range(weeks):
        day = date(2026, 10, 20) + timedelta(days=7 * week)
        Reading.objects.create(health=health, day=day, value=0.09)


def test_two_weeks_outside_offer_a_goal_and_one_does_not(
    running: Cycle, next_cycle: Cycle, boss: User, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False)
    browser = Client()
    browser.force_login(boss)
    health = Health.objects.get()
    broken(health, 1)
    assert "Draft an objective of it" not in page(browser, health.objective)
    Reading.objects.all().delete()
    broken(health, 2)
    assert "Draft an objective of it" in page(browser, health.objective)
    assert Objective.objects.count() == 1, "nothing happens without a click"
    response = browser.post(reverse("health_goal", args=[health.pk]), {"cycle": next_cycle.pk})
    made = Objective.objects.get(cycle=next_cycle)
    assert response["Location"] == reverse("objective", args=[made.pk])
    row = made.key_results.get()
    assert (row.direction, row.baseline, row.target, row.unit) == ("lower", 0.09, 0.06, "share")
    assert "Reopened within 7 days" in made.title and "2 weeks in a row" in made.why
    assert History.objects.filter(objective=made).exists()
    assert browser.post(reverse("health_goal", args=[health.pk]), {"cycle": running.pk}).status_code == 422


@pytest.fixture
def done(running: Cycle, boss: User, time_machine: Any) -> KeyResult:
    """A key result that was reached, in a cycle that is being closed."""
    time_machine.move_to(datetime(2026, 12, 28, 9, tzinfo=UTC), tick=False)
    row = KeyResult.objects.get()
    CheckIn.objects.create(key_result=row, day=date(2026, 12, 27), value=0.84, confidence=0.9)
    go_on(running, "closing", boss)
    return row


def test_what_was_reached_is_kept_as_a_limit(done: KeyResult, browser: Client, next_cycle: Cycle, boss: User) -> None:
    home = Objective.objects.create(cycle=next_cycle, title="Buyers come back", level="company", owner=boss)
    assert "Keep it as a health measure" in page(browser, done.objective)
    keep = reverse("key_result_keep", args=[done.pk])
    assert browser.post(keep, {"objective": done.objective_id}).status_code == 422, "its own cycle is at its end"
    assert browser.post(keep, {"objective": home.pk}).status_code == 302
    kept = home.health.get()
    assert (kept.low, kept.high, kept.unit, kept.source) == (0.84, None, "share", done.source)
    line = History.objects.get(objective=home, what="health")
    assert line.reason == "reached in the cycle Q4"


def test_what_was_missed_is_not_offered_nor_kept(
    done: KeyResult, browser: Client, next_cycle: Cycle, boss: User
) -> None:
    Grade.objects.create(key_result=done, grade=0.4)
    home = Objective.objects.create(cycle=next_cycle, title="Buyers come back", level="company", owner=boss)
    assert "Keep it as a health measure" not in page(browser, done.objective)
    assert browser.post(reverse("key_result_keep", args=[done.pk]), {"objective": home.pk}).status_code == 422
    assert not home.health.exists()


def test_a_member_keeps_it_only_in_goals_of_the_own_team(
    done: KeyResult, next_cycle: Cycle, boss: User, person: Callable[..., User]
) -> None:
    home = Objective.objects.create(cycle=next_cycle, title="Buyers come back", level="team", team="Orders")
    client = Client()
    client.force_login(person(Role.MEMBER, "Support"))
    assert client.post(reverse("key_result_keep", args=[done.pk]), {"objective": home.pk}).status_code == 422
    assert not home.health.exists()
