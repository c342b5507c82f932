"""Marks of a goal: seen above luck, believable, round."""

from itertools import pairwise

import pytest

from otklik.actions.aim_goal import BEYOND_LUCK, MOST, aim_goal
from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goals import Bound, Direction, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


@pytest.mark.parametrize(
    ("bound", "direction"),
    [
        (Bound(measure="first_reply", within_s=3600), "raise"),
        (Bound(measure="longest_wait", within_s=14_400, clock="business"), "raise"),
        (Bound(measure="handoffs", within_s=0, which=Slice(cohort="resolved")), "raise"),
        (Bound(measure="reopens", which=Slice(cohort="resolved")), "lower"),
        (Bound(measure="resolution", statistic="quantile", quantile=0.9), "lower"),
        (Bound(measure="first_reply", statistic="quantile", quantile=0.5), "lower"),
    ],
)
def test_marks_lie_one_behind_the_other_and_farther_than_luck(
    ruler: GoalRuler, bound: Bound, direction: Direction
) -> None:
    aim = aim_goal(ruler, bound, direction)
    if aim is None:
        reading = measure_goal(ruler, bound)
        assert reading.number.value is not None, "only because a step that can be seen would be too far"
        return
    side = -1 if direction == "lower" else 1
    assert all(side * (b - a) > 0 for a, b in pairwise([aim.baseline, aim.commit, aim.target, aim.stretch]))
    step, way = abs(aim.target - aim.baseline), aim.baseline if direction == "lower" else 1 - aim.baseline
    assert step >= BEYOND_LUCK * aim.visible
    assert step <= MOST * way + 0.01 * way + (0.01 if bound.statistic == "share" else 6 * 3600)
    assert aim.baseline == measure_goal(ruler, bound).number.value


def test_some_can_be_aimed_and_few_requests_cannot(ruler: GoalRuler) -> None:
    assert aim_goal(ruler, Bound(measure="first_reply", within_s=3600), "raise") is not None
    seldom = Slice(channel=("phone",), priority=("high",), segment=("business",))
    assert aim_goal(ruler, Bound(measure="first_reply", within_s=3600, which=seldom), "raise") is None


def test_what_is_perfect_has_nowhere_to_go(ruler: GoalRuler) -> None:
    assert aim_goal(ruler, Bound(measure="resolution", within_s=1e7, which=Slice(cohort="resolved")), "raise") is None


def test_marks_are_round(ruler: GoalRuler) -> None:
    share = aim_goal(ruler, Bound(measure="first_reply", within_s=3600), "raise")
    wait = aim_goal(ruler, Bound(measure="resolution", statistic="quantile", quantile=0.9), "lower")
    assert share is not None and wait is not None
    assert round(share.target, 2) == share.target
    assert wait.target % 3600 == 0
