"""Grades through the door: as the rules of grading say, by the school that the cycle follows."""

from datetime import date

import pytest

from otklik.actions.grade_goals import (
    Known,
    grade_goal,
    grade_objective,
    grade_twice,
    value_of_each_week,
)
from otklik.actions.school_of_goals import known_schools, limits_of_rules, school_named, wrong_in_school
from otklik.schemas.goal_profiles import School
from otklik.schemas.goal_results import Ranged
from otklik.schemas.goals import KeyResult
from otklik.schemas.school_words import LIMITS

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


@pytest.mark.parametrize("name", known_schools())
def test_every_school_is_known_by_its_name(name: str) -> None:
    assert school_named(name).id == name


def test_an_unknown_school_is_the_usual_one() -> None:
    assert school_named("somebody's").id == "google"
    assert school_named("own").id == "google", "nobody said what is own"


def test_the_colour_of_a_grade_is_the_schools() -> None:
    own = school_named("own", School(changes={"yellow_from": 0.6, "green_from": 0.9}))
    assert grade_goal(WAIT, Known(Ranged(value=2400)), own).colour == "red"


@pytest.mark.parametrize(
    ("own", "place"),
    [
        (School(base="nobody"), "base"),
        (School(changes={"sky": 1}), "changes.sky"),
        (School(changes={"id": "x"}), "changes.id"),
        (School(changes={"commit_grade": 0.9}), "changes"),
        (School(limits={"sky": 1}), "limits.sky"),
        (School(limits={"objectives_warn": 2}), "limits.objectives_warn"),
        (School(limits={"copy_similarity": -1}), "limits.copy_similarity"),
        (School(limits={"objective_words_min": 1.5}), "limits.objective_words_min"),
        (School(off=("X9",)), "off"),
    ],
)
def test_what_cannot_be_so_in_an_own_school_is_told_with_its_place(own: School, place: str) -> None:
    wrong = wrong_in_school(own)
    assert wrong is not None
    assert wrong.place == place


def test_all_is_well_with_a_sound_one() -> None:
    assert (
        wrong_in_school(School(base="wodtke", changes={"rhythm": "check_in"}, limits={"late_days": 3}, off=("O1",)))
        is None
    )


def test_every_limit_that_can_be_set_has_a_name() -> None:
    assert {name for limits in limits_of_rules().values() for name in limits} == set(LIMITS)
