from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from otklik.schemas.goal_results import CycleNow
from otklik.schemas.goal_stories import CycleStory, RecordedGrade
from otklik.schemas.goals import Cycle

NOW = CycleNow(
    cycle=Cycle(title="Q2", start=date(2026, 4, 1), end=date(2026, 6, 30)), on=date(2026, 7, 1),
    as_of=datetime(2026, 7, 1, tzinfo=UTC), objectives=(),
)  # fmt: skip


def test_a_recorded_grade_is_found_by_its_key_result():
    story = CycleStory(now=NOW, grades=(RecordedGrade(key_result="a", grade=0.6),))
    assert story.recorded("a") == story.grades[0] and story.recorded("b") is None
    assert CycleStory.model_validate_json(story.model_dump_json()) == story


def test_a_grade_lies_between_nought_and_one():
    with pytest.raises(ValidationError):
        RecordedGrade(key_result="a", grade=7)
