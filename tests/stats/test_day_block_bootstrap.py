import numpy as np
import pytest

from otklik.stats import UNKNOWN, day_block_bootstrap, kaplan_meier, wilson_interval


def _share(hits):
    return lambda weight: float((weight * hits).sum() / weight.sum())


def test_same_in_same_out():
    day, hits = np.arange(300) // 10, np.arange(300) % 3 == 0
    first, second = (day_block_bootstrap(day, _share(hits), draws=199) for _ in range(2))
    assert first == second


def test_independent_requests_give_about_the_plain_interval():
    rng = np.random.default_rng(2)
    day, hits = np.repeat(np.arange(100), 10), rng.random(1000) < 0.7
    drawn, plain = day_block_bootstrap(day, _share(hits)), wilson_interval(hits.sum(), 1000)
    assert drawn.low == pytest.approx(plain.low, abs=0.01)
    assert drawn.high == pytest.approx(plain.high, abs=0.01)


def test_an_outage_widens_the_interval():
    """200 requests of one bad day are one piece of bad luck, not two hundred."""
    day = np.concatenate([np.repeat(np.arange(50), 4), np.full(200, 50)])
    hits = np.concatenate([np.ones(200), np.zeros(200)])
    drawn, plain = day_block_bootstrap(day, _share(hits)), wilson_interval(200, 400)
    assert drawn.high - drawn.low > 3 * (plain.high - plain.low)


def test_a_median_of_waits_with_open_ones():
    rng = np.random.default_rng(8)
    wait = rng.lognormal(5, 1, 400)
    done = wait < 600
    estimate = day_block_bootstrap(
        np.arange(400) // 8,
        lambda w: kaplan_meier(np.minimum(wait, 600), done, weights=w).quantile(0.5).value,
        draws=99,
    )
    assert estimate.low < estimate.value < estimate.high


def test_an_end_that_is_never_reached_is_open():
    """Half of the days answer everybody, half nobody: drawing mostly bad days, the median is out of reach."""
    day = np.repeat(np.arange(14), 5)
    done = day % 2 == 0
    estimate = day_block_bootstrap(
        day, lambda w: kaplan_meier(np.full(70, 10.0), done, weights=w).quantile(0.5).value, draws=99
    )
    assert (estimate.value, estimate.low, estimate.high) == (10.0, 10.0, None)


def test_too_few_days_give_no_interval():
    assert day_block_bootstrap([1, 1, 2], lambda w: 5.0) == (5.0, None, None)
    assert day_block_bootstrap(np.arange(20), lambda w: 5.0, block_days=7) == (5.0, None, None)


def test_nothing_gives_nothing():
    assert day_block_bootstrap([], lambda w: None) == UNKNOWN
