from datetime import date

from otklik.schemas.goal_curves import CurveMark, CurveWeek, GoalCurve
from otklik.schemas.goals import KeyResult

WEEK = CurveWeek(first=date(2026, 4, 6), last=date(2026, 4, 12), n=40, value=0.6, low=0.5, high=0.7)


def curve(*marks: CurveMark) -> GoalCurve:
    days = {"start": date(2026, 4, 6), "end": date(2026, 7, 5), "on": date(2026, 5, 17)}
    key_result = KeyResult(title="answered within an hour", target=0.7, unit="share")
    return GoalCurve(key_result=key_result, quantity="share", within_s=3600, weeks=(WEEK,), marks=marks, **days)


def test_it_survives_a_file():
    drawn = curve(CurveMark(name="target", value=0.7))
    assert GoalCurve.model_validate_json(drawn.model_dump_json()) == drawn


def test_the_target_is_the_mark_of_that_name():
    assert curve(CurveMark(name="commit", value=0.6), CurveMark(name="target", value=0.7)).target == 0.7
    assert curve().target is None
