"""Two groups of customers: who waits longer, and by how much."""

import math

from otklik.stats.distributions import normal_cdf, normal_quantile
from otklik.stats.estimate import UNKNOWN, Estimate
from otklik.stats.survival_curve import SurvivalCurve


def difference_of_quantiles(first: SurvivalCurve, second: SurvivalCurve, p: float = 0.5) -> Estimate:
    """How much longer the first group waits than the second, at the same percentile.

    Input     two curves over different requests; p, the share of the percentile
    Output    Estimate(first - second, low, high); an end is None when a curve's own interval is open there
    Unit      seconds
    Open end  unanswered requests are in both curves; a percentile that is not reached gives None
    Errors    none
    Source    MOVER: Zou & Donner 2008, from the Brookmeyer-Crowley intervals of both; docs/en/method/statistics.md

    >>> from otklik.stats.kaplan_meier import kaplan_meier
    >>> difference_of_quantiles(kaplan_meier([20] * 50, [1] * 50), kaplan_meier([5] * 50, [1] * 50)).value
    15.0
    """
    a, b = first.quantile(p), second.quantile(p)
    if a.value is None or b.value is None:
        return UNKNOWN
    difference = a.value - b.value
    low = None if a.low is None or b.high is None else difference - math.hypot(a.value - a.low, b.high - b.value)
    high = None if a.high is None or b.low is None else difference + math.hypot(a.high - a.value, b.value - b.low)
    return Estimate(difference, low, high)


def p_value_of(difference: Estimate, confidence: float = 0.95) -> float:
    """How easily chance alone would give such a difference.

    Input     a difference with its interval, from `difference_of_quantiles` or alike
    Output    two-sided p-value; 1 when the interval is open on the side of zero
    Unit      share 0..1
    Open end  none
    Errors    none
    Source    the interval read backwards: Altman & Bland 2011

    >>> round(p_value_of(Estimate(10.0, 0.0, 20.0)), 2)
    0.05
    """
    if not difference.value:
        return 1.0
    nearer = difference.low if difference.value > 0 else difference.high
    if nearer is None:
        return 1.0
    half = abs(difference.value - nearer)
    if half == 0.0:
        return 0.0
    return 2.0 * (1.0 - normal_cdf(abs(difference.value) / half * normal_quantile(0.5 + confidence / 2)))
