"""Percentiles of complete samples, and how many requests a percentile needs."""

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from otklik.stats.distributions import binomial_cdf, binomial_quantile
from otklik.stats.estimate import UNKNOWN, Estimate, Floats


def minimum_n(p: float, confidence: float = 0.95) -> int:
    """How many requests it takes before a percentile may be shown at all.

    Input     p, the share of the percentile (0.9 for p90)
    Output    smallest n for which the range from fastest to slowest covers the percentile with this confidence
    Unit      requests
    Open end  none
    Errors    ValueError outside (0, 1)
    Source    Conover 1999, section 3.2: n with 1 - p^n - (1-p)^n >= 0.95

    >>> [minimum_n(p) for p in (0.5, 0.75, 0.9, 0.95, 0.99)]
    [6, 11, 29, 59, 299]
    """
    if not 0.0 < p < 1.0:
        raise ValueError("p must lie between 0 and 1")
    n = 1
    while p**n + (1.0 - p) ** n > 1.0 - confidence:
        n += 1
    return n


def order_statistic_interval(n: int, p: float, confidence: float = 0.95) -> tuple[int, int] | None:
    """Between which two of the sorted waits the true percentile lies.

    Input     n complete waits; p, the share of the percentile
    Output    (lower, upper) ranks, counted from 1; None below `minimum_n`
    Unit      ranks
    Open end  for complete samples only; with open requests use the bands of `kaplan_meier`
    Errors    ValueError outside (0, 1)
    Source    Conover 1999, section 3.2; ranks qbinom(a/2, n, p) and qbinom(1-a/2, n, p) + 1, and where
              one of them falls off the sample, the whole error is given to the other side

    >>> order_statistic_interval(100, 0.5)
    (40, 61)
    """
    if n < minimum_n(p, confidence):
        return None
    error = 1.0 - confidence
    low, high = binomial_quantile(error / 2, n, p), binomial_quantile(1 - error / 2, n, p) + 1
    if high > n:
        high, low = n, max(1, _largest_low(n, p, error - p**n))
    elif low < 1:
        low, high = 1, n + 1 - max(1, _largest_low(n, 1.0 - p, error - (1.0 - p) ** n))
    return low, high


def sample_quantile(values: npt.ArrayLike, p: float, kind: Literal[1, 7] = 1) -> float | None:
    """Percentile of complete waits, by one of the two rules in use.

    Input     values (n,), in any order; kind 1 = an observed value (SQL percentile_disc), 7 = interpolated
              (numpy's and SQL's percentile_cont)
    Output    the percentile; None without values
    Unit      that of the values
    Open end  for complete samples only; with open requests use `kaplan_meier`, which agrees with kind 1
    Errors    ValueError when a value is missing
    Source    Hyndman & Fan 1996, types 1 and 7

    >>> sample_quantile([1, 2, 3, 4], 0.5), sample_quantile([1, 2, 3, 4], 0.5, kind=7)
    (2.0, 2.5)
    """
    ordered = _sorted(values)
    if not ordered.size:
        return None
    if kind == 1:
        return float(ordered[max(0, math.ceil(ordered.size * p - 1e-9) - 1)])
    place = (ordered.size - 1) * p
    i = min(int(place), ordered.size - 1)
    after = ordered[min(i + 1, ordered.size - 1)]
    return float(ordered[i] + (place - i) * (after - ordered[i]))


def quantile_with_interval(values: npt.ArrayLike, p: float, confidence: float = 0.95) -> Estimate:
    """Percentile of complete waits with its distribution-free interval.

    Input     values (n,), in any order
    Output    Estimate; all None below `minimum_n`
    Unit      that of the values
    Open end  for complete samples only; with open requests use `kaplan_meier`
    Errors    ValueError when a value is missing
    Source    `sample_quantile` type 1 and `order_statistic_interval`

    >>> quantile_with_interval(range(1, 101), 0.5)
    Estimate(value=50.0, low=40.0, high=61.0)
    """
    ordered = _sorted(values)
    ranks = order_statistic_interval(ordered.size, p, confidence)
    if ranks is None:
        return UNKNOWN
    return Estimate(sample_quantile(ordered, p), float(ordered[ranks[0] - 1]), float(ordered[ranks[1] - 1]))


def _largest_low(n: int, p: float, budget: float) -> int:
    """Largest rank with a chance of at most `budget` that fewer values lie below the percentile."""
    k = binomial_quantile(budget, n, p)
    return k + 1 if binomial_cdf(k, n, p) <= budget else k


def _sorted(values: npt.ArrayLike) -> Floats:
    ordered = np.sort(np.asarray(list(values) if isinstance(values, range) else values, dtype=np.float64))
    if ordered.size and np.isnan(ordered[-1]):
        raise ValueError("values must be known")
    return ordered
