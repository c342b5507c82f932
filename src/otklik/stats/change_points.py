"""From when on it is different: breaks in a weekly series, called only when an interval says so."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.stats.autocorrelation import autocorrelation, made_independent, without_levels
from otklik.stats.distributions import t_quantile
from otklik.stats.estimate import Floats, Ints
from otklik.stats.pettitt_test import pettitt_test


@dataclass(frozen=True)
class ChangeRule:
    """What counts as a change."""

    shortest: int = 4
    """Fewest values on either side of a break."""
    penalty: float = 2.0
    """Price of a break in units of variance x log(n): 2 is the BIC-like choice."""
    floor: float = math.log(1.1)
    """Smallest step of the level that matters; on logarithms 10 % is log(1.1)."""
    confidence: float = 0.95


PHIS = tuple(i / 10 for i in range(10))
"""How much each value may keep of the one before; the first cuts are those of the most likely."""
PRICE_OF_A_BREAK = 2.5
"""In units of log(n), when series with and without breaks are weighed: its place, its level, and a half to be sure."""


class Change(NamedTuple):
    """One break: levels of the stretch before and of the stretch after, and their difference with its interval."""

    at: int
    """Place of the first value of the stretch after."""
    before: float
    after: float
    step: float
    step_low: float
    step_high: float
    p_value: float


def change_points(values: npt.ArrayLike, rule: ChangeRule | None = None) -> list[Change]:
    """When did it become faster or slower, and by how much.

    Input     values (n,), in order of time: logarithms of a weekly percentile, or a weekly share
    Output    a Change for every break that passes all of: a price per break (2 s^2 log n), stretches of at least
              `shortest` values, Pettitt's test against steady series that drift as this one does, an interval of the
              step without 0, a step of at least `floor`
    Unit      that of the values; on logarithms exp(step) is the ratio after/before
    Open end  hand in only weeks old enough for their slow requests to show
    Errors    ValueError when a value is missing
    Source    optimal partitioning, Jackson et al. 2005 (what PELT prunes, Killick et al. 2012), with values that follow
              each other: Shi, Gallagher, Lund & Killick 2022; s from differences (median absolute); Welch's interval of
              the step, widened by (1 + phi) / (1 - phi)

    >>> [c.at for c in change_points([5, 5.1, 4.9, 5, 5.1, 5, 3, 3.1, 2.9, 3, 3.1, 3])]
    [6]
    """
    x = np.asarray(values, dtype=np.float64)
    chosen = rule or ChangeRule()
    if bool(np.isnan(x).any()):
        raise ValueError("values must be known")
    breaks = _likely_breaks(x, chosen)
    while True:  # drop the weakest break that fails, and look at the longer stretches again
        phi = autocorrelation(x, breaks)
        changes = [_change(x, stretch, phi, chosen.confidence) for stretch in _stretches(breaks, x.size)]
        failed = [c for c in changes if not _passes(c, chosen)]
        if not failed:
            return changes
        weakest = min(failed, key=lambda c: abs(c.step))
        breaks = breaks[breaks != weakest.at]


def _likely_breaks(x: Floats, rule: ChangeRule) -> Ints:
    """The best breaks for the phi with which they explain most: few breaks and much drift, or the reverse."""
    if x.size < 2 * rule.shortest:
        return np.empty(0, dtype=np.int64)
    found = [(phi, best_breaks(made_independent(x, phi), rule)) for phi in PHIS]
    return min(found, key=lambda guess: _unlikeliness(x, *guess))[1]


def _unlikeliness(x: Floats, phi: float, breaks: Ints) -> float:
    surprise = (1.0 - phi) * without_levels(made_independent(x, phi), breaks)[1:]
    variance = max(float((surprise**2).sum()), 1e-12) / x.size
    return x.size * math.log(variance) + PRICE_OF_A_BREAK * math.log(x.size) * breaks.size


def best_breaks(x: Floats, rule: ChangeRule) -> Ints:
    """Cut a series into stretches of constant level at the least cost.

    Input     x (n,), in order of time
    Output    first index of every stretch but the first; empty when one level fits best
    Unit      indices
    Open end  none
    Errors    none
    Source    Jackson et al. 2005, exact for squared error with a price per break

    >>> best_breaks(np.array([0.0] * 10 + [9.0] * 10), ChangeRule()).tolist()
    [10]
    """
    n, m = x.size, rule.shortest
    if n < 2 * m:
        return np.empty(0, dtype=np.int64)
    price = rule.penalty * max(_noise_variance(x), 1e-12) * math.log(n)
    sums, squares = np.concatenate(([0.0], np.cumsum(x))), np.concatenate(([0.0], np.cumsum(x * x)))
    best, came_from = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = -price
    for end in range(m, n + 1):
        start = np.arange(0, end - m + 1)
        length = end - start
        cost = (squares[end] - squares[start]) - (sums[end] - sums[start]) ** 2 / length
        total = best[start] + cost + price
        came_from[end] = int(total.argmin())
        best[end] = total[came_from[end]]
    found: list[int] = []
    at = int(came_from[n])
    while at > 0:
        found.append(at)
        at = int(came_from[at])
    return np.array(found[::-1], dtype=np.int64)


def _noise_variance(x: Floats) -> float:
    """Variance around the level, from neighbours, so that the breaks themselves do not count as noise."""
    steps = np.diff(x)
    robust = float(np.median(np.abs(steps))) / 0.6745
    plain = float(np.sqrt((steps**2).mean()))
    return (robust if robust > 0 else plain) ** 2 / 2.0


def _stretches(breaks: Ints, n: int) -> list[tuple[int, int, int]]:
    edges = [0, *breaks.tolist(), n]
    return list(zip(edges, edges[1:], edges[2:], strict=False))


def _change(x: Floats, stretch: tuple[int, int, int], phi: float, confidence: float) -> Change:
    left, at, right = stretch
    before, after = x[left:at], x[at:right]
    step = float(after.mean() - before.mean())
    parts = [float(s.var(ddof=1)) / s.size if s.size > 1 else 0.0 for s in (before, after)]
    variance = sum(parts)
    freedom = variance**2 / sum(v * v / max(1, s.size - 1) for v, s in zip(parts, (before, after), strict=True)) \
        if variance > 0 else 1.0  # fmt: skip
    widen = (1.0 + phi) / (1.0 - phi)
    half = t_quantile(0.5 + confidence / 2, max(1.0, freedom)) * math.sqrt(variance * widen)
    chance = pettitt_test(x[left:right], shuffles=999, phi=phi).p_value
    return Change(at, float(before.mean()), float(after.mean()), step, step - half, step + half, chance)


def _passes(change: Change, rule: ChangeRule) -> bool:
    away_from_zero = change.step_low > 0 or change.step_high < 0
    return away_from_zero and abs(change.step) >= rule.floor and change.p_value <= 1.0 - rule.confidence
