import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.luck import PATHS, draw_luck, togetherness


def test_same_seed_same_futures():
    one, other = draw_luck(6)[0], draw_luck(6)[0]
    assert (one.level == other.level).all() and (one.pick == other.pick).all()
    assert one.level.shape == (PATHS, 6)


def test_shocks_have_variance_one_and_heavy_tails():
    level = draw_luck(40, paths=5000)[0].level.ravel()
    assert level.var() == pytest.approx(1, abs=0.15)
    assert (np.abs(level) > 4).mean() > 20 * 6.3e-5


def test_numbers_that_move_together_are_lucky_together():
    one, other = draw_luck(10, np.array([[1.0, 0.8], [0.8, 1.0]]))
    assert np.corrcoef(one.level.ravel(), other.level.ravel())[0, 1] == pytest.approx(0.8, abs=0.05)
    assert np.corrcoef(one.start[:, 0], other.start[:, 0])[0, 1] == pytest.approx(0.8, abs=0.05)
    assert abs(np.corrcoef(one.pick, other.pick)[0, 1]) < 0.1


def test_surprises_of_the_same_weeks_make_numbers_move_together():
    rng = np.random.default_rng(6)
    shared = rng.normal(0, 1, 30)
    alike = togetherness([shared, shared + rng.normal(0, 0.3, 30)], [4, 4])
    apart = togetherness([shared, rng.normal(0, 1, 30)], [4, 4])
    assert 0.6 < alike[0, 1] < 0.8
    assert abs(apart[0, 1]) < 0.3


def test_series_that_end_apart_are_laid_over_the_same_weeks():
    """One table lags by a week: its requests ripen slowly."""
    shared = np.random.default_rng(6).normal(0, 1, 30)
    assert togetherness([shared, shared[:-1]], [4, 5])[0, 1] > 0.7
    assert togetherness([shared, shared[:-1]], [4, 4])[0, 1] < 0.4


def test_what_foretells_nothing_moves_with_nobody():
    joint = togetherness([np.array([1.0, np.nan, -1.0]), np.empty(0)], [3, 3])
    assert joint.tolist() == np.eye(2).tolist()


@given(st.lists(st.lists(st.floats(-3, 3), min_size=12, max_size=12), min_size=1, max_size=5))
def test_it_is_always_a_correlation(series):
    joint = togetherness([np.array(one) for one in series], [2] * len(series))
    assert np.allclose(np.diag(joint), 1)
    assert np.linalg.eigvalsh(joint).min() > 0
    assert np.abs(joint).max() <= 1 + 1e-9


def test_ties_that_contradict_each_other_are_loosened():
    """One with another in some weeks, the other with a third in others, the third against the first in the rest."""
    luck, gap = np.random.default_rng(6).normal(0, 1, 200), np.full(200, np.nan)
    one = np.concatenate([luck, gap, luck])
    other = np.concatenate([luck, luck, gap])
    third = np.concatenate([gap, luck, -luck])
    joint = togetherness([one, other, third], [1, 1, 1])
    assert np.linalg.eigvalsh(joint).min() == pytest.approx(0.01)
    assert joint[0, 1] > 0.3 > -0.3 > joint[0, 2]
