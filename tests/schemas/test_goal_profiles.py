import pytest
from pydantic import ValidationError

from otklik.goals.profiles import GOOGLE
from otklik.schemas.goal_profiles import Profile


def test_a_school_survives_a_file():
    assert Profile.model_validate_json(GOOGLE.model_dump_json()) == GOOGLE


def test_a_school_must_name_every_number():
    with pytest.raises(ValidationError):
        Profile.model_validate({"id": "half", "sources": {}})
