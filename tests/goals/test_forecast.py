import pytest

from otklik.goals.calibration import Calibration
from otklik.goals.forecast import Part, forecast_key_result, forecast_objective, forecast_share
from otklik.goals.share_goal import Mark, ShareGoal, prepare_share
from tests.goals.records import CYCLE, LAST_FOUR_WEEKS, days_of, end_of_week


def prepared(rows, wanted=0.75, week=6, base=0.6):
    marks = (Mark(None, 0.0, base, rows), Mark("target", 1.0, wanted, rows))
    return prepare_share(ShareGoal(marks, CYCLE, LAST_FOUR_WEEKS, end_of_week(week)))


def wobbly(seed):
    """Weeks that go up and down, the same way for the same seed."""
    import numpy as np

    luck = np.random.default_rng(seed).normal(0, 0.12, 30)
    return lambda week: float(min(0.95, max(0.3, 0.7 + luck[week + 12])))


def test_calibration_moves_what_is_shown_not_what_was_simulated():
    goal = prepared(days_of(0.7, range(-12, 7), seed=1)).goal
    plain, moved = forecast_share(goal), forecast_share(goal, Calibration(0.5, 0.8, 40))
    assert plain.chances[0].raw == moved.chances[0].raw
    assert moved.chances[0].shown == pytest.approx(Calibration(0.5, 0.8, 40).calibrated(plain.chances[0].raw))


def test_key_results_that_share_their_weeks_share_their_luck():
    """Two that move together: the objective's grade is less sure than of two strangers."""
    one = days_of(wobbly(1), range(-12, 7), n=200, seed=1)
    same = days_of(wobbly(1), range(-12, 7), n=200, seed=2)
    strange = days_of(wobbly(9), range(-12, 7), n=200, seed=2)
    together, apart = (
        forecast_objective([Part(1.0, prepared(one)), Part(1.0, prepared(other))]) for other in (same, strange)
    )
    assert together.grade_high - together.grade_low > apart.grade_high - apart.grade_low
    assert together.moving == 2


def test_an_objective_of_one_key_result_is_that_key_result():
    one = prepared(days_of(0.7, range(-12, 7), seed=1))
    alone, found = forecast_key_result(one), forecast_objective([Part(2.0, one)])
    assert found.grade_middle == pytest.approx(alone.grade_middle, abs=0.02)
    assert found.chances[2].raw == pytest.approx(alone.chances[0].raw, abs=0.02)


def test_weights_and_grades_that_stand_still_count():
    one = prepared(days_of(0.9, range(-12, 7), seed=1), wanted=0.7)
    found = forecast_objective([Part(1.0, one), Part(3.0, grade=0.2), Part(1.0)])
    assert (found.moving, found.fixed, found.left_out) == (1, 1, 1)
    assert found.grade_middle == pytest.approx(0.4, abs=0.01)
    assert found.chances[0].shown == 0.95
    assert found.chances[1].shown == 0.05


def test_one_without_futures_keeps_its_grade():
    young = prepared(days_of(0.7, range(1, 5)), week=4)
    found = forecast_objective([Part(1.0, young, grade=0.5)])
    assert (found.moving, found.fixed, found.chances) == (0, 1, ())
    assert found.grade_low == found.grade_high == 0.5


def test_nothing_to_say_of_nothing():
    assert forecast_objective([]).grade_middle is None
    assert forecast_objective([Part(1.0)]).left_out == 1
