import pytest
from statsmodels.stats.proportion import proportion_confint

from otklik.stats import UNKNOWN, wilson_interval
from tests.stats.oracle import from_r


def test_45_of_50_is_90_percent_give_or_take():
    assert [round(100 * x, 1) for x in wilson_interval(45, 50)] == [90.0, 78.6, 95.7]


def test_it_agrees_with_r():
    r = from_r()["wilson"]
    for hits, n, low, high in zip(r["hits"], r["n"], r["low"], r["high"], strict=True):
        assert wilson_interval(hits, n)[1:] == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize(("hits", "n"), [(1, 3), (17, 29), (999, 1000)])
def test_it_agrees_with_statsmodels(hits, n):
    assert wilson_interval(hits, n, 0.9)[1:] == pytest.approx(proportion_confint(hits, n, 0.1, "wilson"))


def test_all_of_three_is_not_certainty():
    share, low, high = wilson_interval(3, 3)
    assert (share, high) == (1.0, 1.0)
    assert low == pytest.approx(0.4385, abs=1e-4)


def test_requests_that_come_in_clusters_tell_less():
    alone, together = wilson_interval(45, 50), wilson_interval(45, 50, design_effect=4)
    assert together.value == alone.value
    assert together.high - together.low > 1.8 * (alone.high - alone.low)


def test_nobody_asked_nothing_is_known():
    assert wilson_interval(0, 0) == UNKNOWN


def test_more_hits_than_tries_is_refused():
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson_interval(4, 3)
