"""Both grades: by what was promised first and by what is pursued now, each by its own number."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals import measuring
from otklik.web.goals.models import CheckIn, Cycle, KeyResult, Measured, Objective, SeriesValue
from otklik.web.goals.stages import go_on
from otklik.web.goals.standing import KeyResultStands, stand

DAY = date(2026, 11, 2)
SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}


def of(cycle: Cycle) -> KeyResultStands:
    (found,) = stand(cycle, [Objective.objects.get()], DAY)
    return found.key_results[0]


def change(**fields: Any) -> None:
    row = KeyResult.objects.get()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def first_set(**fields: Any) -> None:
    """As if it had been promised so."""
    row = KeyResult.objects.get()
    row.as_set = {**(row.as_set or {}), **fields}
    row.save()


@pytest.mark.parametrize("fields", [
    {"title": "Another title"}, {"owner": None}, {"weight": 3.0}, {"commitment": "committed"}, {"leading": True},
    {"checkpoints": [{"day": "2026-11-15", "value": 0.6}]},
], ids=lambda one: next(iter(one)))  # fmt: skip
def test_what_does_not_move_the_grade_is_no_change_of_the_goal(
    fields: dict[str, Any], running: Cycle, key_result: KeyResult, boss: User
) -> None:
    CheckIn.objects.create(key_result=key_result, day=DAY, value=0.64)
    change(**fields)
    assert of(running).as_first_set is None
    client = Client()
    client.force_login(boss)
    assert "changed on the way" not in client.get(reverse("objective", args=[key_result.objective_id])).content.decode()


@pytest.mark.parametrize(("fields", "grade"), [
    ({"target": 0.6}, 0.5), ({"baseline": 0.6}, 0.5), ({"commit": 0.5}, 0.5), ({"stretch": 0.9}, 0.5),
    ({"scale": "log"}, 0.5), ({"direction": "keep_above"}, 0.5),
])  # fmt: skip
def test_what_moves_the_grade_is_graded_both_ways(
    fields: dict[str, Any], grade: float, running: Cycle, key_result: KeyResult
) -> None:
    CheckIn.objects.create(key_result=key_result, day=DAY, value=0.64)
    change(**fields)
    first = of(running).as_first_set
    assert first is not None and first.value == pytest.approx(grade)


def test_what_people_typed_of_another_number_grades_nothing(running: Cycle, key_result: KeyResult, boss: User) -> None:
    CheckIn.objects.create(key_result=key_result, day=DAY, value=0.64)
    SeriesValue.objects.create(series="nps", at=datetime(2026, 11, 1, tzinfo=UTC), value=0.7)
    change(source={"how": "pushed", "series": "nps"})
    first = of(running).as_first_set
    assert first is not None and (first.value, first.reason) == (None, "counted-otherwise")
    client = Client()
    client.force_login(boss)
    assert (
        "its number was counted otherwise then"
        in client.get(reverse("objective", args=[key_result.objective_id])).content.decode()
    )


def test_a_series_that_still_comes_grades_the_first_version(running: Cycle, key_result: KeyResult) -> None:
    for name, value in (("nps", 0.64), ("csat", 0.8)):
        SeriesValue.objects.create(series=name, at=datetime(2026, 11, 1, tzinfo=UTC), value=value)
    change(source={"how": "pushed", "series": "csat"})
    first_set(source={"how": "pushed", "series": "nps"})
    now = of(running)
    assert now.as_first_set is not None
    assert [now.as_first_set.value, now.grade.value] == pytest.approx([0.5, 1.0])


def test_steps_done_since_are_done_by_either_version(running: Cycle, key_result: KeyResult) -> None:
    steps = [{"title": name, "weight": 1.0, "due": None, "done": False, "evidence": ""} for name in ("a", "b")]
    change(direction="milestone", steps=steps)
    first_set(direction="milestone", steps=steps)
    done = [steps[0] | {"done": True}, steps[1]]
    change(steps=done)
    assert of(running).as_first_set is None
    change(steps=[*done, *({"title": name, "weight": 1.0} for name in ("c", "d"))])
    now = of(running)
    assert now.as_first_set is not None and (now.as_first_set.value, now.grade.value) == (0.5, 0.25)


@pytest.fixture
def bound(cycle: Cycle, goal: Callable[..., Objective], boss: User, time_machine: Any) -> KeyResult:
    """Bound to the log, its start left to be measured: seven of ten are answered within five minutes."""
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    goal()
    KeyResult.objects.update(source=SHARE, baseline=None, target=0.9, title="Answered within 5 minutes from 50% to 90%")
    go_on(cycle, "active", boss)
    return KeyResult.objects.get()


def test_a_baseline_that_was_left_to_the_log_is_that_of_both_versions(bound: KeyResult, measured_log: Path) -> None:
    change(target=0.8)
    measuring.measure()
    now = of(bound.objective.cycle)
    assert now.as_first_set is not None and now.as_first_set.reason is None
    assert (now.as_first_set.value, now.grade.value) == (0.0, 0.0), "it never moved"


def test_counted_otherwise_since_each_version_has_its_own_number(bound: KeyResult, measured_log: Path) -> None:
    change(baseline=0.5)
    first_set(baseline=0.5)
    measuring.measure()
    cycle = bound.objective.cycle
    assert of(cycle).as_first_set is None and of(cycle).grade.value == pytest.approx(0.5)
    change(source=SHARE | {"within_s": 60}, target=0.95)
    at_once = of(cycle)
    assert at_once.number.value is None, "the number of the old source is not that of the new one"
    assert at_once.as_first_set is not None and at_once.as_first_set.value == pytest.approx(0.5)
    measuring.measure()
    kept = Measured.objects.get(key_result=bound)
    assert kept.reading["first_set"]["number"]["value"] == pytest.approx(0.7)
    later = of(cycle)
    assert later.as_first_set is not None
    assert [later.number.value, later.as_first_set.value] == pytest.approx([0.0, 0.5])
