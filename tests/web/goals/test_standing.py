"""How goals stand: the newest number counts, silence is seen, what is recorded outweighs what is computed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from otklik.web.accounts.models import User
from otklik.web.goals.models import CheckIn, Cycle, Grade, KeyResult, Measured, Objective, SeriesValue
from otklik.web.goals.standing import KeyResultStands, stand

DAY = date(2026, 11, 2)


def of(cycle: Cycle, on: date = DAY) -> KeyResultStands:
    (found,) = stand(cycle, [Objective.objects.get()], on)
    return found.key_results[0]


def say(row: KeyResult, day: date, value: float | None = None, confidence: float | None = None) -> None:
    CheckIn.objects.create(key_result=row, day=day, value=value, confidence=confidence)


def test_the_newest_number_up_to_the_day_counts(running: Cycle, key_result: KeyResult) -> None:
    assert (of(running).number.value, of(running).grade.reason) == (None, "no-value")
    say(key_result, DAY - timedelta(days=7), 0.64, 0.5)
    say(key_result, DAY, 0.56)
    say(key_result, DAY + timedelta(days=1), 0.8)
    now = of(running)
    assert (now.number.value, now.day, now.confidence) == (0.56, DAY, 0.5)
    assert now.grade.value == pytest.approx(0.25)
    assert of(running, DAY - timedelta(days=1)).grade.value == pytest.approx(0.5)


@pytest.mark.parametrize(("days", "silent"), [(10, False), (11, True)])
def test_a_goal_is_silent_after_its_rhythm_and_some_grace(
    days: int, silent: bool, running: Cycle, key_result: KeyResult
) -> None:
    assert of(running, running.start + timedelta(days=days)).is_silent is silent
    say(key_result, DAY)
    assert of(running, DAY + timedelta(days=days)).is_silent is silent


def test_drafts_and_what_was_given_up_are_never_silent(cycle: Cycle, key_result: KeyResult, boss: User) -> None:
    assert not of(cycle, date(2026, 12, 31)).is_silent
    key_result.stopped_on = DAY
    key_result.save()
    assert not of(cycle, date(2026, 12, 31)).is_silent


def test_what_another_program_sends_counts_with_its_interval(running: Cycle, key_result: KeyResult) -> None:
    KeyResult.objects.update(source={"how": "pushed", "series": "nps"})
    for day, value in ((1, 0.5), (2, 0.72)):
        SeriesValue.objects.create(
            series="nps", at=datetime(2026, 11, day, 12, tzinfo=UTC), value=value, low=value - 0.05, high=value + 0.05
        )
    now = of(running)
    assert (now.number.value, now.day) == (0.72, DAY)
    assert now.grade.value == pytest.approx(0.75)
    assert (now.grade.low, now.grade.high) == (pytest.approx(0.59375), pytest.approx(0.90625))


def test_what_the_records_say_counts(running: Cycle, key_result: KeyResult) -> None:
    KeyResult.objects.update(source={"how": "measure", "measure": "first_reply", "within_s": 900})
    number = {"value": 0.64, "low": 0.6, "high": 0.68, "how": "days"}
    Measured.objects.create(objective=key_result.objective, key_result=key_result, day=DAY, reading={"number": number})
    assert of(running).grade.value == pytest.approx(0.5)
    assert of(running, DAY - timedelta(days=1)).number.value is None


def test_weeks_that_kept_the_target_are_counted(running: Cycle, key_result: KeyResult) -> None:
    KeyResult.objects.update(direction="keep_above", target=0.9, baseline=None)
    for week, value in enumerate((0.95, 0.85, 0.9)):
        say(key_result, running.start + timedelta(days=7 * week + 1), value)
    now = of(running, running.start + timedelta(days=20))
    assert (now.grade.kept, now.grade.counted) == (2, 3)


def test_what_was_recorded_outweighs_what_is_computed(running: Cycle, key_result: KeyResult) -> None:
    say(key_result, DAY, 0.64)
    Grade.objects.create(key_result=key_result, computed=0.5, grade=0.6)
    (found,) = stand(running, [Objective.objects.get()], DAY)
    assert (found.key_results[0].shown_grade, found.grade.value) == (0.6, 0.6)


def test_an_objective_is_as_sure_as_its_least_sure_number(
    running: Cycle, objective: Objective, key_result: KeyResult, goal: Callable[..., Any]
) -> None:
    other = KeyResult.objects.create(objective=objective, title="Half", unit="share")
    say(key_result, DAY, 0.5, 0.8)
    say(other, DAY, 0.5, 0.3)
    (found,) = stand(running, [Objective.objects.get()], DAY)
    assert found.confidence == 0.3
