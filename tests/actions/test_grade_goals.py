"""Grades through the door: as the rules of grading say, by the school that the cycle follows."""

from datetime import date

from otklik.actions.grade_goals import (
    Known,
    grade_goal,
    grade_objective,
    grade_twice,
    value_of_each_week,
)
from otklik.actions.school_of_goals import school_named
from otklik.schemas.goal_profiles import School
from otklik.schemas.goal_results import Ranged
from otklik.schemas.goals import KeyResult

WAIT = KeyResult(title="p90", direction="lower", unit="s", baseline=3600, target=1200)


def test_the_way_gone_is_the_grade_and_carries_the_interval() -> None:
    grade = grade_goal(WAIT, Known(Ranged(value=2400, low=1800, high=3000)))
    assert (grade.value, grade.low, grade.high, grade.colour) == (0.5, 0.25, 0.75, "yellow")


def test_without_a_number_there_is_a_reason() -> None:
    assert grade_goal(WAIT).reason == "no-value"


def test_a_changed_target_is_graded_both_ways() -> None:
    both = grade_twice(WAIT, WAIT.model_copy(update={"target": 2400}), Known(Ranged(value=2400)))
    assert (both.as_set.value, both.as_changed.value, both.changed) == (0.5, 1.0, True)


def test_an_objective_is_the_mean_of_what_has_a_grade() -> None:
    grades = [grade_goal(WAIT, Known(Ranged(value=2400))), grade_goal(WAIT)]
    whole = grade_objective([WAIT, WAIT], grades)
    assert (whole.value, whole.graded) == (0.5, 0.5)


def test_each_week_has_the_last_value_said_in_it() -> None:
    start, end = date(2026, 10, 1), date(2026, 12, 31)
    said = [(date(2026, 10, 2), 1.0), (date(2026, 10, 7), 2.0), (date(2026, 10, 15), 3.0)]
    assert value_of_each_week(said, start, end, date(2026, 10, 16)) == (2.0, None, 3.0)
    assert value_of_each_week([], start, end, date(2026, 9, 30)) == ()


def test_the_colour_of_a_grade_is_the_schools() -> None:
    own = school_named("own", School(changes={"yellow_from": 0.6, "green_from": 0.9}))
    assert grade_goal(WAIT, Known(Ranged(value=2400)), own).colour == "red"
