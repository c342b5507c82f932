"""The curve behind every headline figure: no unanswered request can improve it."""

import numpy as np
import numpy.typing as npt

from otklik.stats.kaplan_meier import kaplan_meier
from otklik.stats.survival_curve import SurvivalCurve


def headline_curve(
    time_s: npt.ArrayLike,
    done: npt.ArrayLike,
    never: npt.ArrayLike,
    followed_s: npt.ArrayLike,
    entry_s: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    *,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> SurvivalCurve:
    """How long customers wait, when some give up or are closed without an answer.

    Input     time_s (n,): seconds until served, given up, or the horizon; done, never (n,): flags;
              followed_s (n,): seconds from the start of the wait to the horizon (read for `never` only); NaN where
              that is not known: then at risk until given up
    Output    SurvivalCurve of the sub-distribution: 1 - survival is the share *served* by then
    Unit      seconds
    Open end  running: at risk until the horizon; never: not served, and at risk until the horizon as well,
              because nothing would have served it sooner
    Errors    ValueError as in `kaplan_meier`; or a request that is both done and never
    Source    Fine & Gray 1999 (known censoring times); docs/decisions/headline-curve.md

    >>> curve = headline_curve([10, 20, 30, 40], [1, 1, 1, 0], [0, 0, 0, 1], [100, 100, 100, 100])
    >>> curve.share_within(50).value
    0.75
    """
    time, served = np.asarray(time_s, dtype=np.float64), np.asarray(done, dtype=np.bool_)
    gone, followed = np.asarray(never, dtype=np.bool_), np.asarray(followed_s, dtype=np.float64)
    if bool(np.any(served & gone)):
        raise ValueError("a request cannot be both done and never")
    until = np.where(gone, np.fmax(time, followed), time)
    return kaplan_meier(until, served, entry_s, weights, confidence=confidence, design_effect=design_effect)
