from datetime import timedelta

import numpy as np
import pytest

from otklik.goals.forecast import forecast_share
from otklik.goals.luck import draw_luck
from otklik.goals.share_goal import Mark, ShareGoal, prepare_share
from otklik.schemas.goals import DayCount
from tests.goals.records import CYCLE, LAST_FOUR_WEEKS, START, days_of, end_of_week

WEEKS = {"commit": 0.3, "target": 0.7, "stretch": 1.0}


def goal_of(rows, wanted, week, **more) -> ShareGoal:
    return ShareGoal((Mark("target", 1.0, wanted, rows),), CYCLE, LAST_FOUR_WEEKS, end_of_week(week), **more)


def chance(rows, wanted, week, **more) -> float:
    return forecast_share(goal_of(rows, wanted, week, **more)).chances[0].raw


def test_far_below_is_unlikely_and_far_above_is_likely():
    rows = days_of(0.7, range(-12, 10), seed=2)
    assert chance(rows, 0.9, 9) < 0.05
    assert 0.3 < chance(rows, 0.7, 9) < 0.7
    assert chance(rows, 0.5, 9) > 0.95


def test_shown_chances_never_leave_five_and_ninety_five():
    rows = days_of(0.7, range(-12, 10), seed=2)
    assert forecast_share(goal_of(rows, 0.99, 9)).shown("target") == 0.05
    assert forecast_share(goal_of(rows, 0.3, 9)).shown("target") == 0.95


def test_a_climb_gives_better_chances_than_the_same_number_standing_still():
    climbing = days_of(lambda week: 0.6 + 0.02 * max(0, week), range(-12, 7), n=200)
    standing = days_of(0.72, range(-12, 7), n=200)
    assert chance(climbing, 0.78, 6) > chance(standing, 0.78, 6) + 0.08


def test_harder_marks_are_less_likely():
    rows = days_of(0.7, range(-12, 7), seed=2)
    marks = tuple(
        Mark(name, grade, wanted, rows)
        for name, grade, wanted in ((None, 0.0, 0.6), ("commit", 0.3, 0.68), ("target", 0.7, 0.74), ("stretch", 1, 0.8))
    )
    found = forecast_share(ShareGoal(marks, CYCLE, LAST_FOUR_WEEKS, end_of_week(6)))
    commit, target, stretch = (one.raw for one in found.chances)
    assert commit > target > stretch
    assert [one.grade for one in found.chances] == [0.3, 0.7, 1.0]
    assert 0 <= found.grade_low <= found.grade_middle <= found.grade_high <= 1


def test_the_grade_of_a_path_is_that_of_its_share():
    rows = days_of(0.7, range(-12, 7), seed=2)
    marks = (Mark(None, 0.0, 0.6, rows), Mark("target", 1.0, 0.8, rows))
    goal = ShareGoal(marks, CYCLE, LAST_FOUR_WEEKS, end_of_week(6))
    outcome = prepare_share(goal).play(draw_luck(7)[0])
    expected = np.interp(outcome.end, [0.6, 0.8], [0.0, 1.0])
    assert outcome.grade == pytest.approx(expected, abs=1e-6)


def test_a_percentile_has_a_table_for_each_of_its_marks():
    """p90: from 60 to 30 minutes; within 60 minutes are 94 % already, within 30 not yet."""
    within_60, within_30 = days_of(0.94, range(-12, 7), seed=3, n=50), days_of(0.8, range(-12, 7), seed=4, n=50)
    marks = (Mark(None, 0.0, 0.9, within_60), Mark("target", 1.0, 0.9, within_30))
    found = forecast_share(ShareGoal(marks, CYCLE, LAST_FOUR_WEEKS, end_of_week(6)))
    assert found.chances[0].raw < 0.2
    assert 0.0 < found.grade_middle < 0.5
    outcome = prepare_share(ShareGoal(marks, CYCLE, LAST_FOUR_WEEKS, end_of_week(6))).play(draw_luck(7)[0])
    assert ((outcome.grade == 1.0) == outcome.reached["target"]).all()


def test_a_kept_week_is_kept():
    rows = days_of(0.9, range(-12, 7), n=200, seed=2)
    found = forecast_share(goal_of(rows, 0.85, 6, week_grades=WEEKS))
    assert found.shown("commit") > found.shown("stretch")
    assert found.grade_low >= 6 / 13
    bad = forecast_share(goal_of(rows, 0.97, 6, week_grades=WEEKS))
    assert bad.grade_high <= 7 / 13
    assert bad.chances[2].raw == 0.0


