import pytest
from pydantic import ValidationError

from otklik.schemas.forecasts import Needed


def test_what_is_needed_survives_a_file():
    needed = Needed(verdict="open", n=10, k=7, remaining=4.5, needed=0.96, best_week=0.91)
    assert Needed.model_validate_json(needed.model_dump_json()) == needed


def test_a_verdict_is_one_of_those_known():
    with pytest.raises(ValidationError):
        Needed(verdict="perhaps")
