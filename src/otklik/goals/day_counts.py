"""Shares from days: requests `n` and those in time `k`, their interval, and the percentile as a share.

With the inverted CDF the p-quantile of N waits is within T exactly when at least ceil(p N) of them are: so every
target in time is a target of a share, and days add up.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.goals.weeks import Days
from otklik.schemas.goals import DayCount
from otklik.stats import UNKNOWN, Estimate, design_effect, wilson_interval
from otklik.stats.estimate import Floats

FEWEST_BLOCKS: Final = 6
"""With fewer days to draw from, drawing says nothing of how days differ."""
DRAWS: Final = 999
SEED: Final = 20_240_427
How = Literal["days", "wilson", "none"]
"""Which interval was used: whole days drawn again, or one of the two for independent requests where it is wider."""


class Sure(NamedTuple):
    """A number with its interval, what it was counted from, and which interval it is."""

    number: Estimate
    how: How
    n: int
    k: int


def hits_needed(n: float, share: float) -> int:
    """How many of n must be in time for the share, which is the percentile, to be reached: ceil(p n).

    >>> hits_needed(10, 0.9), hits_needed(11, 0.9)
    (9, 10)
    """
    return math.ceil(n * share - 1e-9)


def is_reached(n: int, k: int, share: float) -> bool:
    """Is the share of those in time at or above the one wanted; of nobody it is not."""
    return n > 0 and k >= hits_needed(n, share)


def share_of_days(rows: Sequence[DayCount], days: Days | None = None, *, block_days: int = 1) -> Sure:
    """Share in time over some days, with an interval that knows that the requests of one day share their luck.

    Days are drawn again as wholes (7 keeps weeks whole); where that gives a narrower interval than if requests were
    independent, or there are too few days, Wilson's interval stands, for few days widened by how they differ.
    """
    counts = [row for row in rows if row.n and (days is None or row.day in days)]
    if not counts:
        return Sure(UNKNOWN, "none", 0, 0)
    day, n, k = np.array([(row.day.toordinal(), row.n, row.k) for row in counts], dtype=np.int64).T
    n, k = _blocks(day, n, k, block_days)
    share, how = _interval_of_share(n, k)
    return Sure(share, how, int(n.sum()), int(k.sum()))


def drawn_shares(n: npt.ArrayLike, k: npt.ArrayLike, *, draws: int = DRAWS, take: int | None = None) -> Floats:
    """Shares of the same record with its days drawn again, `take` of them each time (as many as there are).

    n, k are (days,) with n above 0; seeded: same in, same out.
    """
    size, hits = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    rng = np.random.default_rng(SEED)
    times = rng.multinomial(take or size.size, np.full(size.size, 1.0 / size.size), size=draws).astype(np.float64)
    return np.asarray((times @ hits) / (times @ size), dtype=np.float64)


def _interval_of_share(n: npt.NDArray[np.int64], k: npt.NDArray[np.int64]) -> tuple[Estimate, How]:
    total, hits = float(n.sum()), float(k.sum())
    if n.size < FEWEST_BLOCKS:
        return wilson_interval(hits, total, design_effect=design_effect(n, k)), "wilson"
    floor = wilson_interval(hits, total)
    low, high = _ends(drawn_shares(n, k))
    if floor.low is not None and floor.high is not None and high - low < floor.high - floor.low:
        return floor, "wilson"
    return Estimate(hits / total, low, high), "days"


def _ends(figures: Floats, confidence: float = 0.95) -> tuple[float, float]:
    figures.sort()
    tail, draws = (1.0 - confidence) / 2, figures.size
    last = min(draws - 1, int((1 - tail) * (draws + 1)) - 1)
    return float(figures[max(0, int(tail * (draws + 1)) - 1)]), float(figures[last])


def _blocks(
    day: npt.NDArray[np.int64], n: npt.NDArray[np.int64], k: npt.NDArray[np.int64], block_days: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    _, place = np.unique((day - day.min()) // block_days, return_inverse=True)
    return np.bincount(place, weights=n).astype(np.int64), np.bincount(place, weights=k).astype(np.int64)
