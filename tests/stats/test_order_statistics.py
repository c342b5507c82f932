import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from otklik.stats import UNKNOWN, minimum_n, order_statistic_interval, quantile_with_interval, sample_quantile
from tests.stats.oracle import from_r

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=80)


def test_how_many_requests_each_percentile_needs():
    assert [minimum_n(p) for p in (0.5, 0.75, 0.9, 0.95, 0.99)] == [6, 11, 29, 59, 299]


@pytest.mark.parametrize("p", [0.1, 0.5, 0.75, 0.9, 0.95])
@pytest.mark.parametrize("n", [6, 11, 12, 29, 35, 59, 60, 100, 1000])
def test_the_interval_covers_in_at_least_95_of_100_cases(n, p):
    ranks = order_statistic_interval(n, p)
    if ranks is None:
        assert n < minimum_n(p)
    else:
        low, high = ranks
        assert 1 <= low < high <= n
        assert binom.cdf(high - 1, n, p) - binom.cdf(low - 1, n, p) >= 0.95 - 1e-9


def test_one_request_fewer_than_needed_gives_no_interval():
    assert order_statistic_interval(28, 0.9) is None
    assert order_statistic_interval(29, 0.9) == (21, 29)
    assert order_statistic_interval(29, 0.1) == (1, 9)


def test_the_rules_agree_with_r():
    r = from_r()["quantiles"]
    for p, one, seven in zip(r["p"], r["type1"], r["type7"], strict=True):
        assert sample_quantile(r["values"], p) == pytest.approx(one)
        assert sample_quantile(r["values"], p, kind=7) == pytest.approx(seven)


@given(VALUES, st.floats(0, 1))
def test_rule_7_is_numpys(values, p):
    assert sample_quantile(values, p, kind=7) == pytest.approx(np.quantile(values, p), abs=1e-6)


def test_a_percentile_with_its_interval():
    assert quantile_with_interval(range(1, 101), 0.5) == (50.0, 40.0, 61.0)
    assert quantile_with_interval([1, 2, 3, 4, 5], 0.5) == UNKNOWN


def test_nothing_has_no_percentile():
    assert sample_quantile([], 0.5) is None


def test_a_missing_wait_is_refused_rather_than_ignored():
    with pytest.raises(ValueError, match="known"):
        sample_quantile([1, np.nan], 0.5)


@pytest.mark.parametrize("p", [0, 1])
def test_the_very_fastest_and_slowest_are_no_percentiles(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        minimum_n(p)
