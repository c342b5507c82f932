import pytest
from pydantic import ValidationError

from otklik.schemas.gaming import GamingCheck, GamingLook


def test_a_look_survives_a_file():
    look = GamingLook(verdict="look", checks=(GamingCheck(kind="pile_up", now=5.0, before=1.2, suspicious=True),))
    assert GamingLook.model_validate_json(look.model_dump_json()) == look


def test_a_kind_is_one_of_those_known():
    with pytest.raises(ValidationError):
        GamingCheck(kind="magic")
