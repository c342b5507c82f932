import numpy as np
import pytest
from scipy import stats

from otklik.stats import common_limit, difference_of_shares, kaplan_meier
from otklik.stats.difference_of_shares import telling_n


def _share(n, served):
    return kaplan_meier([5.0] * served + [50.0] * (n - served), [1] * n)


def test_without_open_requests_it_is_the_test_of_two_shares():
    found = difference_of_shares(_share(200, 90), _share(300, 100), 10)
    expected = stats.chi2_contingency([[90, 110], [100, 200]], correction=False)
    assert found.difference == pytest.approx(90 / 200 - 100 / 300)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-9)


def test_requests_that_come_in_clusters_tell_less():
    sure = difference_of_shares(_share(200, 90), _share(300, 100), 10)
    first = kaplan_meier([5.0] * 90 + [50.0] * 110, [1] * 200, design_effect=4.0)
    assert difference_of_shares(first, _share(300, 100), 10).p_value > sure.p_value


def test_a_request_that_was_hardly_followed_hardly_tells():
    time = np.array([5.0] * 50 + [50.0] * 50 + [1.0] * 100)
    assert telling_n(kaplan_meier(time, time > 1), 10) == pytest.approx(100)


def test_a_side_of_which_nobody_was_served_still_compares():
    nobody = kaplan_meier([50.0] * 40, [0] * 40)
    assert difference_of_shares(_share(40, 30), nobody, 10).p_value < 1e-9
    assert telling_n(nobody, 10) == 40


@pytest.mark.parametrize("served", [0, 40])
def test_where_all_are_alike_there_is_no_difference(served):
    assert difference_of_shares(_share(40, served), _share(40, served), 10) == (0.0, 1.0)


def test_a_limit_to_which_nobody_was_followed_tells_nothing():
    short = kaplan_meier([5.0] * 10 + [9.0] * 20, [1] * 10 + [0] * 20)
    assert difference_of_shares(short, _share(40, 30), 30) == (0.0, 1.0)


def test_a_curve_without_requests_tells_nothing():
    assert difference_of_shares(kaplan_meier([], []), _share(40, 30), 10).p_value == 1.0
    assert common_limit([], [1.0], kaplan_meier([], [])) == 0.0


def test_the_limit_is_the_median_of_both_or_as_far_as_both_were_followed():
    fast, slow = [5.0] * 60, [50.0] * 40
    together = kaplan_meier(fast + slow, [1] * 100)
    assert common_limit(fast, slow, together) == 5.0
    nobody = kaplan_meier(fast + slow, [0] * 100)
    assert common_limit(fast, slow, nobody) == 5.0
    assert common_limit([*range(30, 0, -1)], slow, nobody) == 21.0


def test_chance_alone_is_called_as_often_as_promised():
    rng = np.random.default_rng(7)
    called = 0
    for _ in range(400):
        curves = []
        for n, followed in ((60, 8.0), (300, 14.0)):
            time, until = rng.exponential(10, n), rng.uniform(0, followed, n)
            curves.append(kaplan_meier(np.minimum(time, until), time <= until))
        called += difference_of_shares(*curves, 6.0).p_value <= 0.05
    assert called / 400 < 0.085
