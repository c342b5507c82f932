"""A share of a count, with an interval that stays inside 0..1."""

import math

from otklik.stats.distributions import normal_quantile
from otklik.stats.estimate import UNKNOWN, Estimate


def wilson_interval(hits: float, n: float, confidence: float = 0.95, design_effect: float = 1.0) -> Estimate:
    """Which share of all made it, and how sure that is.

    Input     hits of n; `design_effect` >= 1 where requests come in clusters (an outage brings 200 at once)
    Output    Estimate(share, low, high); all None when n is 0
    Unit      share 0..1
    Open end  count an undecided request in neither; shares over open requests come from `kaplan_meier`
    Errors    ValueError when hits are below 0 or above n
    Source    Wilson 1927; Brown, Cai & DasGupta 2001

    >>> [round(100 * x, 1) for x in wilson_interval(45, 50)]
    [90.0, 78.6, 95.7]
    """
    if not 0 <= hits <= n:
        raise ValueError("hits must lie between 0 and n")
    if n == 0:
        return UNKNOWN
    z = normal_quantile(0.5 + confidence / 2)
    share, size = hits / n, n / max(1.0, design_effect)
    shrink = 1.0 + z * z / size
    middle = (share + z * z / (2 * size)) / shrink
    half = z / shrink * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == n else min(1.0, middle + half)
    return Estimate(share, low, high)
