"""Surveys and the like: what people type and programs send is foreseen and drawn as what the records tell is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals import measuring, standing
from otklik.web.goals.as_of import cycle_now
from otklik.web.goals.changing import write
from otklik.web.goals.models import CheckIn, Cycle, Grade, Health, KeyResult, Measured, Objective, SeriesValue
from otklik.web.goals.outlook import chance, objective_outlook
from otklik.web.goals.stages import go_on
from otklik.web.goals.story import cycle_story
from otklik.web.goals.told_numbers import has_told_numbers, restarts_of, sent_of
from otklik.web.goals.track_record import said_of
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker

NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)
SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}


@pytest.fixture
def travel(time_machine: Any) -> Any:
    time_machine.move_to(datetime(2026, 10, 1, 9, tzinfo=UTC), tick=False)
    return time_machine


@pytest.fixture
def nps(travel: Any, cycle: Cycle, goal: Callable[..., Objective], boss: User) -> KeyResult:
    """A goal on a survey that a program sends, running, in its tenth week."""
    made = goal()
    Health.objects.create(objective=made, title="Cost", unit="points", high=5)
    source = {"how": "pushed", "series": "nps.support"}
    KeyResult.objects.update(source=source, unit="NPS", baseline=30, target=45, title="NPS from 30 to 45")
    go_on(cycle, "active", boss)
    travel.move_to(NOW, tick=False)
    return KeyResult.objects.get()


def send(weeks: int = 16, value: float = 40.0, **more: Any) -> None:
    for n in range(weeks):
        at = NOW - timedelta(days=7 * n)
        SeriesValue.objects.create(series="nps.support", at=at, value=value + n % 3, **more)


def page_of(row: KeyResult, boss: User) -> str:
    client = Client()
    client.force_login(boss)
    return client.get(reverse("objective", args=[row.objective_id])).content.decode()


def test_what_is_sent_brings_its_interval(nps: KeyResult, cycle: Cycle) -> None:
    send(2, n=100, low=30.2, high=49.8)
    sent = sent_of(cycle)[str(nps.pk)]
    assert [(one.day, one.value, one.n) for one in sent] == [
        (date(2026, 11, 30), 41.0, 100), (date(2026, 12, 7), 40.0, 100),
    ]  # fmt: skip
    assert all(one.variance == pytest.approx(25.0) for one in sent)
    SeriesValue.objects.update(high=None)
    assert all(one.variance is None for one in sent_of(cycle)[str(nps.pk)])


def test_a_survey_has_a_chance_and_a_picture_without_any_log(nps: KeyResult, cycle: Cycle, boss: User) -> None:
    measuring.ask()
    assert not Job.objects.exists(), "nobody has told any number"
    send(n=100, low=30.0, high=52.0)
    measuring.ask()
    assert Worker().one()
    assert Job.objects.get(kind=measuring.WORK).result == {"kept": 1}
    page = page_of(nps, boss)
    assert "If things go on as they do, the target is reached with" in page
    assert "<svg" in page and "target 45" in page
    assert "The grade at the end, in 80 of 100 futures" in page
    (one,) = standing.of_cycle(cycle, boss)
    assert chance(one.key_results[0]) is not None and objective_outlook(one)


def test_typed_numbers_are_foreseen_once_there_are_enough(
    travel: Any, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    travel.move_to(NOW, tick=False)
    for n in range(9):
        day = running.start + timedelta(days=7 * n + 3)
        CheckIn.objects.create(key_result=key_result, day=day, value=0.5 + 0.01 * n, confidence=0.8)
        measuring.measure_cycle(running, measuring.NoLog(zone="Europe/Moscow"), day)
    assert "the target is reached with" in page_of(key_result, boss)
    said = said_of(running)[str(key_result.pk)]
    assert said[-1].probability is not None and said[0].probability is None, "the coach hears of it too"


def test_a_target_changed_since_has_no_chance_until_it_is_measured_again(
    nps: KeyResult, cycle: Cycle, boss: User
) -> None:
    send()
    measuring.measure()
    nps.target = 60
    write(nps, boss, "more")
    page = page_of(nps, boss)
    assert "is reached with" not in page and "in 80 of 100 futures" not in page
    measuring.measure()
    assert "is reached with" in page_of(nps, boss)


def test_a_number_of_another_unit_starts_the_record_again(
    travel: Any, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    assert not has_told_numbers(running) and restarts_of(running) == {}
    travel.move_to(NOW, tick=False)
    for n in range(9):
        CheckIn.objects.create(key_result=key_result, day=running.start + timedelta(days=7 * n), value=0.5)
    key_result.unit, key_result.baseline, key_result.target = "points", 40.0, 60.0
    write(key_result, boss, "we count otherwise")
    CheckIn.objects.create(key_result=key_result, day=NOW.date(), value=45.0)
    assert restarts_of(running)[str(key_result.pk)].day == NOW.date()
    measuring.measure()
    page = page_of(key_result, boss).replace("\u00a0", " ")
    assert "The record starts again on 7 December 2026, because the number comes from elsewhere since." in page


def test_the_goal_s_chance_and_health_are_in_the_paper(nps: KeyResult, cycle: Cycle, boss: User) -> None:
    send(n=100, low=30.0, high=52.0)
    health = Health.objects.get()
    Health.objects.update(source={"how": "pushed", "series": "cost"})
    SeriesValue.objects.create(series="cost", at=NOW, value=4.0, low=3.0, high=6.0)
    measuring.measure()
    (one,) = cycle_now(cycle, boss).objectives
    assert one.forecast is not None and one.forecast.moving == 1
    assert (one.health[0].health.id, one.health[0].number.low, one.health[0].number.high) == (str(health.pk), 3.0, 6.0)
    story = cycle_story(cycle, boss)
    assert str(nps.pk) in story.curves and story.now.objectives[0].forecast == one.forecast
    client = Client()
    client.force_login(boss)
    page = client.get(reverse("cycle_file", args=[cycle.pk, "html"])).content.decode()
    assert "The grade at the end, in 80 of 100 futures" in page and "[3 points; 6 points]" in page


def test_a_closed_goal_is_not_foreseen(nps: KeyResult, cycle: Cycle, boss: User) -> None:
    send()
    measuring.measure()
    (one,) = standing.of_cycle(cycle, boss)
    assert objective_outlook(one)
    go_on(cycle, "closing", boss)
    Grade.objects.create(key_result=nps, grade=0.7)
    go_on(cycle, "closed", boss)
    (one,) = standing.of_cycle(Cycle.objects.get(), boss)
    assert objective_outlook(one) == []


def test_what_the_records_tell_stays_untold_without_a_log(
    travel: Any, cycle: Cycle, goal: Callable[..., Objective], boss: User, measured_log: Path
) -> None:
    goal(key_results=2)
    go_on(cycle, "active", boss)
    first, second = KeyResult.objects.order_by("pk")
    KeyResult.objects.filter(pk=first.pk).update(source=SHARE, baseline=0.5, target=0.9)
    CheckIn.objects.create(key_result=second, day=date(2026, 10, 2), value=0.5)
    measuring.measure_cycle(cycle, measuring.NoLog(zone="Europe/Moscow"), date(2026, 10, 2))
    assert not Measured.objects.filter(key_result=first).exists()
    travel.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    measuring.measure()
    assert Measured.objects.filter(key_result=first).exists()
    row = Measured.objects.get(objective=first.objective, key_result=None, health=None, day=date(2026, 11, 2))
    assert row.reading["forecast"] is not None and row.reading["forecast"]["moving"] >= 1
