"""The smallest change the record can tell from luck: a goal below it would be a lottery."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from otklik.goals.day_counts import drawn_shares
from otklik.schemas.goals import DayCount
from otklik.stats import sample_quantile
from otklik.stats.distributions import normal_quantile
from otklik.stats.estimate import Floats


def smallest_visible_share(
    rows: Sequence[DayCount], window_days: int, *, power: float = 0.8, confidence: float = 0.95
) -> float | None:
    """How far above today's share a window must end to be seen as a change, four times of five; in share, 0..1.

    Windows of that many days are drawn from the days on record (those without requests too), two of them compared on
    the log-odds, so that it holds near 100 % as well. None with fewer than 14 days or without both hits and misses.
    """
    counted = [row for row in rows if row.n]
    n, k = np.array([row.n for row in counted]), np.array([row.k for row in counted])
    if len(counted) < 14 or not 0 < k.sum() < n.sum():
        return None
    share = float(k.sum() / n.sum())
    drawn = drawn_shares(n, k, take=_days_taken(rows, len(counted), window_days))
    spread = float(_log_odds(drawn, 0.5 / max(1.0, n.mean() * window_days)).std())
    floor = math.sqrt(1.0 / (share * (1 - share) * n.mean() * min(window_days, len(counted))))
    distance = _distance(power, confidence) * max(spread, floor)
    return 1.0 / (1.0 + math.exp(-(math.log(share / (1 - share)) + distance))) - share


def smallest_visible_ratio(
    day: npt.ArrayLike, wait_s: npt.ArrayLike, p: float, window_days: int, *, power: float = 0.8,
    confidence: float = 0.95,
) -> float | None:  # fmt: skip
    """By which part a percentile of waits must fall to be seen as a change, four times of five: 0.2 is 20 % less.

    The spread of the share at the percentile, drawn by days, is turned into waits. None with fewer than 14 days, or
    where the percentile or what lies around it is not reached.
    """
    waits, days = np.asarray(wait_s, dtype=np.float64), np.asarray(day)
    found, place = np.unique(days, return_inverse=True)
    value = sample_quantile(waits, p)
    if found.size < 14 or value is None or not math.isfinite(value) or value <= 0:
        return None
    n, k = np.bincount(place), np.bincount(place, weights=waits <= value)
    spread = float(drawn_shares(n, k, take=window_days).std())
    around = [sample_quantile(waits, min(1.0, max(1e-9, p + side * spread))) for side in (-1, 1)]
    low, high = (math.inf if one is None or one <= 0 else one for one in around)
    if not (math.isfinite(low) and math.isfinite(high)) or low <= 0:
        return None
    return 1.0 - math.exp(-_distance(power, confidence) * math.log(high / low) / 2)


def _distance(power: float, confidence: float) -> float:
    """In standard deviations of one window: two windows differ, and the difference shall be seen with this power."""
    return math.sqrt(2.0) * (normal_quantile(0.5 + confidence / 2) + normal_quantile(power))


def _days_taken(rows: Sequence[DayCount], counted: int, window_days: int) -> int:
    """How many of the days of a window have requests."""
    span = (max(row.day for row in rows) - min(row.day for row in rows)).days + 1
    return max(1, round(window_days * counted / span))


def _log_odds(share: Floats, edge: float) -> Floats:
    inside = np.clip(share, edge, 1.0 - edge)
    return np.asarray(np.log(inside / (1.0 - inside)), dtype=np.float64)
