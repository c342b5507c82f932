"""A key result that is due before its cycle ends is counted and foreseen up to that day."""

from datetime import date
from typing import Any

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.grade_cycle import stand_of
from otklik.actions.grade_goals import in_time
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goal_results import CheckIn
from otklik.schemas.goals import Bound, Cycle, KeyResult, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
ON, DUE = date(2026, 5, 17), date(2026, 5, 31)
CYCLE = Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5))
SHORT = CYCLE.model_copy(update={"end": DUE})
SHARE = Bound(measure="first_reply", within_s=3600)
SOLVED = Bound(measure="resolution", statistic="count", window_days=None, which=Slice(cohort="resolved"))
WEEKLY = Bound(measure="first_reply", within_s=3600, weekly=True)
KEPT: list[dict[str, Any]] = [
    {"baseline": 0.5, "target": 0.7, "unit": "share", "source": SHARE},
    {"baseline": 0, "target": 800, "unit": "count", "source": SOLVED},
    {"direction": "keep_above", "target": 0.6, "unit": "share", "source": WEEKLY},
]


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


@pytest.mark.parametrize("facts", KEPT, ids=["share", "count", "weekly"])
@pytest.mark.parametrize("on", [ON, date(2026, 6, 20)])
def test_it_is_foreseen_as_in_a_cycle_that_ends_that_day(facts: dict[str, Any], on: date, ruler: GoalRuler) -> None:
    key_result = KeyResult(id="a", title="a", due=DUE, **facts)
    told, _ = stand_of(Grading(ruler, CYCLE, on), key_result)
    short, _ = stand_of(Grading(ruler, SHORT, on), key_result)
    assert (told.number, told.grade, told.weeks) == (short.number, short.grade, short.weeks)
    assert (told.needed, told.forecast) == (short.needed, short.forecast)
    longer, _ = stand_of(Grading(ruler, CYCLE, on), key_result.model_copy(update={"due": None}))
    assert told.needed != longer.needed


def said(*days: date) -> list[CheckIn]:
    return [CheckIn(key_result="a", day=day, value=30.0 + n) for n, day in enumerate(days)]


def test_what_people_say_later_does_not_count(ruler: GoalRuler) -> None:
    days = [date(2026, 4, 12), date(2026, 5, 10), DUE, date(2026, 6, 14)]
    key_result = KeyResult(id="a", title="a", baseline=20, target=45, due=DUE)
    told, _ = stand_of(Grading(ruler, CYCLE, date(2026, 6, 20), {"a": said(*days)}), key_result)
    assert told.number.value == 32.0 and told.weeks[-1] is None
    assert len(told.check_ins) == 4, "what was said is shown all the same"
    before, _ = stand_of(Grading(ruler, CYCLE, ON, {"a": said(*days)}), key_result)
    short, _ = stand_of(Grading(ruler, SHORT, ON, {"a": said(*days)}), key_result)
    assert before.forecast == short.forecast and before.number.value == 31.0


def test_where_nobody_said_anything_in_time_the_first_word_after_counts() -> None:
    late = said(date(2026, 6, 2), date(2026, 6, 14))
    assert in_time(late, DUE) == late[:1]
    assert in_time(late, None) == late and in_time([], DUE) == []
    assert in_time(said(DUE, date(2026, 6, 14)), DUE) == said(DUE)
