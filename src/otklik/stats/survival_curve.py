"""How many still wait after so long: the curve itself, and the questions it answers."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from otklik.stats.distributions import normal_quantile
from otklik.stats.estimate import UNKNOWN, Estimate, Floats
from otklik.stats.wilson_interval import wilson_interval

_ROUNDING = 1e-9
"""A curve that misses a level only by rounding has reached it."""


class ThinnedCurve(NamedTuple):
    """A curve thinned for drawing: share served by then, with its interval; equal lengths, `at_s` rising."""

    at_s: Floats
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class SurvivalCurve:
    """Share still waiting after each instant at which somebody was served; see `kaplan_meier`."""

    at_s: Floats
    n_at_risk: Floats
    n_events: Floats
    survival: Floats
    n: float
    """All who asked, unanswered ones included."""
    last_s: float
    """How long the longest followed request was followed."""
    confidence: float = 0.95
    design_effect: float = 1.0
    """Widens every interval where requests come in clusters; see `design_effect`."""

    @cached_property
    def hazard_sum(self) -> Floats:
        """Greenwood's running sum d / n(n-d); infinite once nobody is left."""
        left = self.n_at_risk - self.n_events
        with np.errstate(divide="ignore"):
            return np.cumsum(np.where(left > 0, self.n_events / (self.n_at_risk * left), np.inf))

    @cached_property
    def low(self) -> Floats:
        """Lower end of the log-log interval of `survival`."""
        return self._band(1.0)

    @cached_property
    def high(self) -> Floats:
        """Upper end of the log-log interval of `survival`."""
        high = self._band(-1.0)
        if high.size and self.survival[-1] <= 0.0:
            everyone = wilson_interval(0, self.n_events.sum(), self.confidence, self.design_effect).high or 1.0
            high[-1] = min(everyone, high[-2] if high.size > 1 else 1.0)
        return high

    def quantile(self, p: float) -> Estimate:
        """How long until a share p was served: the first instant with survival <= 1-p (left end of a flat stretch).

        The interval is where the bands cross the same level (Brookmeyer & Crowley 1982); None = not reached.
        """
        level = 1.0 - p + _ROUNDING
        return Estimate(*(self._first_at_or_below(values, level) for values in (self.survival, self.low, self.high)))

    def share_within(self, t_s: float) -> Estimate:
        """Share served within t seconds; None where nobody was followed that long and some still wait.

        Where nobody or everybody was served by then the log-log interval has no width; Wilson's stands in.
        """
        i = int(np.searchsorted(self.at_s, t_s, side="right")) - 1
        waiting = float(self.survival[i]) if i >= 0 else 1.0
        if self.n <= 0 or (t_s > self.last_s and waiting > 0.0):
            return UNKNOWN
        if i < 0:
            followed = float(self.n_at_risk[0]) if self.at_s.size else self.n
            return wilson_interval(0, max(1.0, followed), self.confidence, self.design_effect)
        return Estimate(1.0 - waiting, 1.0 - float(self.high[i]), 1.0 - float(self.low[i]))

    def restricted_mean(self, tau_s: float) -> Estimate:
        """Mean seconds waited when every wait is counted up to tau only: for tails that are still open."""
        inside = self.at_s < tau_s
        edges = np.concatenate(([0.0], self.at_s[inside], [tau_s]))
        level = np.concatenate(([1.0], self.survival[inside]))
        areas = np.diff(edges) * level
        mean = float(areas.sum())
        if tau_s > self.last_s and level[-1] > 0.0:
            return UNKNOWN
        after = areas[::-1].cumsum()[::-1][1:]
        left = self.n_at_risk[inside] - self.n_events[inside]
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = np.where(left > 0, after**2 * self.n_events[inside] / (self.n_at_risk[inside] * left), 0.0)
        half = self._z * float(np.sqrt(steps.sum()))
        return Estimate(mean, max(0.0, mean - half), min(tau_s, mean + half))

    def thinned(self, k: int = 200) -> ThinnedCurve:
        """About k points that keep the shape: evenly spread over the share served and over the logarithm of time."""
        size = self.at_s.size
        if size > k:
            by_share = np.searchsorted(-self.survival, np.linspace(-1.0, -self.survival[-1], k // 2))
            stretch = np.geomspace(max(1.0, self.at_s[0]), max(1.0, self.at_s[-1]), k - k // 2 - 2)
            by_time = np.searchsorted(self.at_s, stretch)
            keep = np.unique(np.clip(np.concatenate(([0, size - 1], by_share, by_time)), 0, size - 1))
        else:
            keep = np.arange(size)
        share, low, high = 1.0 - self.survival[keep], 1.0 - self.high[keep], 1.0 - self.low[keep]
        at_s = self.at_s[keep]
        if size and self.last_s > at_s[-1]:
            at_s, share, low, high = (np.append(v, e) for v, e in (
                (at_s, self.last_s), (share, share[-1]), (low, low[-1]), (high, high[-1])))  # fmt: skip
        return ThinnedCurve(at_s, share, low, high)

    @property
    def _z(self) -> float:
        return normal_quantile(0.5 + self.confidence / 2) * math.sqrt(max(1.0, self.design_effect))

    def _band(self, side: float) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.survival)
            spread = side * self._z * np.sqrt(self.hazard_sum) / -log
            band = np.exp(log * np.exp(spread))
        return np.where(self.survival <= 0.0, 0.0, band)

    def _first_at_or_below(self, values: Floats, level: float) -> float | None:
        below = values <= level
        i = int(below.argmax()) if below.size else 0
        return float(self.at_s[i]) if below.size and below[i] else None
