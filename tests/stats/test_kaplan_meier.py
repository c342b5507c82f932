import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from otklik.stats import kaplan_meier
from tests.stats.oracle import from_r

WAITS = st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=60)


def assert_agrees(curve, r):
    open_end = np.asarray(r["surv"]) > 0  # at 0 R gives no interval
    np.testing.assert_allclose(curve.at_s, r["time"])
    np.testing.assert_allclose(curve.n_at_risk, r["n_at_risk"])
    np.testing.assert_allclose(curve.n_events, r["n_events"])
    np.testing.assert_allclose(curve.survival, r["surv"], atol=1e-12)
    np.testing.assert_allclose(curve.low[open_end], np.asarray(r["low"], float)[open_end], atol=1e-10)
    np.testing.assert_allclose(curve.high[open_end], np.asarray(r["high"], float)[open_end], atol=1e-10)


def test_patients_of_lung_agree_with_r():
    r = from_r()["lung"]
    curve = kaplan_meier(r["all_time"], r["observed"])
    assert_agrees(curve, r)
    for p, value, low, high in zip(r["p"], r["quantile"], r["quantile_low"], r["quantile_high"], strict=True):
        assert curve.quantile(p) == (value, low, high)


def test_delayed_entry_agrees_with_r():
    r = from_r()["heart"]
    assert_agrees(kaplan_meier(r["stop"], r["observed"], r["start"]), r)


def test_weights_agree_with_r():
    r, lung = from_r()["weighted"], from_r()["lung"]
    curve = kaplan_meier(lung["all_time"], lung["observed"], weights=r["weight"])
    np.testing.assert_allclose(curve.survival, r["surv"], atol=1e-12)


@given(WAITS)
def test_it_agrees_with_lifelines(waits):
    time, done = (list(column) for column in zip(*waits, strict=True))
    fitter = KaplanMeierFitter().fit(time, done)
    curve = kaplan_meier(time, done)
    expected = fitter.survival_function_at_times(curve.at_s).to_numpy()
    np.testing.assert_allclose(curve.survival, expected, atol=1e-12)


@given(WAITS)
def test_without_open_requests_it_is_the_plain_share(waits):
    time = np.array([t for t, _ in waits], dtype=float)
    curve = kaplan_meier(time, np.ones(time.size))
    for t in (0, 7, 25, 50):
        assert curve.share_within(t).value == pytest.approx((time <= t).mean())


@given(WAITS, st.integers(0, 60))
def test_one_more_unanswered_request_never_improves_a_figure(waits, waited):
    time, done = (list(column) for column in zip(*waits, strict=True))
    without, with_it = kaplan_meier(time, done), kaplan_meier([*time, waited], [*done, False])
    for t in range(0, 51, 5):
        before, after = without.share_within(t).value, with_it.share_within(t).value
        assert before is None or after is None or after <= before + 1e-12
    for p in (0.1, 0.5, 0.75, 0.9, 0.95):
        before, after = without.quantile(p).value, with_it.quantile(p).value
        assert after is None or (before is not None and after >= before)


@given(WAITS)
def test_entering_at_the_start_is_no_delayed_entry(waits):
    time, done = (list(column) for column in zip(*waits, strict=True))
    np.testing.assert_array_equal(
        kaplan_meier(time, done).survival, kaplan_meier(time, done, [0.0] * len(time)).survival
    )


@given(WAITS)
def test_whole_weights_are_copies(waits):
    time, done = (np.array(column) for column in zip(*waits, strict=True))
    weight = np.arange(time.size) % 3
    copies = kaplan_meier(np.repeat(time, weight), np.repeat(done, weight))
    weighted = kaplan_meier(time, done, weights=weight)
    np.testing.assert_array_equal(weighted.at_s, copies.at_s)
    np.testing.assert_allclose(weighted.survival, copies.survival, atol=1e-12)


def test_nobody_asked_gives_an_empty_curve():
    curve = kaplan_meier([], [])
    assert curve.at_s.size == 0
    assert curve.quantile(0.5).value is None
    assert curve.share_within(10).value is None


@pytest.mark.parametrize(
    ("time", "done", "entry", "weight", "message"),
    [
        ([1, 2], [1], None, None, "same length"),
        ([-1], [1], None, None, "not negative"),
        ([np.nan], [1], None, None, "must be known"),
        ([5], [1], [5], None, "before it leaves"),
        ([5], [1], [np.nan], None, "before it leaves"),
        ([5], [1], None, [-1], "weights"),
    ],
)
def test_impossible_waits_are_refused(time, done, entry, weight, message):
    with pytest.raises(ValueError, match=message):
        kaplan_meier(time, done, entry, weight)
