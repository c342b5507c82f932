"""Rival outcomes side by side: answered, given up, still waiting."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from otklik.stats.distributions import normal_quantile
from otklik.stats.estimate import UNKNOWN, Estimate, Floats


@dataclass(frozen=True)
class IncidenceCurves:
    """Share of each outcome by each instant; the shares and `waiting` add up to 1."""

    at_s: Floats
    waiting: Floats
    share: dict[int, Floats]
    std_error: dict[int, Floats]
    n: int
    last_s: float
    confidence: float = 0.95

    def share_within(self, outcome: int, t_s: float) -> Estimate:
        """Share that ended in this outcome within t seconds, with a log-log interval."""
        i = int(np.searchsorted(self.at_s, t_s, side="right")) - 1
        if self.n == 0 or (t_s > self.last_s and (i < 0 or self.waiting[i] > 0.0)):
            return UNKNOWN
        share = float(self.share[outcome][i]) if i >= 0 else 0.0
        low, high = self._interval(share, float(self.std_error[outcome][i]) if i >= 0 else 0.0)
        return Estimate(share, low, high)

    def _interval(self, share: float, std_error: float) -> tuple[float, float]:
        if not 0.0 < share < 1.0:
            return share, share
        z = normal_quantile(0.5 + self.confidence / 2)
        spread = float(np.exp(z * std_error / (share * -np.log(share))))
        return share**spread, share ** (1.0 / spread)


def aalen_johansen(time_s: npt.ArrayLike, outcome: npt.ArrayLike, *, confidence: float = 0.95) -> IncidenceCurves:
    """Which share was answered, and which gave up, by when.

    Input     time_s (n,): seconds until the outcome or the horizon; outcome (n,): 0 = still waiting, 1.. = rivals
    Output    IncidenceCurves: a share and its standard error for every outcome found, on common instants
    Unit      seconds; shares 0..1
    Open end  outcome 0 is at risk until its time; the shares plus `waiting` are 1 at every instant
    Errors    ValueError: unequal lengths, missing or negative times, negative outcomes
    Source    Aalen & Johansen 1978; variance by the delta method, Marubini & Valsecchi 1995 section 10.2.3

    >>> curves = aalen_johansen([10, 20, 30, 40], [1, 2, 1, 0])
    >>> curves.share_within(1, 35).value, curves.share_within(2, 35).value
    (0.5, 0.25)
    """
    time, code = np.asarray(time_s, dtype=np.float64), np.asarray(outcome, dtype=np.int64)
    if time.shape != code.shape:
        raise ValueError("all columns must have the same length")
    if time.size and not (time.min() >= 0.0 and code.min() >= 0):
        raise ValueError("times and outcomes must be known and not negative")
    at_s, place = np.unique(time[code > 0], return_inverse=True)
    total = np.bincount(place, minlength=at_s.size).astype(np.float64)
    at_risk = time.size - np.searchsorted(np.sort(time), at_s, side="left").astype(np.float64)
    waiting: Floats = np.cumprod(1.0 - total / at_risk, dtype=np.float64)
    before = np.concatenate(([1.0], waiting[:-1]))[: at_s.size]
    share, std_error = {}, {}
    for rival in np.unique(code[code > 0]).tolist():
        mine = np.bincount(place[code[code > 0] == rival], minlength=at_s.size).astype(np.float64)
        share[rival] = np.cumsum(before * mine / at_risk)
        std_error[rival] = np.sqrt(_variance(share[rival], before, mine, total, at_risk))
    last_s = float(time.max()) if time.size else 0.0
    return IncidenceCurves(at_s, waiting, share, std_error, time.size, last_s, confidence)


def _variance(share: Floats, before: Floats, mine: Floats, total: Floats, at_risk: Floats) -> Floats:
    """Sum over earlier instants of (F(t)-F_i)^2 a_i + b_i - 2 (F(t)-F_i) c_i, by running sums of its parts."""
    left = at_risk - total
    with np.errstate(divide="ignore", invalid="ignore"):
        a = np.where(left > 0, total / (at_risk * left), 0.0)  # nobody left: F(t) - F_i is 0 ever after
    b = before**2 * mine * (at_risk - mine) / at_risk**3
    c = before * mine / at_risk**2
    sums = [np.cumsum(x) for x in (a, a * share, a * share**2, b, c, c * share)]
    squares = share**2 * sums[0] - 2 * share * sums[1] + sums[2]
    variance = squares + sums[3] - 2 * (share * sums[4] - sums[5])
    return np.asarray(np.maximum(variance, 0.0), dtype=np.float64)
