"""Many questions at once: how many of the answers are chance."""

import numpy as np
import numpy.typing as npt

from otklik.stats.estimate import Floats


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Share of false alarms one accepts by calling everything up to here a finding.

    Input     p_values (n,), in any order
    Output    adjusted p-values (n,) in the same order; call those <= 0.05 findings
    Unit      share 0..1
    Open end  none
    Errors    none
    Source    Benjamini & Hochberg 1995

    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")[::-1]
    raised = p[order] * p.size / np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(raised))
    return adjusted
