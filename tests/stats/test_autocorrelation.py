import numpy as np
import pytest

from otklik.stats.autocorrelation import autocorrelation, drifting, made_independent, without_levels

NO_BREAK = np.empty(0, dtype=np.int64)


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
def test_a_long_series_tells_how_much_it_drifts(phi):
    (x,) = drifting(4000, phi, 1, seed=3)
    assert autocorrelation(x, NO_BREAK) == pytest.approx(phi, abs=0.05)


@pytest.mark.parametrize("phi", [0.3, 0.6])
def test_what_a_year_of_weeks_underrates_is_put_back(phi):
    told = [autocorrelation(x, NO_BREAK) for x in drifting(52, phi, 300, seed=4)]
    assert np.mean(told) == pytest.approx(phi, abs=0.05)


def test_a_break_that_is_known_is_no_drift():
    (x,) = drifting(200, 0.0, 1, seed=5)
    stepped = x + np.where(np.arange(200) < 100, 0, 8)
    assert autocorrelation(stepped, NO_BREAK) > 0.8
    assert autocorrelation(stepped, np.array([100])) < 0.2


def test_a_series_that_never_moves_does_not_drift():
    assert autocorrelation(np.full(20, 3.0), NO_BREAK) == 0.0


def test_levels_are_taken_off():
    assert without_levels(np.array([1.0, 3.0, 8.0]), NO_BREAK).tolist() == [-3.0, -1.0, 4.0]
    assert without_levels(np.array([1.0, 3.0, 8.0]), np.array([2])).tolist() == [-1.0, 1.0, 0.0]


def test_taking_the_drift_out_leaves_independent_values_about_the_same_level():
    (x,) = drifting(4000, 0.6, 1, seed=6)
    fresh = made_independent(x + 7.0, 0.6)
    assert autocorrelation(fresh, NO_BREAK) < 0.05
    assert fresh.mean() == pytest.approx(7.0, abs=0.1)


def test_drawn_series_have_variance_one_throughout():
    drawn = drifting(30, 0.7, 4000, seed=7)
    assert np.abs(drawn.std(axis=0) - 1.0).max() < 0.06
