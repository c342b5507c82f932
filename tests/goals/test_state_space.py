import numpy as np
import pytest

from otklik.goals.state_space import DAMPING, Weeks, filter_weeks, grid_of

ONE = grid_of((0.2,), (0.05,), (1.5,))


def by_hand(y, variance, level, slope, noise):
    """The textbook filter with matrices, one cell."""
    move, cover = np.array([[1.0, 1.0], [0.0, DAMPING]]), np.diag([level**2, slope**2])
    see = np.array([1.0, 0.0])
    mean, spread = np.array([y[0], 0.0]), np.diag([variance[0] * noise, 0.1**2])
    fit = 0.0
    for i in range(1, len(y)):
        mean, spread = move @ mean, move @ spread @ move.T + cover
        if np.isfinite(y[i]):
            total = see @ spread @ see + variance[i] * noise
            off = y[i] - see @ mean
            fit -= 0.5 * (np.log(total) + off**2 / total)
            gain = spread @ see / total
            mean, spread = mean + gain * off, spread - np.outer(gain, see @ spread)
    return mean, spread, fit


def test_it_is_the_textbook_filter():
    rng = np.random.default_rng(4)
    y, variance = rng.normal(0, 1, 30).cumsum(), rng.uniform(0.1, 0.5, 30)
    y[[5, 11]] = np.nan
    found = filter_weeks(Weeks(y, variance), ONE)
    mean, spread, _ = by_hand(y, variance, 0.2, 0.05, 1.5)
    assert found.mean[:, 0] == pytest.approx(mean)
    assert found.spread[:, 0] == pytest.approx([spread[0, 0], spread[0, 1], spread[1, 1]])
    assert found.weight.tolist() == [1.0]


def test_cells_count_by_how_well_they_foretold():
    rng = np.random.default_rng(4)
    y, variance = rng.normal(0, 0.5, 40).cumsum(), np.full(40, 0.05)
    grid = grid_of((0.05, 0.5), (0.0,), (1.0, 3.0))
    found = filter_weeks(Weeks(y, variance), grid)
    fits = np.array([by_hand_level(y, variance, *cell) for cell in zip(*grid, strict=True)])
    expected = np.exp(fits - fits.max())
    assert found.weight == pytest.approx(expected / expected.sum())
    assert found.weight[grid.level == 0.5].sum() > 0.99


def by_hand_level(y, variance, level, slope, noise):
    mean, spread, fit = y[0], variance[0] * noise, 0.0
    for i in range(1, len(y)):
        spread += level**2
        total = spread + variance[i] * noise
        fit -= 0.5 * (np.log(total) + (y[i] - mean) ** 2 / total)
        mean, spread = mean + spread / total * (y[i] - mean), spread - spread**2 / total
    return fit


def test_a_week_that_saw_nothing_leaves_more_doubt():
    y = np.ones(12)
    gap = y.copy()
    gap[-2:] = np.nan
    sure, unsure = (filter_weeks(Weeks(one, np.full(12, 0.1)), ONE) for one in (y, gap))
    assert unsure.spread[0] > sure.spread[0]
    assert np.isnan(unsure.surprise[[0, 10, 11]]).all()


def test_a_steady_climb_has_a_slope_and_a_steady_level_has_none():
    grid = grid_of((0.0, 0.1), (0.0, 0.05, 0.1), (1.0,))
    climb = filter_weeks(Weeks(np.arange(20) * 0.2, np.full(20, 0.01)), grid)
    flat = filter_weeks(Weeks(np.zeros(20), np.full(20, 0.01)), grid)
    assert climb.weight @ climb.mean[1] > 0.1
    assert flat.weight @ flat.mean[1] == pytest.approx(0, abs=1e-9)
    assert flat.level == pytest.approx(0, abs=1e-9)


def test_weeks_before_the_first_number_do_not_count():
    y = np.array([np.nan, np.nan, 1.0, 1.1])
    found = filter_weeks(Weeks(y, np.full(4, 0.1)), ONE)
    later = filter_weeks(Weeks(y[2:], np.full(2, 0.1)), ONE)
    assert found.mean[:, 0] == pytest.approx(later.mean[:, 0])