def test_weeks_with_nobody_neither_keep_nor_break():
    rows = [row for row in days_of(0.9, range(-12, 7), n=50) if row.day >= START + timedelta(days=7)]
    rows += days_of(0.9, range(-12, 1), n=50)
    outcome = prepare_share(goal_of(rows, 0.5, 6, week_grades=WEEKS)).play(draw_luck(7)[0])
    assert (outcome.grade == 1.0).mean() > 0.95


def test_the_fan_covers_the_weeks_to_come():
    found = forecast_share(goal_of(days_of(0.7, range(-12, 10), seed=2), 0.8, 9))
    assert [week.number for week in found.fan] == [10, 11, 12, 13]
    for week in found.fan:
        assert 0 <= week.low95 <= week.low80 <= week.middle <= week.high80 <= week.high95 <= 1


def test_too_little_leaves_the_arithmetic_alone():
    assert forecast_share(goal_of(days_of(0.7, range(1, 8)), 0.8, 7)).why_none == "too-few-weeks"
    few = [DayCount(day=end_of_week(week), n=4, k=3) for week in range(-12, 8)]
    assert forecast_share(goal_of(few, 0.8, 7)).why_none == "too-few-requests"
    assert forecast_share(goal_of(days_of(0.7, range(-12, 14)), 0.8, 13)).why_none == "over"
    assert forecast_share(ShareGoal((), CYCLE, LAST_FOUR_WEEKS, START)).why_none == "no-target"
    assert forecast_share(goal_of([], 0.8, 7)).why_none == "too-few-weeks"
    assert forecast_share(goal_of(days_of(0.7, range(1, 8)), 0.8, 7)).chances == ()


def test_eight_weeks_make_a_level_thirteen_a_slope():
    assert forecast_share(goal_of(days_of(0.7, range(-3, 5)), 0.8, 4)).model == "level"
    assert forecast_share(goal_of(days_of(0.7, range(-7, 5)), 0.8, 4)).model == "level"
    assert forecast_share(goal_of(days_of(0.7, range(-8, 5)), 0.8, 4)).model == "full"


def test_a_break_starts_the_record_again():
    """The clock was changed nine weeks ago: what was before is another number."""
    rows = days_of(0.3, range(-12, 1), seed=1) + days_of(0.8, range(1, 10), seed=1)
    again = forecast_share(goal_of(rows, 0.75, 9, since=START))
    assert (again.model, again.weeks) == ("level", 9)
    assert again.chances[0].raw > 0.6


def test_all_of_the_window_counts_whenever_the_record_began():
    """Four bad weeks lie before the break: they are part of the number by which the goal is graded."""
    rows = days_of(0.2, range(1, 5), seed=1) + days_of(0.9, range(5, 13), seed=1)
    since = START + timedelta(days=28)
    goal = ShareGoal((Mark("target", 1.0, 0.75, rows),), CYCLE, CYCLE, end_of_week(12), since)
    found = forecast_share(goal)
    assert (found.weeks, found.model) == (8, "level")
    assert found.chances[0].raw < 0.05, "nine in ten of eight weeks, two in ten of four: seven in ten at the end"


def test_before_the_cycle_begins_the_target_can_be_tried():
    rows = days_of(0.7, range(-25, 1), seed=2)
    easy, hard = (chance(rows, wanted, 0) for wanted in (0.68, 0.9))
    assert hard < 0.3 < easy
    assert len(forecast_share(goal_of(rows, 0.8, 0)).fan) == 13


def test_same_in_same_out():
    rows = days_of(0.7, range(-12, 7), seed=2)
    assert forecast_share(goal_of(rows, 0.72, 6)) == forecast_share(goal_of(rows, 0.72, 6))


def test_weeks_and_end_are_those_of_the_target_whatever_lies_beyond():
    fast, slow = days_of(0.4, range(-12, 7), n=60), days_of(0.8, range(-12, 7), n=60)
    marks = (Mark("target", 0.7, 0.9, slow), Mark("stretch", 1.0, 0.9, fast))
    found = forecast_share(ShareGoal(marks, CYCLE, LAST_FOUR_WEEKS, end_of_week(6)))
    assert 0.7 < found.end_middle < 0.9
    assert all(0.7 < week.middle < 0.9 for week in found.fan)
