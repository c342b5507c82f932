"""The report on a cycle: what the records said, grades with reasons, what was learnt; nobody by name."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals import measuring
from otklik.web.goals.models import CheckIn, Cycle, Grade, KeyResult, Objective, RetroAnswer, RetroDone
from otklik.web.goals.stages import go_on
from otklik.web.goals.story import cycle_story

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}


@pytest.fixture
def bound(cycle: Cycle, goal: Callable[..., Objective], boss: User, measured_log: Path, time_machine: Any) -> KeyResult:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    goal()
    KeyResult.objects.update(source=SHARE, baseline=0.5, target=0.9, title="Answered within 5 minutes from 50% to 90%")
    go_on(cycle, "active", boss)
    row = KeyResult.objects.get()
    CheckIn.objects.create(key_result=row, day=date(2026, 11, 1), confidence=0.3, by=boss)
    measuring.measure()
    return row


def test_what_the_records_said_is_told_with_the_picture(bound: KeyResult, cycle: Cycle, boss: User) -> None:
    story = cycle_story(cycle, boss)
    (part,) = story.now.objectives[0].key_results
    assert part.needed is not None and part.forecast is not None and part.forecast.shown("target") is not None
    assert part.confidence == 0.3 and part.at_start.value == pytest.approx(0.7)
    assert part.reading is not None and part.reading.n == 26 * 10 and part.reading.basis.bound.within_s == 300
    assert list(story.curves) == [str(bound.pk)]
    assert boss.email not in story.model_dump_json()


def test_recorded_grades_come_with_their_reasons(closed: Cycle, boss: User) -> None:
    row = KeyResult.objects.get()
    story = cycle_story(closed, boss)
    assert story.recorded(str(row.pk)) is not None and story.curves == {}
    assert story.now.key_result(str(row.pk)).grade.value == 0.7  # type: ignore[union-attr]


def test_answers_of_too_few_are_not_told(running: Cycle, boss: User, person: Callable[..., User]) -> None:
    go_on(running, "closing", boss)
    RetroAnswer(cycle=running, question="reached", text="The rota helped").save()
    people = [boss, person(Role.MANAGER), person(Role.MEMBER)]
    for one in people[:-1]:
        RetroDone(cycle=running, person=one).save()
    assert len(people) == RetroAnswer.FEWEST and cycle_story(running, boss).retrospective == ()
    RetroDone(cycle=running, person=people[-1]).save()
    told = cycle_story(running, boss).retrospective
    assert [one.answers for one in told if one.answers] == [("The rota helped",)]


def test_a_personal_goal_is_in_no_report(running: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    goal("Learn Spanish", level="personal", team="")
    assert "Spanish" not in cycle_story(running, boss).model_dump_json()


def test_the_page_is_taken_away_as_one_file_and_that_is_written_down(
    bound: KeyResult, cycle: Cycle, boss: User
) -> None:
    Grade.objects.create(key_result=bound, grade=0.5, argument="The outage of May", by=boss)
    client = Client()
    client.force_login(boss)
    at = reverse("cycle_file", kwargs={"cycle_id": cycle.pk, "kind": "html"})
    assert at in client.get(reverse("cycle", args=[cycle.pk])).content.decode()
    response = client.get(at)
    told = response.content.decode()
    assert response["Content-Disposition"].startswith("attachment") and "sandbox" in response["Content-Security-Policy"]
    assert "The outage of May" in told and 'role="img"' in told and boss.email not in told
    assert AuditEntry.objects.filter(verb="goals.taken").exists()
