import numpy as np
import pytest

from otklik.stats import Estimate, difference_of_quantiles, kaplan_meier, p_value_of


def _curve(waits, **kwargs):
    return kaplan_meier(waits, np.ones(len(waits)), **kwargs)


def test_a_group_against_itself_differs_by_nothing():
    curve = _curve(range(1, 101))
    difference = difference_of_quantiles(curve, curve)
    assert difference.value == 0.0
    assert difference.low < 0 < difference.high
    assert p_value_of(difference) == 1.0


def test_swapping_the_groups_turns_the_sign():
    a, b = _curve(range(1, 101)), _curve(range(50, 150))
    there, back = difference_of_quantiles(a, b), difference_of_quantiles(b, a)
    assert (there.value, there.low, there.high) == (-back.value, -back.high, -back.low)
    assert p_value_of(there) == pytest.approx(p_value_of(back))


def test_the_interval_covers_the_truth_about_95_times_of_100():
    rng = np.random.default_rng(11)
    inside = 0
    for _ in range(400):
        a, b = rng.lognormal(8, 1, 80), rng.lognormal(8.5, 1, 120)
        difference = difference_of_quantiles(_curve(a), _curve(b))
        inside += difference.low <= np.exp(8) - np.exp(8.5) <= difference.high
    assert 0.92 <= inside / 400 <= 0.99


def test_a_median_that_is_not_reached_gives_no_difference():
    never = kaplan_meier([9] * 10, [0] * 10)
    assert difference_of_quantiles(never, _curve(range(10))) == (None, None, None)


def test_an_open_end_stays_open():
    half = kaplan_meier([1, 2, 3, 4, 5, 6, 9, 9, 9, 9], [1] * 6 + [0] * 4)
    difference = difference_of_quantiles(half, _curve(range(1, 101)))
    assert difference.value is not None
    assert difference.high is None


def test_an_interval_that_touches_zero_is_a_chance_of_one_in_twenty():
    assert p_value_of(Estimate(10.0, 0.0, 20.0)) == pytest.approx(0.05)
    assert p_value_of(Estimate(-10.0, -20.0, 0.0)) == pytest.approx(0.05)


def test_an_interval_open_towards_zero_proves_nothing():
    assert p_value_of(Estimate(10.0, None, 20.0)) == 1.0


def test_two_constant_groups_differ_for_sure():
    assert p_value_of(Estimate(10.0, 10.0, 10.0)) == 0.0
