"""Numbers that must not break: broken or not, how surely, for how many weeks."""

from datetime import date

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.grade_health import check_health
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goal_results import CheckIn
from otklik.schemas.goals import Bound, Cycle, Health, Slice
from otklik.schemas.log import ServiceLog

ON = date(2026, 5, 17)
CYCLE = Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5), objectives=())
REOPENED = Bound(measure="reopens", which=Slice(cohort="resolved"))
SAID = {
    "nps": [
        CheckIn(key_result="nps", day=date(2026, 5, 10), value=36.0, confidence=0.4),
        CheckIn(key_result="nps", day=date(2026, 4, 12), value=33.0, confidence=0.6),
    ]
}


@pytest.fixture
def ruler(kept: tuple[Shelf, ServiceLog, Yardstick]) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


def test_a_health_number_is_broken_outside_its_band_and_counts_weeks(ruler: GoalRuler) -> None:
    told = [
        check_health(Grading(ruler, CYCLE, ON), Health(id="h", title="reopened", high=high, source=REOPENED))
        for high in (0.2, 0.05, 0.001)
    ]
    assert [one.broken for one in told] == [False, True, True]
    assert [one.surely for one in told] == [False, False, True]
    assert told[0].weeks_broken == 0 < told[2].weeks_broken


def test_a_health_number_that_people_say_is_the_last_one(ruler: GoalRuler) -> None:
    health = Health(id="nps", title="NPS", low=35)
    assert check_health(Grading(ruler, CYCLE, ON, SAID), health).broken is False
    assert check_health(Grading(ruler, CYCLE, date(2026, 5, 1), SAID), health).broken is True
    assert check_health(Grading(ruler, CYCLE, date(2026, 4, 1), SAID), health).broken is None


def test_what_the_log_cannot_tell_is_a_problem_and_no_break(ruler: GoalRuler) -> None:
    luck = Health(id="luck", title="luck", high=0.5, source=Bound(measure="luck", within_s=60))
    found = check_health(Grading(ruler, CYCLE, ON), luck)
    assert found.broken is None and found.number.value is None
    assert found.problem is not None and found.problem.facts and found.problem.message
