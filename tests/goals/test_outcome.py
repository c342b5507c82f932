import numpy as np
import pytest

from otklik.goals.calibration import Calibration
from otklik.goals.outcome import Outcome, chance_of, fan_of, range_of, tell
from otklik.goals.share_goal import Mark, ShareGoal, prepare_share
from otklik.goals.weeks import Days, cycle_weeks
from tests.goals.records import CYCLE, LAST_FOUR_WEEKS, days_of, end_of_week


def test_a_chance_is_the_share_of_futures():
    reached = np.arange(100) < 30
    assert chance_of("target", 0.7, reached).raw == 0.3
    assert chance_of("target", 0.7, reached, Calibration(1.0, 1.0, 9)).shown == pytest.approx(0.538, abs=0.001)
    assert chance_of("target", 0.7, np.zeros(9, dtype=bool)).shown == 0.05


def test_bands_are_those_of_the_futures():
    weeks = cycle_weeks(*CYCLE)[-2:]
    weekly = np.stack([np.linspace(0, 1, 2001), np.full(2001, np.nan)], axis=1)
    first, second = fan_of(weeks, weekly, CYCLE.first)
    assert (first.number, first.low95, first.low80, first.middle) == pytest.approx((12, 0.025, 0.1, 0.5))
    assert (second.number, second.middle) == (13, None)


def test_ranges_are_of_eighty_of_a_hundred():
    assert range_of(np.linspace(0, 10, 1001)) == pytest.approx((1, 5, 9))


def test_what_is_told_holds_both_the_end_and_the_grade():
    rows = days_of(0.7, range(-12, 7))
    prepared = prepare_share(ShareGoal((Mark("target", 1.0, 0.8, rows),), CYCLE, LAST_FOUR_WEEKS, end_of_week(6)))
    futures = np.linspace(0, 1, 101)
    week = Days(end_of_week(12), CYCLE.last)
    outcome = Outcome({"target": futures > 0.5}, {"target": 1.0}, futures, futures * 2, [week], futures[:, None])
    told = tell(prepared, outcome)
    assert (told.grade_low, told.end_high, told.chances[0].grade) == pytest.approx((0.1, 1.8, 1.0))
    assert (told.model, told.as_of, told.weeks) == ("full", end_of_week(6), 19)
    assert tell(prepared, None).chances == ()
