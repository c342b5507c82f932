from datetime import timedelta

import numpy as np
import pytest

from otklik.goals.forecast import forecast_key_result
from otklik.goals.luck import draw_luck
from otklik.goals.number_goal import NumberGoal, Told, prepare_number
from tests.goals.records import CYCLE, LAST_FOUR_WEEKS, START, end_of_week


def ratings(level, weeks, seed=1, noise=0.1):
    rng = np.random.default_rng(seed)
    return [Told(end_of_week(week), float(level(week) + rng.normal(0, noise))) for week in weeks]


def goal_of(numbers, wanted, week, **more):
    marks = more.pop("marks", (("target", wanted, 1.0),))
    return NumberGoal(
        numbers, ((wanted - 1, 0.0), (wanted, 1.0)), marks, CYCLE, more.pop("window", None), end_of_week(week), **more
    )


def forecast(*args, **more):
    return forecast_key_result(prepare_number(goal_of(*args, **more)))


def test_a_rating_goes_on_around_its_level():
    numbers = ratings(lambda week: 4.2, range(-12, 10))
    found = forecast(numbers, 4.2, 9, most=5.0)
    assert 0.3 < found.chances[0].raw < 0.7
    assert found.end_low < 4.2 < found.end_high <= 5.0
    assert forecast(numbers, 4.8, 9).chances[0].raw < 0.05
    assert forecast(numbers, 3.8, 9).chances[0].raw > 0.95


def test_bounds_hold():
    found = forecast(ratings(lambda week: 4.9, range(-12, 4)), 4.9, 3, most=5.0, least=1.0)
    assert all(week.high95 <= 5.0 for week in found.fan)


def test_lower_may_be_better():
    numbers = ratings(lambda week: 20 - max(0, week), range(-12, 8), noise=0.5)
    rungs = ((20.0, 0.0), (10.0, 1.0))
    goal = NumberGoal(numbers, rungs, (("target", 10.0, 1.0),), CYCLE, None, end_of_week(7), lower_is_better=True)
    found = forecast_key_result(prepare_number(goal))
    assert found.chances[0].raw > 0.5
    assert found.grade_middle > 0.7


def test_the_window_averages_the_weeks_it_has_seen():
    numbers = ratings(lambda week: 4.0, range(-12, 12), noise=0.05)
    last, mean = (forecast(numbers, 4.0, 11, window=window) for window in (None, LAST_FOUR_WEEKS))
    assert mean.end_high - mean.end_low < last.end_high - last.end_low


def test_weeks_that_keep_the_limit():
    numbers = ratings(lambda week: 4.0, range(-12, 7), noise=0.05)
    marks = (("commit", 3.8, 0.3), ("target", 3.8, 0.7), ("stretch", 3.8, 1.0))
    found = forecast(numbers, 3.8, 6, marks=marks, keep=3.8)
    assert found.grade_middle > 0.9
    broken = forecast(numbers, 4.5, 6, marks=marks, keep=4.5)
    assert broken.grade_high <= 7 / 13
    assert broken.chances[2].raw == 0


def test_weeks_weigh_by_how_many_they_speak_of():
    """A week of three answers that says something wild moves the level less than one of three hundred."""
    calm = [one._replace(n=300) for one in ratings(lambda week: 30.0, range(-12, 6), noise=2.0)]
    wild = Told(end_of_week(6), 60.0, n=3)
    few = forecast([*calm, wild], 40.0, 6)
    many = forecast([*calm, wild._replace(n=300)], 40.0, 6)
    unknown = forecast([*calm, wild._replace(n=None)], 40.0, 6)
    assert few.chances[0].raw < many.chances[0].raw
    assert few.end_middle < many.end_middle
    assert unknown == forecast([one._replace(n=None) for one in [*calm, wild]], 40.0, 6), "of all, or not at all"


def test_said_variances_are_believed():
    """Survey scores of hundred answers a week: noise is known, so that the level is known better."""
    numbers = ratings(lambda week: 30.0, range(-12, 7), noise=5.0)
    sure = [one._replace(variance=25.0) for one in numbers]
    prepared = prepare_number(goal_of(sure, 35.0, 6))
    assert prepared.usual_variance == pytest.approx(25 / prepared.noise**2)
    assert 0 < forecast_key_result(prepared).chances[0].raw < 0.6


def test_numbers_that_never_move_are_no_division_by_nothing():
    found = forecast([Told(end_of_week(week), 4.0) for week in range(-12, 7)], 4.0, 6)
    assert found.end_middle == pytest.approx(4.0)


def test_several_numbers_a_week_are_one_week():
    numbers = [Told(START + timedelta(days=i), 4.0 + i % 2) for i in range(-80, 28)]
    prepared = prepare_number(goal_of(numbers, 4.5, 4))
    assert (prepared.weeks, prepared.requests) == (15, 108)
    assert prepared.play(draw_luck(prepared.steps)[0]).end.mean() == pytest.approx(4.5, abs=0.2)


def test_too_few_numbers():
    assert forecast(ratings(lambda week: 4.0, range(1, 8)), 4.5, 7).why_none == "too-few-weeks"
    assert forecast([], 4.5, 7).why_none == "too-few-weeks"
    assert forecast(ratings(lambda week: 4.0, range(-12, 14)), 4.5, 13).why_none == "over"
    assert forecast([], 4.5, 7, marks=()).why_none == "no-target"
    assert forecast(ratings(lambda week: 4.0, range(-2, 8)), 4.5, 7).model == "level"
    since = goal_of(ratings(lambda week: 4.0, range(-12, 8)), 4.5, 7, since=START)
    assert prepare_number(since).weeks == 7


def test_a_week_in_which_nobody_said_anything_has_seen_nothing():
    numbers = [one for one in ratings(lambda week: 4.0, range(-12, 8)) if one.day != end_of_week(3)]
    prepared = prepare_number(goal_of(numbers, 4.5, 7))
    assert np.isnan(prepared.surprise[-5])
    assert np.isfinite(prepared.surprise[-4:]).all()
    assert prepare_number(goal_of([], 4.5, 7)).surprise.size == 0
