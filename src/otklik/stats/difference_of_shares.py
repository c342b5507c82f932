"""Two groups of customers: of which has the larger share been served by one instant, and could that be chance."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.stats.distributions import normal_cdf
from otklik.stats.estimate import Floats
from otklik.stats.survival_curve import SurvivalCurve

FEWEST_AT_RISK = 10


class ShareDifference(NamedTuple):
    """Share of the first served within a limit, less the second's, and its two-sided p-value."""

    difference: float
    p_value: float


def common_limit(first_until_s: npt.ArrayLike, second_until_s: npt.ArrayLike, together: SurvivalCurve) -> float:
    """At which instant two groups are compared: the median of both together, or as late as both can be followed.

    Input     seconds at risk of everybody in each group (n,); the curve of both together
    Output    the median of both together; where that is not reached, or one side is followed less long, the latest
              instant at which ten of either side are still at risk
    Unit      seconds
    Open end  running requests are at risk until the horizon
    Errors    none; of an empty group: 0
    Source    docs/en/method/statistics.md. It knows nothing of which group is which, so that looking at it does
              not favour either

    >>> from otklik.stats.kaplan_meier import kaplan_meier
    >>> common_limit([20.0] * 50, [5.0] * 50, kaplan_meier([20] * 50 + [5] * 50, [1] * 100))
    5.0
    """
    followed = min(_tenth_longest(np.asarray(until, dtype=np.float64)) for until in (first_until_s, second_until_s))
    median = together.quantile(0.5).value
    return followed if median is None else min(median, followed)


def difference_of_shares(first: SurvivalCurve, second: SurvivalCurve, within_s: float) -> ShareDifference:
    """Is the share served within a limit another in one group than in the other, or may it be chance.

    Input     two curves over different requests, each with its design effect; the limit
    Output    ShareDifference; p is 1 where both shares are 0 or 1, or a curve does not reach so far
    Unit      shares 0..1
    Open end  unanswered requests are in both curves
    Errors    none
    Source    score test of two shares; each side counts as many requests as would give a plain share the variance
              that Greenwood's gives the curve, over its design effect; docs/en/method/statistics.md

    >>> from otklik.stats.kaplan_meier import kaplan_meier
    >>> slow, fast = kaplan_meier([20] * 50, [1] * 50), kaplan_meier([5] * 50, [1] * 50)
    >>> difference_of_shares(fast, slow, 10).difference
    1.0
    """
    shares = [curve.share_within(within_s).value for curve in (first, second)]
    if shares[0] is None or shares[1] is None:
        return ShareDifference(0.0, 1.0)
    telling = [telling_n(curve, within_s) for curve in (first, second)]
    difference = shares[0] - shares[1]
    if min(telling) <= 0.0:
        return ShareDifference(difference, 1.0)
    both = (shares[0] * telling[0] + shares[1] * telling[1]) / sum(telling)
    variance = both * (1.0 - both) * sum(1.0 / n for n in telling)
    if variance <= 0.0:
        return ShareDifference(difference, 1.0)
    return ShareDifference(difference, 2.0 * normal_cdf(-abs(difference) / math.sqrt(variance)))


def telling_n(curve: SurvivalCurve, within_s: float) -> float:
    """How many independent, fully followed requests would tell the share served within a limit as well.

    Input     a curve with its design effect; the limit
    Output    S(1-S) over Greenwood's variance; where nobody or everybody was served, those at risk; over the effect
    Unit      requests
    Open end  running requests tell as far as they were followed
    Errors    none
    Source    Cutler & Ederer 1958, effective sample size of a survival share

    >>> from otklik.stats.kaplan_meier import kaplan_meier
    >>> round(telling_n(kaplan_meier([5, 20] * 20, [1, 1] * 20), 10))
    40
    """
    place = int(np.searchsorted(curve.at_s, within_s, side="right")) - 1
    effect = max(1.0, curve.design_effect)
    if place < 0:
        return float(curve.n_at_risk[0] if curve.at_s.size else curve.n) / effect
    waiting, hazard = float(curve.survival[place]), float(curve.hazard_sum[place])
    if waiting <= 0.0 or not 0.0 < hazard < math.inf:
        return float(curve.n_at_risk[0]) / effect
    return (1.0 - waiting) / (waiting * hazard) / effect


def _tenth_longest(until_s: Floats) -> float:
    if not until_s.size:
        return 0.0
    place = max(0, until_s.size - FEWEST_AT_RISK)
    return float(np.partition(until_s, place)[place])
