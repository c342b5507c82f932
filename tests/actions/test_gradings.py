"""What one grading is of: its days, what was known on its day, and the hours a number names for itself."""

from datetime import date

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goal_results import CheckIn, NumberSent
from otklik.schemas.goals import Bound, Cycle, KeyResult
from otklik.schemas.log import ServiceLog

CYCLE = Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5))
NPS = KeyResult(id="nps", title="NPS", baseline=20, target=45)
DAYS = [date(2026, 6, 14), date(2026, 4, 12), date(2026, 5, 17)]
SAID = {"nps": [CheckIn(key_result="nps", day=day, value=30.0) for day in DAYS]}
SENT = {"nps": [NumberSent(day=day, value=30.0) for day in DAYS]}


@pytest.fixture
def ruler(kept: tuple[Shelf, ServiceLog, Yardstick]) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


@pytest.mark.parametrize(
    ("on", "known"), [(date(2026, 4, 11), []), (DAYS[2], [DAYS[1], DAYS[2]]), (date(2026, 7, 1), sorted(DAYS))]
)
def test_only_what_was_said_and_sent_up_to_the_day_is_known_oldest_first(
    on: date, known: list[date], ruler: GoalRuler
) -> None:
    grading = Grading(ruler, CYCLE, on, SAID, SENT)
    assert [one.day for one in grading.check_ins(NPS)] == known
    assert [one.day for one in grading.numbers_sent(NPS)] == known
    other = NPS.model_copy(update={"id": "other"})
    assert grading.check_ins(other) == () == grading.numbers_sent(other)


@pytest.mark.parametrize(
    ("due", "last"), [(None, CYCLE.end), (date(2026, 5, 31), date(2026, 5, 31)), (date(2026, 9, 1), CYCLE.end)]
)
def test_a_key_result_runs_to_its_due_day_and_never_past_the_cycle(
    due: date | None, last: date, ruler: GoalRuler
) -> None:
    grading = Grading(ruler, CYCLE, DAYS[2])
    assert tuple(grading.days) == (CYCLE.start, CYCLE.end)
    assert tuple(grading.days_of(NPS.model_copy(update={"due": due}))) == (CYCLE.start, last)


def test_a_number_that_names_no_hours_is_graded_by_the_same_ruler(ruler: GoalRuler) -> None:
    grading = Grading(ruler, CYCLE, DAYS[2], SAID)
    assert grading.by(Bound(measure="first_reply", within_s=3600)) is grading
    own = grading.by(Bound(measure="first_reply", within_s=3600, clock="business", calendar="ru"))
    assert own.ruler is not ruler and own.said is SAID and own.on == grading.on
