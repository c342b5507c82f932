import pytest
from pydantic import ValidationError

from otklik.schemas.measures import MeasureTold


def test_a_measure_is_told_whole_or_not_at_all() -> None:
    told = {"id": "waits", "title": "t", "meaning": "m", "unit": "s", "per": "wait", "cohort": "arrived"}
    assert MeasureTold(**told, available_in=[]).per == "wait"
    with pytest.raises(ValidationError):
        MeasureTold(**told)
