"""A change is told only where its interval leaves out zero."""

from datetime import date

import pytest

from otklik.schemas.goal_changes import Change, Window
from otklik.schemas.goal_results import Ranged

DAYS = Window(first=date(2026, 1, 1), last=date(2026, 1, 28), number=Ranged(value=0.5), n=10)


@pytest.mark.parametrize(
    ("low", "high", "direction"),
    [
        (0.1, 0.3, 1),
        (-0.3, -0.1, -1),
        (-0.1, 0.3, 0),
        (None, 0.3, 0),
        (0.1, None, 1),
        (None, -0.1, -1),
        (None, None, 0),
    ],
)
def test_the_direction_of_a_change(low: float | None, high: float | None, direction: int) -> None:
    change = Change(before=DAYS, after=DAYS, difference=Ranged(value=0.2, low=low, high=high))
    assert change.direction == direction
