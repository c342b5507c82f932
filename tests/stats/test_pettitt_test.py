import pytest

from otklik.stats import pettitt_test
from otklik.stats.autocorrelation import drifting
from tests.stats.oracle import from_r


def test_the_nile_fell_after_1898():
    result = pettitt_test(from_r()["nile"])
    assert result.n_before == 28
    assert result.p_value == pytest.approx(3.6e-7, rel=0.02)


def test_the_formula_is_too_careful_for_short_series_and_shuffling_is_not():
    values = [5, 6, 5, 6, 9, 10, 9, 10]
    assert pettitt_test(values).p_value > 0.1
    assert pettitt_test(values, shuffles=999).p_value < 0.06


def test_a_level_series_shows_no_break():
    values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
    assert pettitt_test(values).p_value > 0.2
    assert pettitt_test(values, shuffles=199).p_value > 0.1


def test_shuffling_is_seeded():
    values = list(range(12))
    assert pettitt_test(values, shuffles=99) == pettitt_test(values, shuffles=99)


def test_equal_values_show_no_break():
    assert pettitt_test([7] * 10).p_value == 1.0


def test_one_value_is_no_series():
    assert pettitt_test([1]).p_value == 1.0


def test_a_drift_makes_a_break_less_surprising():
    x = drifting(40, 0.7, 1, seed=11)[0]
    chances = [pettitt_test(x, shuffles=499, phi=phi).p_value for phi in (0.0, 0.4, 0.8)]
    assert chances == sorted(chances)
    assert chances[0] < chances[2]


def test_against_drift_like_its_own_a_steady_series_is_called_as_often_as_promised():
    series = drifting(40, 0.6, 200, seed=12)
    called = sum(pettitt_test(x, shuffles=199, phi=0.6).p_value <= 0.05 for x in series)
    assert called / 200 < 0.09
