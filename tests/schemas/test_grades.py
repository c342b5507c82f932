from datetime import date

import pytest
from pydantic import ValidationError

from otklik.schemas.grades import GradePart, KeyResultGrade, ObjectiveGrade, WeekCount


def test_a_week_without_requests_has_no_share():
    week = WeekCount(number=1, first=date(2027, 1, 4), last=date(2027, 1, 10), n=0, k=0)
    assert week.share is None
    assert week.model_copy(update={"n": 4, "k": 3}).share == 0.75


def test_results_survive_a_file():
    part = GradePart(key_result="p90", weight=2.0, share=1.0, grade=0.5)
    grade = ObjectiveGrade(value=0.5, low=0.4, high=0.6, colour="yellow", graded=1.0, parts=(part,))
    assert ObjectiveGrade.model_validate_json(grade.model_dump_json()) == grade


def test_a_reason_is_one_of_those_known():
    with pytest.raises(ValidationError):
        KeyResultGrade(reason="because")
