"""How much one week goes on like the week before: without knowing it, drifting weeks look like changes."""

import math

import numpy as np

from otklik.stats.estimate import Floats, Ints

MOST = 0.95


def autocorrelation(x: Floats, breaks: Ints) -> float:
    """How much of one value's distance from its level the next one keeps.

    Input     x (n,), in order of time; breaks: first index of every stretch of constant level but the first
    Output    phi of a first-order autoregression, 0 to 0.95; raised by what so short a record underrates it
    Unit      none
    Open end  none
    Errors    none
    Source    Yule-Walker; its bias with k levels taken out, about -k (1.5 + 4 phi) / n, is put back (Kendall 1954 for
              one level; 1.5 for 1, since the breaks were chosen where the values part)

    >>> autocorrelation(np.array([1.0, 2.0] * 20), np.empty(0, dtype=np.int64))
    0.0
    """
    n, levels = x.size, breaks.size + 1
    if n < 2:
        return 0.0
    rest = without_levels(x, breaks)
    spread = float((rest**2).sum())
    if spread <= 0.0:
        return 0.0
    plain = float((rest[1:] * rest[:-1]).sum()) / spread
    return min(MOST, max(0.0, (plain * n + 1.5 * levels) / max(n - 4.0 * levels, n / 4.0)))


def without_levels(x: Floats, breaks: Ints) -> Floats:
    """Take the mean of each stretch off its values.

    Input     x (n,); breaks: first index of every stretch but the first
    Output    (n,), distances from the level
    Unit      that of x
    Open end  none
    Errors    none
    Source    definition

    >>> without_levels(np.array([1.0, 3.0, 8.0]), np.array([2])).tolist()
    [-1.0, 1.0, 0.0]
    """
    return np.concatenate([part - part.mean() for part in np.split(x, breaks)])


def made_independent(x: Floats, phi: float) -> Floats:
    """Take out of each value what it keeps from the one before; the levels stay where they are.

    Input     x (n,), in order of time; phi below 1
    Output    (n,): the first value, then (x[t] - phi x[t-1]) / (1 - phi)
    Unit      that of x
    Open end  none
    Errors    none
    Source    Cochrane & Orcutt 1949

    >>> made_independent(np.array([4.0, 4.0, 6.0]), 0.5).tolist()
    [4.0, 4.0, 8.0]
    """
    return np.concatenate((x[:1], (x[1:] - phi * x[:-1]) / (1.0 - phi)))


def drifting(n: int, phi: float, series: int, seed: int) -> Floats:
    """Draw steady series in which each value keeps a part of the one before.

    Input     length, phi, how many series, seed
    Output    (series, n), mean 0 and variance 1 throughout
    Unit      none
    Open end  none
    Errors    none
    Source    Gaussian first-order autoregression

    >>> drifting(3, 0.5, 2, seed=1).shape
    (2, 3)
    """
    drawn = np.random.default_rng(seed).standard_normal((series, n))
    fresh = math.sqrt(1.0 - phi * phi)
    for i in range(1, n):
        drawn[:, i] = phi * drawn[:, i - 1] + fresh * drawn[:, i]
    return drawn
