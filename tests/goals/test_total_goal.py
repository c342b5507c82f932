import pytest

from otklik.goals.forecast import forecast_key_result
from otklik.goals.total_goal import TotalGoal, prepare_total
from tests.goals.records import CYCLE, days_of, end_of_week


def goal_of(wanted, week, *, lower=False, n=10):
    worse = wanted * 2 if lower else 0.0
    return TotalGoal(
        days_of(0, range(-12, week + 1), n=n, seed=1), ((worse, 0.0), (wanted, 1.0)), (("target", wanted, 1.0),),
        CYCLE, CYCLE, end_of_week(week), lower,
    )  # fmt: skip


def forecast(*args, **kwargs):
    return forecast_key_result(prepare_total(goal_of(*args, **kwargs)))


def test_the_usual_volume_goes_on():
    found = forecast(910, 6)
    assert found.end_middle == pytest.approx(910, rel=0.02)
    assert 0.3 < found.chances[0].raw < 0.7
    assert found.end_low > 420


def test_more_is_harder_and_under_is_the_reverse():
    chances = [forecast(wanted, 6).chances[0].raw for wanted in (800, 910, 1000)]
    assert chances == sorted(chances, reverse=True)
    assert forecast(1000, 6, lower=True).chances[0].raw == pytest.approx(1 - forecast(1001, 6).chances[0].raw)


def test_a_total_reached_stays_reached():
    assert forecast(400, 6).chances[0].raw == 1.0
    assert forecast(400, 6, lower=True).chances[0].raw == 0.0


def test_weeks_to_come_are_bands_of_requests():
    fan = forecast(910, 10).fan
    assert [week.number for week in fan] == [11, 12, 13]
    assert all(40 < week.low95 < 60 < 80 < week.high95 < 105 for week in fan)


def test_futures_are_no_surer_than_weeks_are_alike():
    """With 500 a day single requests do not matter; weeks still differ by a tenth."""
    found = forecast(910 * 50, 6, n=500)
    assert (found.end_high - found.end_low) / found.end_middle > 0.03


def test_a_month_on_record_is_enough():
    assert prepare_total(goal_of(910, 13)).why_none == "over"
    young = TotalGoal(days_of(0, range(1, 4)), ((0, 0), (9, 1)), (("target", 9, 1.0),), CYCLE, CYCLE, end_of_week(3))
    assert prepare_total(young).why_none == "too-few-weeks"
    assert prepare_total(TotalGoal([], ((0, 0),), (), CYCLE, CYCLE, end_of_week(3))).why_none == "no-target"
    assert prepare_total(young).surprise.size == 0
