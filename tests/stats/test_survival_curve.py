import numpy as np
import pytest

from otklik.stats import UNKNOWN, kaplan_meier, wilson_interval
from tests.stats.oracle import from_r


def test_the_median_of_1_2_3_4_is_the_left_end_of_the_flat_stretch():
    assert kaplan_meier([1, 2, 3, 4], [1] * 4).quantile(0.5).value == 2.0  # R says 2.5


def test_a_percentile_that_rounding_missed_is_reached():
    assert kaplan_meier(np.arange(1, 11), np.ones(10)).quantile(0.9).value == 9.0


def test_a_percentile_nobody_reached_is_unknown():
    assert kaplan_meier([1, 2, 9, 9, 9], [1, 1, 0, 0, 0]).quantile(0.5).value is None


def test_a_share_later_than_anybody_was_followed_is_unknown():
    curve = kaplan_meier([10, 20, 30], [1, 1, 0])
    assert curve.share_within(30).value == pytest.approx(2 / 3)
    assert curve.share_within(31) == UNKNOWN


def test_once_everybody_is_served_all_later_shares_are_known():
    assert kaplan_meier([10, 20], [1, 1]).share_within(1e9).value == 1.0


def test_all_served_is_not_certainty():
    share, low, high = kaplan_meier([10] * 20, [1] * 20).share_within(10)
    assert (share, high) == (1.0, 1.0)
    assert low == pytest.approx(wilson_interval(20, 20).low)


def test_none_served_yet_is_not_certainty():
    share, low, high = kaplan_meier([10] * 20, [1] * 20).share_within(5)
    assert (share, low) == (0.0, 0.0)
    assert high == pytest.approx(wilson_interval(0, 20).high)


def test_the_mean_up_to_a_limit_agrees_with_r():
    r = from_r()["lung"]
    mean = kaplan_meier(r["all_time"], r["observed"]).restricted_mean(500)
    assert mean.value == pytest.approx(r["rmean"], rel=1e-6)
    assert (mean.high - mean.value) / 1.959964 == pytest.approx(r["rmean_se"], rel=1e-4)


def test_the_mean_beyond_what_was_followed_is_unknown():
    assert kaplan_meier([10, 20], [1, 0]).restricted_mean(30) == UNKNOWN
    assert kaplan_meier([10, 20], [1, 1]).restricted_mean(30).value == 15.0


def test_a_thinned_curve_keeps_its_shape():
    waits = np.random.default_rng(3).lognormal(8, 2, 20_000)
    curve = kaplan_meier(waits, waits < np.quantile(waits, 0.97))
    thin = curve.thinned(200)
    assert thin.at_s.size <= 201
    assert np.all(np.diff(thin.at_s) > 0)
    assert np.all(np.diff(thin.share) >= 0)
    assert np.all((thin.low <= thin.share) & (thin.share <= thin.high))
    drawn = np.interp(np.log(curve.at_s), np.log(thin.at_s), thin.share)
    assert np.abs(drawn - (1 - curve.survival)).max() < 0.02


def test_a_thinned_curve_reaches_to_where_people_were_followed():
    assert kaplan_meier([10, 50], [1, 0]).thinned().at_s.tolist() == [10.0, 50.0]


def test_a_short_or_empty_curve_is_not_thinned():
    assert kaplan_meier([1, 2, 3], [1, 1, 1]).thinned().at_s.tolist() == [1.0, 2.0, 3.0]
    assert kaplan_meier([], []).thinned().at_s.size == 0


def test_clusters_widen_the_bands_and_leave_the_curve():
    waits = np.arange(1, 101)
    alone, together = kaplan_meier(waits, np.ones(100)), kaplan_meier(waits, np.ones(100), design_effect=4.0)
    assert together.quantile(0.5).value == alone.quantile(0.5).value
    assert together.quantile(0.5).high > alone.quantile(0.5).high
