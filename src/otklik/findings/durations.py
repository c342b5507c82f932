"""One measure in one clock, as the arrays that curves are made of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from otklik.schemas.results import Curve, ShareWithin, Speed
from otklik.stats import SurvivalCurve, headline_curve, minimum_n
from otklik.stats.estimate import UNKNOWN, Estimate, Flags, Floats, Ints

DONE, RUNNING, NEVER, NOT_APPLICABLE, NOT_AVAILABLE = range(5)
STATES = ("done", "running", "never", "not_applicable", "not_available")
LADDER_S = tuple(
    float(s)
    for s in (
        60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 259_200, 604_800, 1_209_600, 2_592_000,
        5_184_000, 7_776_000, 15_552_000, 31_536_000,
    )
)  # fmt: skip
"""Limits at which the share served is told: a minute ... a year."""
CURVE_POINTS = 120


@dataclass(frozen=True)
class Durations:
    """Everyone to whom the measure applies: `rows` of the facts, seconds, state codes, seconds until the horizon."""

    rows: Ints
    time_s: Floats
    state: Ints
    followed_s: Floats

    @property
    def n(self) -> int:
        """How many."""
        return int(self.rows.size)

    def count(self, state: int) -> int:
        """How many are in this state."""
        return int((self.state == state).sum())

    def where(self, chosen: Flags) -> "Durations":
        """Return only those chosen; flags (n,)."""
        return self.take(np.flatnonzero(chosen))

    def take(self, places: Ints) -> "Durations":
        """Return those at these places."""
        return Durations(self.rows[places], self.time_s[places], self.state[places], self.followed_s[places])

    @property
    def until_s(self) -> Floats:
        """How long each stays at risk of being served: until it was, until the horizon."""
        return np.where(self.state == NEVER, np.fmax(self.time_s, self.followed_s), self.time_s)

    @cached_property
    def curve(self) -> SurvivalCurve:
        """The headline curve: nobody who waited in vain can improve it."""
        return self.curve_with(1.0)

    def curve_with(self, design_effect: float) -> SurvivalCurve:
        """The headline curve with intervals for requests that come in clusters."""
        return headline_curve(
            self.time_s, self.state == DONE, self.state == NEVER, self.followed_s, design_effect=design_effect
        )

    def quantile(self, p: float) -> Estimate:
        """Percentile with its interval; unknown below the smallest n that can tell it."""
        return self.curve.quantile(p) if self.n >= minimum_n(p) else UNKNOWN

    def speed(self) -> Speed:
        """Everything that is said about one measure in one clock."""
        figures: dict[str, float | None] = {}
        for name, p in (("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95)):
            value, low, high = self.quantile(p)
            figures |= {f"{name}_s": value, f"{name}_low_s": low, f"{name}_high_s": high}
        thin = self.curve.thinned(CURVE_POINTS)
        return Speed(
            n=self.n,
            done=self.count(DONE),
            running=self.count(RUNNING),
            never=self.count(NEVER),
            within=[_share_within(self.curve, limit) for limit in LADDER_S],
            curve=Curve(
                at_s=thin.at_s.tolist(), share=thin.share.tolist(), low=thin.low.tolist(), high=thin.high.tolist()
            ),
            **figures,
        )


def _share_within(curve: SurvivalCurve, within_s: float) -> ShareWithin:
    share, low, high = curve.share_within(within_s)
    return ShareWithin(within_s=within_s, share=share, low=low, high=high)


NOBODY = Durations(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), np.empty(0))
