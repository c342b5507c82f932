"""People are sure, the data are not: when that is worth a word."""

from datetime import date

import pytest

from otklik.actions.doubt_confidence import doubt_confidence
from otklik.schemas.goal_profiles import School
from otklik.schemas.goals import Cycle


@pytest.mark.parametrize(
    ("confidence", "chance", "doubted"),
    [(0.8, 0.15, True), (0.7, 0.2, True), (0.6, 0.15, False), (0.8, 0.3, False), (None, 0.1, False),
     (0.9, None, False)],
)  # fmt: skip
def test_only_sure_people_and_doubting_data_quarrel(
    confidence: float | None, chance: float | None, doubted: bool
) -> None:
    assert doubt_confidence(confidence, chance) is doubted


def test_a_school_of_ones_own_has_its_own_limits() -> None:
    own = School(base="google", limits={"confident": 0.5, "unlikely": 0.4})
    cycle = Cycle(title="Q", start=date(2026, 1, 1), end=date(2026, 3, 31), profile="own", own=own)
    assert doubt_confidence(0.5, 0.35, cycle)
    assert not doubt_confidence(0.5, 0.35, cycle.model_copy(update={"profile": "google"}))
