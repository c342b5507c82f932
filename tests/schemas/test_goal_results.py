"""What is told about goals is frozen and knows its fields."""

import pytest
from pydantic import ValidationError

from otklik.schemas.goal_results import Ranged


def test_a_number_without_an_interval_is_not_known() -> None:
    assert Ranged() == Ranged(value=None, low=None, high=None, how="none")


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Ranged.model_validate({"value": 1.0, "mean": 2.0})
