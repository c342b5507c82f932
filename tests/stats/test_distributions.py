import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from otklik.stats import distributions as d
from tests.stats.oracle import from_r


@given(st.floats(-8, 8))
def test_the_normal_agrees_with_scipy(z):
    assert d.normal_cdf(z) == pytest.approx(scipy_stats.norm.cdf(z), abs=1e-14)


@given(st.floats(1e-9, 1 - 1e-9))
def test_the_normal_quantile_agrees_with_scipy(p):
    assert d.normal_quantile(p) == pytest.approx(scipy_stats.norm.ppf(p), abs=1e-8)


@given(st.floats(0, 1), st.floats(0.3, 500), st.floats(0.3, 500))
def test_the_beta_agrees_with_scipy(x, a, b):
    assert d.beta_cdf(x, a, b) == pytest.approx(scipy_stats.beta.cdf(x, a, b), abs=1e-10)


@given(st.floats(0.001, 0.999), st.floats(0.5, 100), st.floats(0.5, 100))
def test_the_beta_quantile_inverts_the_beta(p, a, b):
    assert d.beta_cdf(d.beta_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-8)


@given(st.integers(1, 5000), st.floats(0.01, 0.99), st.data())
def test_the_binomial_agrees_with_scipy(n, p, data):
    k = data.draw(st.integers(-1, n))
    assert d.binomial_cdf(k, n, p) == pytest.approx(scipy_stats.binom.cdf(k, n, p), abs=1e-9)


def test_the_binomial_quantile_agrees_with_r():
    r = from_r()["qbinom"]
    assert [d.binomial_quantile(*case) for case in zip(r["q"], r["n"], r["p"], strict=True)] == r["k"]


@pytest.mark.parametrize("n", [1, 2, 7, 30, 365, 10_000])
@pytest.mark.parametrize("p", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("q", [0.025, 0.3, 0.975])
def test_the_binomial_quantile_agrees_with_scipy(q, n, p):
    assert d.binomial_quantile(q, n, p) == scipy_stats.binom.ppf(q, n, p)


@given(st.floats(-50, 50), st.floats(1, 300))
def test_students_t_agrees_with_scipy(t, df):
    assert d.t_cdf(t, df) == pytest.approx(scipy_stats.t.cdf(t, df), abs=1e-10)


@given(st.floats(0.001, 0.999), st.floats(1, 300))
def test_the_quantile_of_students_t_agrees_with_scipy(p, df):
    assert d.t_quantile(p, df) == pytest.approx(scipy_stats.t.ppf(p, df), abs=1e-6, rel=1e-6)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1])
def test_certainty_has_no_quantile(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        d.normal_quantile(p)
    with pytest.raises(ValueError, match="between 0 and 1"):
        d.t_quantile(p, 5)


def test_a_beta_needs_positive_shapes():
    with pytest.raises(ValueError, match="positive"):
        d.beta_cdf(0.5, 0, 1)


def test_fewer_hits_than_none_and_more_than_all():
    assert d.binomial_cdf(-1, 5, 0.5) == 0.0
    assert d.binomial_cdf(5, 5, 0.5) == 1.0
