import pytest
from pydantic import ValidationError

from otklik.goals.profiles import GOOGLE, PROFILES, WODTKE, own_profile, profile_named, profile_of
from otklik.schemas.goal_profiles import Profile, School
from otklik.schemas.goals import Cycle
from otklik.schemas.school_words import NUMBERS as TOLD

NUMBERS = set(Profile.model_fields) - {"id", "sources"}


@pytest.mark.parametrize("profile", [*PROFILES.values(), own_profile({"cycle_weeks": 6})], ids=lambda p: p.id)
def test_every_number_says_where_it_comes_from(profile):
    assert set(profile.sources) == NUMBERS
    assert all(profile.sources.values())


def test_the_schools_disagree_where_their_books_do():
    assert (GOOGLE.objectives_warn_over, WODTKE.objectives_warn_over) == (3, 1)
    assert (GOOGLE.key_results_error_over, WODTKE.key_results_error_over) == (5, 3)
    assert (GOOGLE.change_mid_cycle, WODTKE.change_mid_cycle) == ("with_reason", "no")
    assert WODTKE.rhythm == "monday_friday"


def test_an_own_school_changes_numbers_and_signs_for_them():
    own = own_profile({"green_from": 0.7, "objectives_warn_over": 2}, base=WODTKE, id="desk")
    assert (own.id, own.green_from, own.objectives_warn_over) == ("desk", 0.7, 2)
    assert own.sources["green_from"] == "desk"
    assert own.sources["rhythm"] == WODTKE.sources["rhythm"]
    assert own.key_results_error_over == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"commit_grade": 0.8},
        {"yellow_from": 0.7},
        {"stretch_aim_low": 0.9},
        {"aspirational_start_high": 0.2},
        {"objectives_warn_over": 9},
        {"objectives_warn_over": 0},
        {"colour_of_the_sky": 1},
    ],
)
def test_numbers_that_do_not_fit_together_are_refused(changes):
    with pytest.raises(ValidationError):
        own_profile(changes)


def test_an_unknown_school_is_read_as_google():
    assert profile_named("wodtke") is WODTKE
    assert profile_named("") is GOOGLE


def test_a_cycle_brings_its_own_school_along():
    quarter = {"title": "Q1", "start": "2027-01-01", "end": "2027-03-31"}
    own = School(base="wodtke", changes={"green_from": 0.9})
    cycle = Cycle.model_validate({**quarter, "profile": "own", "own": own})
    assert (profile_of(cycle).green_from, profile_of(cycle).rhythm) == (0.9, "monday_friday")
    assert profile_of(cycle.model_copy(update={"profile": "google"})) is GOOGLE
    assert profile_of(cycle.model_copy(update={"own": None})) is GOOGLE


def test_every_number_can_be_set_and_has_a_name():
    assert set(TOLD) == NUMBERS
