import math

import numpy as np
import pytest
import ruptures

from otklik.stats import ChangeRule, change_points
from otklik.stats.autocorrelation import drifting
from otklik.stats.change_points import best_breaks
from tests.stats.oracle import from_r


def test_the_nile_changed_once_after_28_years():
    (change,) = change_points(from_r()["nile"], ChangeRule(floor=0))
    assert change.at == 28
    assert (change.before, change.after) == pytest.approx((1097.75, 849.97), abs=0.01)
    assert change.step_high < 0


@pytest.mark.parametrize("seed", range(5))
def test_the_cuts_are_those_of_pelt(seed):
    rng = np.random.default_rng(seed)
    x = np.concatenate([rng.normal(m, 1, 25) for m in rng.choice([0, 2, 5], 4)])
    rule = ChangeRule()
    robust = np.median(np.abs(np.diff(x))) / 0.6745
    pelt = ruptures.Pelt(model="l2", min_size=rule.shortest, jump=1).fit(x)
    expected = pelt.predict(pen=rule.penalty * robust**2 / 2 * math.log(x.size))[:-1]
    assert best_breaks(x, rule).tolist() == expected


def test_steady_weeks_are_called_steady():
    rng = np.random.default_rng(4)
    found = sum(len(change_points(rng.normal(9, 0.1, 52))) for _ in range(40))
    assert found <= 1


@pytest.mark.parametrize(("phi", "promised"), [(0.3, 0.08), (0.5, 0.12), (0.7, 0.2)])
def test_steady_weeks_that_follow_each_other_are_called_steady(phi, promised):
    series = 9 + 0.2 * drifting(52, phi, 100, seed=2)
    assert sum(bool(change_points(x)) for x in series) / 100 <= promised


def test_a_third_faster_is_seen_though_weeks_follow_each_other():
    weeks = 9 + 0.1 * drifting(52, 0.5, 20, seed=8) + np.where(np.arange(52) < 30, 0.0, math.log(2 / 3))
    found = [change_points(x) for x in weeks]
    assert sum(len(changes) == 1 for changes in found) >= 18
    assert sum(changes[0].step_low < math.log(2 / 3) < changes[0].step_high for changes in found if changes) >= 16


def test_a_third_faster_is_seen_in_half_a_year():
    rng = np.random.default_rng(6)
    weeks = np.concatenate([rng.normal(9, 0.1, 16), rng.normal(9 + math.log(2 / 3), 0.1, 10)])
    (change,) = change_points(weeks)
    assert change.at == 16
    assert math.exp(change.step) == pytest.approx(2 / 3, rel=0.1)
    assert math.exp(change.step_low) < 2 / 3 < math.exp(change.step_high)


def test_a_sure_but_small_step_does_not_matter():
    weeks = np.concatenate([np.tile([9.0, 9.01], 10), np.tile([9.05, 9.06], 10)])
    assert change_points(weeks) == []
    assert len(change_points(weeks, ChangeRule(floor=0.01))) == 1


def test_one_bad_week_is_no_change():
    weeks = np.full(30, 9.0) + np.tile([0, 0.02, -0.02], 10)
    weeks[14] = 12.0
    assert change_points(weeks) == []


def test_two_changes_are_two():
    rng = np.random.default_rng(9)
    weeks = np.concatenate([rng.normal(m, 0.08, 12) for m in (9, 9.6, 9.1)])
    assert [c.at for c in change_points(weeks)] == [12, 24]


@pytest.mark.parametrize("n", [0, 1, 7])
def test_too_short_a_record_shows_no_change(n):
    assert change_points(np.arange(n, dtype=float)) == []


def test_a_perfect_step_is_a_change():
    assert [c.at for c in change_points([9.0] * 8 + [8.0] * 8)] == [8]


def test_a_missing_week_is_refused():
    with pytest.raises(ValueError, match="known"):
        change_points([1.0, math.nan])
