import math

import pytest

from otklik.goals.bound_goals import number_goal_of, rungs_of, share_goal_of, times_wanted, total_goal_of
from otklik.goals.forecast import forecast_key_result, forecast_share
from otklik.goals.number_goal import Told, prepare_number
from otklik.goals.total_goal import prepare_total
from otklik.schemas.goals import Bound, KeyResult
from tests.goals.records import CYCLE, LAST_FOUR_WEEKS, days_of, end_of_week

P90 = KeyResult(
    title="p90 of the first reply from 60 to 20 min", direction="lower", unit="s",
    baseline=3600, commit=2400, target=1200, stretch=600,
    source=Bound(measure="first_reply", statistic="quantile", quantile=0.9),
)  # fmt: skip
SHARE = KeyResult(
    title="within 15 min from 48 to 80 %", unit="share", baseline=0.48, target=0.8,
    source=Bound(measure="first_reply", within_s=900.0),
)  # fmt: skip
ROWS = days_of(0.7, range(-12, 7), seed=1)


def test_which_times_to_count_against():
    assert times_wanted(SHARE) == (900.0,)
    assert times_wanted(P90) == (3600, 2400, 1200, 600)
    assert times_wanted(P90.model_copy(update={"direction": "keep_below"})) == (1200,)
    assert times_wanted(KeyResult(title="by hand")) == ()
    assert times_wanted(KeyResult(title="n", source=Bound(measure="reopens", statistic="count"))) == ()


def test_a_share_has_one_table_for_all_marks():
    goal = share_goal_of(SHARE, {900.0: ROWS}, CYCLE, end_of_week(6))
    assert [(mark.name, mark.grade, mark.wanted) for mark in goal.marks] == [(None, 0.0, 0.48), ("target", 1.0, 0.8)]
    assert goal.window == LAST_FOUR_WEEKS
    assert forecast_share(goal).chances[0].mark == "target"


def test_a_percentile_has_a_table_for_each_mark():
    tables = {time: days_of(0.7, range(-12, 7), seed=int(time)) for time in times_wanted(P90)}
    goal = share_goal_of(P90, tables, CYCLE, end_of_week(6))
    assert [mark.wanted for mark in goal.marks] == [0.9] * 4
    assert [mark.name for mark in goal.marks] == [None, "commit", "target", "stretch"]
    assert goal.marks[2].rows is tables[1200]


def test_a_baseline_without_its_days_is_left_out():
    tables = {time: ROWS for time in times_wanted(P90) if time != 3600}
    assert [mark.name for mark in share_goal_of(P90, tables, CYCLE, end_of_week(6)).marks] == [
        "commit", "target", "stretch",
    ]  # fmt: skip


def test_a_smaller_share_may_be_better():
    """Within a day from 7 to 2 % unanswered, told as the share that is not in time."""
    kr = SHARE.model_copy(update={"direction": "lower", "baseline": 0.4, "target": 0.3})
    goal = share_goal_of(kr, {900.0: ROWS}, CYCLE, end_of_week(6))
    assert [mark.wanted for mark in goal.marks] == pytest.approx([0.6, 0.7])
    assert goal.marks[0].rows[0].k == ROWS[0].n - ROWS[0].k


def test_a_keep_rule_counts_the_weeks_of_the_whole_cycle():
    kr = SHARE.model_copy(update={"direction": "keep_above", "target": 0.6})
    goal = share_goal_of(kr, {900.0: ROWS}, CYCLE, end_of_week(6))
    assert (goal.window, len(goal.marks), dict(goal.week_grades)["stretch"]) == (CYCLE, 1, 1.0)
    assert [one.mark for one in forecast_share(goal).chances] == ["commit", "target", "stretch"]
    keep = P90.model_copy(update={"direction": "keep_below"})
    assert len(share_goal_of(keep, {1200: ROWS}, CYCLE, end_of_week(6)).marks) == 1


def test_what_is_not_fixed_has_no_marks():
    for kr in (KeyResult(title="by hand", target=1.0), P90.model_copy(update={"direction": "raise"})):
        goal = share_goal_of(kr, {900.0: ROWS}, CYCLE, end_of_week(6))
        assert forecast_share(goal).why_none == "no-target"
    assert share_goal_of(SHARE, {}, CYCLE, end_of_week(6)).marks == ()


def test_a_total():
    kr = KeyResult(title="2000 visits", target=2000, source=Bound(measure="steps", statistic="count", window_days=None))
    found = forecast_key_result(prepare_total(total_goal_of(kr, ROWS, CYCLE, end_of_week(6))))
    assert found.end_middle == pytest.approx(1820, rel=0.03)
    assert 0 < found.chances[0].raw < 0.5


def test_numbers_by_hand():
    kr = KeyResult(title="rating from 4.0 to 4.5", baseline=4.0, target=4.5)
    numbers = [Told(end_of_week(week), 4.2 + 0.1 * (week % 3)) for week in range(-12, 7)]
    goal = number_goal_of(kr, numbers, CYCLE, end_of_week(6), bounds=(1, 5))
    found = forecast_key_result(prepare_number(goal))
    assert 4.0 < found.end_middle < 4.5
    keep = number_goal_of(
        kr.model_copy(update={"direction": "keep_above", "target": 4.1}), numbers, CYCLE, end_of_week(6)
    )
    assert forecast_key_result(prepare_number(keep)).grade_middle > 0.8


def test_without_a_baseline_the_first_mark_is_a_step():
    rungs = rungs_of(KeyResult(title="a", target=4.5))
    assert rungs == ((math.nextafter(4.5, -math.inf), 0.0), (4.5, 1.0))
    assert rungs_of(KeyResult(title="a")) == ((0.0, 0.0),)
    assert rungs_of(P90)[0] == (3600, 0.0)
