"""What meetings came to: written down at the review, the grading and the retrospective, under their own names."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, KeyResult, Minutes, RetroAnswer
from otklik.web.goals.stages import go_on

TOLD = {"decisions": "Chats first", "obstacles": "two are ill"}


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def page(browser: Client, name: str, cycle: Cycle) -> str:
    return browser.get(reverse(name, args=[cycle.pk])).content.decode()


def send(browser: Client, name: str, cycle: Cycle, told: dict[str, Any]) -> int:
    return browser.post(reverse(name, args=[cycle.pk]), told).status_code


def test_the_review_and_what_it_came_to_are_sent_together(
    browser: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    told = TOLD | {f"kr{key_result.pk}-wish": "keep", f"kr{key_result.pk}-reason": ""}
    assert send(browser, "goals_middle", running, told) == 302
    row = Minutes.objects.get()
    assert (row.kind, row.day, row.by) == (Minutes.MIDDLE, date(2026, 11, 2), boss)
    assert (row.decisions, row.obstacles) == ("Chats first", "two are ill")
    shown = page(browser, "goals_middle", running)
    assert "Decided: Chats first" in shown and "In the way: two are ill" in shown
    assert "Chats first" in page(browser, "goals_week", running), "the check-in shows all minutes"
    assert "Chats first" not in page(browser, "goals_grading", running)


def test_nothing_of_a_wrong_review_is_written_down_and_nothing_typed_is_lost(
    browser: Client, running: Cycle, key_result: KeyResult
) -> None:
    told = TOLD | {f"kr{key_result.pk}-wish": "stop", f"kr{key_result.pk}-reason": ""}
    answer = browser.post(reverse("goals_middle", args=[running.pk]), told)
    assert answer.status_code == 422 and "Chats first" in answer.content.decode()
    assert not Minutes.objects.exists()


def test_the_grading_has_minutes(browser: Client, running: Cycle, key_result: KeyResult, boss: User) -> None:
    go_on(running, "closing", boss)
    assert send(browser, "goals_grading", running, TOLD) == 302
    assert Minutes.objects.get().kind == Minutes.GRADING
    assert "Decided: Chats first" in page(browser, "goals_grading", running)


def test_minutes_of_the_retrospective_have_a_name_and_answers_have_none(
    browser: Client, running: Cycle, boss: User
) -> None:
    go_on(running, "closing", boss)
    assert send(browser, "goals_retro", running, TOLD | {"minutes": "1", "missed": "a secret"}) == 302
    assert Minutes.objects.get().kind == Minutes.RETROSPECTIVE
    assert not RetroAnswer.objects.exists(), "what is sent by name is no answer"
    assert send(browser, "goals_retro", running, {"missed": "the queue"}) == 302
    assert send(browser, "goals_retro", running, {"minutes": "1", "decisions": "shorter meetings"}) == 302
    assert Minutes.objects.count() == 2, "who has answered may still write minutes"
    assert "shorter meetings" in page(browser, "goals_retro", running)
    assert send(browser, "goals_retro", running, {"minutes": "1"}) == 302
    assert Minutes.objects.count() == 2, "nothing was said"


def test_before_its_time_there_is_nothing_to_write(
    browser: Client, running: Cycle, person: Callable[..., User]
) -> None:
    assert send(browser, "goals_retro", running, TOLD | {"minutes": "1"}) == 422
    assert 'name="minutes"' not in page(browser, "goals_retro", running)
    assert not Minutes.objects.exists()


def test_whoever_may_change_nothing_writes_no_minutes(running: Cycle, person: Callable[..., User]) -> None:
    member = Client()
    member.force_login(person(Role.MEMBER, "Orders"))
    assert send(member, "goals_middle", running, TOLD) == 302
    assert not Minutes.objects.exists()
    assert 'name="decisions"' not in page(member, "goals_middle", running)
