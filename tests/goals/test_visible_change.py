from datetime import date, timedelta

import numpy as np
import pytest

from otklik.goals.visible_change import smallest_visible_ratio, smallest_visible_share
from otklik.schemas.goals import DayCount


def waits_of(per_day: int, seed: int = 5, days: int = 112) -> tuple[np.ndarray, np.ndarray]:
    """Lognormal waits, sd 1, days that differ by 0.25 on the logarithm."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(days), per_day)
    return day, np.exp(rng.normal(4, 1, day.size) + rng.normal(0, 0.25, days)[day])


def shares_of(per_day: int, share: float, seed: int = 5, days: int = 112) -> list[DayCount]:
    k = np.random.default_rng(seed).binomial(per_day, share, days)
    return [DayCount(day=date(2027, 1, 1) + timedelta(days=i), n=per_day, k=int(hit)) for i, hit in enumerate(k)]


@pytest.mark.parametrize(("per_day", "part"), [(3, 0.52), (10, 0.33), (40, 0.20), (150, 0.16)])
def test_more_requests_show_smaller_changes_of_p90(per_day, part):
    """28 days against 28 days."""
    found = [smallest_visible_ratio(*waits_of(per_day, seed), 0.9, 28) for seed in range(8)]
    assert np.median(found) == pytest.approx(part, abs=0.04)


def test_a_change_as_large_as_the_smallest_visible_is_seen_four_times_of_five():
    rows = shares_of(10, 0.7)
    step = smallest_visible_share(rows, 28)
    base = sum(r.k for r in rows) / sum(r.n for r in rows)
    rng = np.random.default_rng(1)
    n = 280
    before, after = rng.binomial(n, base, 4000) / n, rng.binomial(n, base + step, 4000) / n
    noise = np.sqrt(before * (1 - before) / n + after * (1 - after) / n)
    assert ((after - before) / noise > 1.96).mean() == pytest.approx(0.8, abs=0.06)


def test_it_never_promises_more_than_all():
    few = shares_of(1, 0.97, days=60)
    assert 0 < smallest_visible_share(few, 14) < 1 - sum(row.k for row in few) / 60
    assert smallest_visible_share(shares_of(10, 0.7), 28) > smallest_visible_share(shares_of(100, 0.7), 28)


def test_days_without_requests_make_a_window_smaller():
    every_day = shares_of(10, 0.7)
    every_fourth = [row for i, row in enumerate(every_day) if i % 4 == 0]
    assert smallest_visible_share(every_fourth, 28) > 1.5 * smallest_visible_share(every_day, 28)


def test_too_little_to_say():
    assert smallest_visible_share(shares_of(10, 0.7, days=13), 28) is None
    assert smallest_visible_share(shares_of(10, 1.0), 28) is None
    day, waits = waits_of(10, days=13)
    assert smallest_visible_ratio(day, waits, 0.9, 28) is None
    day, waits = waits_of(10)
    assert smallest_visible_ratio(day, np.where(waits > 60, np.inf, waits), 0.9, 28) is None
    assert smallest_visible_ratio(day, np.where(np.arange(day.size) % 10 < 8, 0.0, waits), 0.803, 28) is None
