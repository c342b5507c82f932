from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.day_counts import (
    Sure,
    drawn_shares,
    hits_needed,
    is_reached,
    share_of_days,
)
from otklik.goals.weeks import Days
from otklik.schemas.goals import DayCount
from otklik.stats import UNKNOWN, sample_quantile, wilson_interval

START = date(2027, 1, 4)


def days_of(pairs) -> list[DayCount]:
    return [DayCount(day=START + timedelta(days=i), n=int(n), k=int(k)) for i, (n, k) in enumerate(pairs)]


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=60),
    st.integers(1, 99).map(lambda p: p / 100),
    st.integers(0, 50),
)
def test_a_percentile_target_is_a_share_target(waits, p, within):
    """The p-quantile is within T exactly when enough requests are."""
    quantile = sample_quantile(waits, p)
    assert (quantile <= within) == is_reached(len(waits), sum(w <= within for w in waits), p)


def test_nobody_reaches_nothing():
    assert not is_reached(0, 0, 0.9)
    assert hits_needed(30, 0.9) == 27


def test_even_days_leave_the_interval_of_independent_requests():
    sure = share_of_days(days_of([(20, 16)] * 28))
    assert sure == Sure(wilson_interval(448, 560), "wilson", 560, 448)


def test_days_that_differ_widen_the_interval():
    sure = share_of_days(days_of([(20, 20), (20, 12)] * 14))
    plain = wilson_interval(448, 560)
    assert sure.how == "days"
    assert sure.number.value == pytest.approx(0.8)
    assert sure.number.low < plain.low < plain.high < sure.number.high


def test_weeks_can_be_drawn_whole():
    """Good and bad weeks by turns: days say little of it, weeks all."""
    rows = days_of([(20, 19 if i // 7 % 2 else 13) for i in range(84)])
    by_day, by_week = share_of_days(rows), share_of_days(rows, block_days=7)
    assert by_week.number.high - by_week.number.low > 1.5 * (by_day.number.high - by_day.number.low)


def test_few_days_take_wilson_widened_by_how_days_differ():
    sure = share_of_days(days_of([(20, 20), (20, 10), (20, 18)]))
    plain = wilson_interval(48, 60)
    assert sure.how == "wilson"
    assert sure.number.high - sure.number.low > plain.high - plain.low


def test_only_the_days_asked_for_count():
    rows = days_of([(10, 10)] * 7 + [(10, 5)] * 7)
    assert share_of_days(rows, Days(START + timedelta(days=7), START + timedelta(days=13))).number.value == 0.5
    assert share_of_days(rows, Days(date(2020, 1, 1), date(2020, 1, 2))) == Sure(UNKNOWN, "none", 0, 0)
    assert share_of_days([]).number == UNKNOWN


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 1)), min_size=1, max_size=40))
def test_a_share_lies_in_its_interval_and_in_bounds(pairs):
    sure = share_of_days(days_of([(n, round(n * part)) for n, part in pairs]))
    if sure.number.value is None:
        assert sure.n == 0
        return
    assert 0 <= sure.number.low <= sure.number.value + 1e-9
    assert sure.number.value <= sure.number.high + 1e-9 <= 1 + 1e-8
    assert sure.number.high - sure.number.low >= 0.999 * (
        wilson_interval(sure.k, sure.n).high - wilson_interval(sure.k, sure.n).low
    )


def test_same_in_same_out():
    assert drawn_shares([5, 9, 3], [1, 8, 3]).tolist() == drawn_shares([5, 9, 3], [1, 8, 3]).tolist()


@pytest.mark.parametrize("spread", [0.0, 0.25, 0.5])
def test_the_interval_of_a_share_covers_the_truth_about_as_often_as_it_says(spread):
    """28 days of about 30 requests; days differ by `spread` on the log-odds."""
    rng = np.random.default_rng(11)
    truth = (1 / (1 + np.exp(-(2.2 + rng.normal(0, spread, 200_000))))).mean()
    covered = 0
    for _ in range(200):
        n = rng.poisson(30, 28)
        k = rng.binomial(n, 1 / (1 + np.exp(-(2.2 + rng.normal(0, spread, 28)))))
        sure = share_of_days(days_of(zip(n, k, strict=True)))
        covered += sure.number.low <= truth <= sure.number.high
    assert covered / 200 >= 0.9
