"""Schools through the door: by their names, and a company's own one with what cannot be so in it."""

import pytest

from otklik.actions.school_of_goals import known_schools, school_named, wrong_in_school
from otklik.schemas.goal_profiles import School


@pytest.mark.parametrize("name", known_schools())
def test_every_school_is_known_by_its_name(name: str) -> None:
    assert school_named(name).id == name


def test_an_unknown_school_is_the_usual_one() -> None:
    assert school_named("somebody's").id == "google"
    assert school_named("own").id == "google", "nobody said what is own"


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
