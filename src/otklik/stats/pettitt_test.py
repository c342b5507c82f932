"""Did the level of a series change at some point: a test by ranks, deaf to outliers."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.stats.autocorrelation import drifting
from otklik.stats.estimate import Floats


class PettittResult(NamedTuple):
    """Most likely break and how easily chance alone would show one as clear."""

    n_before: int
    """How many values come before the break."""
    statistic: float
    p_value: float


def pettitt_test(
    values: npt.ArrayLike, *, shuffles: int = 0, phi: float = 0.0, seed: int = 20_240_427
) -> PettittResult:
    """Is there one point before which everything was different.

    Input     values (n,), in order of time; `shuffles` > 0: take the chance from so many random orders instead of
              the formula, which is too careful below about 30 values; phi > 0: orders in which each value goes on
              like the one before, as a steady but drifting series has them (needs `shuffles`)
    Output    PettittResult: values before the break, K, p-value (two-sided, allows for having looked everywhere)
    Unit      none
    Open end  none: hand in weeks that are old enough
    Errors    none; fewer than two values give p = 1
    Source    Pettitt 1979, approximate p = 2 exp(-6 K^2 / (n^3 + n^2))

    >>> pettitt_test([1, 2, 1, 2, 1, 8, 9, 8, 9, 8]).n_before
    5
    """
    x = np.asarray(values, dtype=np.float64)
    n = x.size
    if n < 2:
        return PettittResult(n, 0.0, 1.0)
    order = np.sort(x)
    rank = (np.searchsorted(order, x, side="left") + np.searchsorted(order, x, side="right") + 1) / 2  # mid-ranks
    u = _deviation(rank)
    at = int(u.argmax())
    k = float(u[at])
    if shuffles:
        drawn = _drawn(rank, shuffles, phi, seed)
        chance = (1 + int((_deviation(drawn).max(axis=1) >= k - 1e-9).sum())) / (shuffles + 1)
    else:
        chance = min(1.0, 2.0 * math.exp(-6.0 * k * k / (n**3 + n**2)))
    return PettittResult(at + 1, k, chance)


def _drawn(rank: Floats, shuffles: int, phi: float, seed: int) -> Floats:
    """The same ranks in random orders (shuffles, n)."""
    if phi <= 0.0:
        return np.random.default_rng(seed).permuted(np.tile(rank, (shuffles, 1)), axis=1)
    order = drifting(rank.size, phi, shuffles, seed).argsort(axis=1).argsort(axis=1)
    return np.asarray(np.sort(rank)[order], dtype=np.float64)


def _deviation(rank: Floats) -> Floats:
    n = rank.shape[-1]
    u = np.abs(2.0 * np.cumsum(rank, axis=-1) - np.arange(1, n + 1) * (n + 1))
    return np.asarray(u[..., :-1], dtype=np.float64)
