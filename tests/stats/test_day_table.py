import numpy as np
import pytest

from otklik.stats import day_table, design_effect


def test_a_percentile_target_is_a_share_target():
    """p90 <= 4 h is the same promise as at least 90 % within 4 h."""
    hours = np.array([1, 2, 3, 3, 3, 3, 3, 3, 4, 9])
    table = day_table(np.zeros(10), hours <= 4)
    assert table.k.sum() / table.n.sum() == 0.9
    assert np.sort(hours)[8] <= 4


def test_days_add_up():
    table = day_table([3, 1, 1, 2], [1, 0, 1, 1])
    assert table.day.tolist() == [1, 2, 3]
    assert table.share(1, 2).value == pytest.approx(2 / 3)
    assert table.share().value == pytest.approx(3 / 4)


def test_requests_of_one_day_share_their_luck():
    rng = np.random.default_rng(5)
    even = rng.binomial(20, 0.8, 200)
    assert design_effect(np.full(200, 20), even) == pytest.approx(1.0, abs=0.3)
    assert design_effect(np.full(10, 20), np.tile([20, 12], 5)) > 4


def test_one_day_or_no_variation_leaves_the_interval_as_it_is():
    assert design_effect([10], [5]) == 1.0
    assert design_effect([10, 10], [10, 10]) == 1.0


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="same length"):
        day_table([1, 2], [1])
