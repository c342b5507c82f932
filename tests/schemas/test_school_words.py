"""Every number that can be set has a name, in both languages, and says how it is written."""

import pytest

from otklik.actions.school_of_goals import limits_of_rules
from otklik.base.text import Words
from otklik.schemas.goal_profiles import Profile
from otklik.schemas.school_words import LIMITS, NUMBERS


def test_every_limit_that_can_be_set_has_a_name() -> None:
    assert {name for limits in limits_of_rules().values() for name in limits} == set(LIMITS)


def test_every_number_of_a_school_has_a_name() -> None:
    assert set(NUMBERS) == set(Profile.model_fields) - {"id", "sources"}


@pytest.mark.parametrize("name", [*NUMBERS, *LIMITS])
def test_a_name_is_told_in_both_languages(name: str) -> None:
    told = {**NUMBERS, **LIMITS}[name]
    for text in (told.label, *told.choices.values()):
        assert text and Words("ru").say(text) != text
    assert bool(told.choices) == (told.kind == "choice")
