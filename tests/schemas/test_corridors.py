import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.schemas.corridors import Corridor
from otklik.schemas.goal_results import Ranged

NUMBERS = st.floats(-100, 100)


@pytest.mark.parametrize(
    ("weeks", "n"),
    [([], 0), ([None, None], 0), ([9.0], 1), ([9.0, None, 9.0], 1), ([9.0, 9.0, None], 2), ([9.0, 1.0], 0)],
)
def test_weeks_outside_are_counted_back_from_the_last_known(weeks: list[float | None], n: int) -> None:
    assert Corridor(None, 5).weeks_left(weeks) == n


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_what_is_surely_outside_is_outside_with_every_value_of_its_interval(
    a: float, b: float, low: float, high: float, part: float
) -> None:
    corridor, ends = Corridor(min(a, b), max(a, b)), sorted((low, high))
    value = ends[0] + (ends[1] - ends[0]) * abs(part) / 100
    if corridor.is_surely_left_by(Ranged(value=value, low=ends[0], high=ends[1])):
        assert corridor.is_left_by(value)
    assert not corridor.is_left_by(a) and not corridor.is_left_by(b), "its ends are inside"


def test_an_open_corridor_is_never_left() -> None:
    assert not Corridor(None, None).is_left_by(1e9)
    assert not Corridor(None, None).is_surely_left_by(Ranged(value=1, low=0, high=2))
