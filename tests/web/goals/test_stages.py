"""A cycle goes on when it is ready, and not before."""

from collections.abc import Callable

import pytest

from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, Grade, KeyResult, Objective
from otklik.web.goals.problems import NotReady, WrongStage
from otklik.web.goals.stages import go_on, reasons_against


def test_an_empty_cycle_does_not_begin(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    with pytest.raises(NotReady, match="no objective"):
        go_on(cycle, "active", boss)
    goal("Learn Spanish", level="personal", owner=boss)
    assert reasons_against(cycle, "active") == ["There is no objective in it."]
    goal("Be fast", key_results=0)
    with pytest.raises(NotReady, match="“Be fast” has no key result"):
        go_on(cycle, "active", boss)
    assert Cycle.objects.get().stage == "draft"


def test_what_was_set_at_the_beginning_is_kept(running: Cycle, key_result: KeyResult) -> None:
    key_result.refresh_from_db()
    assert key_result.as_set["target"] == 0.8
    key_result.target = 0.7
    key_result.save()
    assert KeyResult.objects.get().as_set["target"] == 0.8
    assert [(line.field, line.before, line.after) for line in running.history.all()] == [("stage", "draft", "active")]


def test_it_closes_when_everything_is_graded_and_what_was_promised_is_explained(
    running: Cycle, key_result: KeyResult, boss: User
) -> None:
    go_on(running, "closing", boss)
    with pytest.raises(NotReady, match="is not graded"):
        go_on(running, "closed", boss)
    Objective.objects.update(commitment="committed")
    grade = Grade.objects.create(key_result=key_result, grade=0.9)
    with pytest.raises(NotReady, match="say why"):
        go_on(running, "closed", boss)
    grade.explanation = "the new line opened two weeks late"
    grade.save()
    go_on(running, "closed", boss)
    assert Cycle.objects.get().closed_at is not None


def test_an_aspiration_needs_no_excuse_and_a_personal_goal_no_grade(
    running: Cycle, key_result: KeyResult, goal: Callable[..., Objective], boss: User
) -> None:
    goal("Learn Spanish", level="personal", owner=boss)
    Grade.objects.create(key_result=key_result, grade=0.1)
    go_on(running, "closing", boss)
    assert reasons_against(running, "closed") == []


def test_closing_can_be_called_off_and_keeps_what_was_first_set(running: Cycle, boss: User) -> None:
    KeyResult.objects.update(target=0.9)
    go_on(running, "closing", boss)
    go_on(running, "active", boss, "three more weeks")
    assert KeyResult.objects.get().as_set["target"] == 0.8
    assert running.history.first().reason == "three more weeks"
    with pytest.raises(WrongStage):
        go_on(running, "draft", boss)
