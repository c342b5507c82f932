"""How sure is a figure when one outage can bring two hundred requests: draw whole days again."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from otklik.stats.estimate import UNKNOWN, Estimate, Floats


def day_block_bootstrap(
    day: npt.ArrayLike,
    statistic: Callable[[Floats], float | None],
    *,
    draws: int = 999,
    block_days: int = 1,
    seed: int = 20_240_427,
    confidence: float = 0.95,
) -> Estimate:
    """Interval of any figure that respects that the requests of one day share their luck.

    Input     day (n,): whole number of the day of each request; `statistic`: from weights (n,), how often each
              request was drawn, to the figure; `block_days`: draw runs of so many days (7 keeps weeks whole)
    Output    Estimate(figure of the record, low, high); all None with fewer than 6 blocks
    Unit      that of the figure
    Open end  that of the figure: hand the weights to `kaplan_meier`; a figure not reached (None) counts as infinite,
              and an end that is not reached is None
    Errors    none
    Source    Davison & Hinkley 1997 section 3.8 (cluster resampling), percentile interval; seeded: same in, same out

    >>> import numpy as np
    >>> late = np.arange(100) % 2
    >>> day_block_bootstrap(np.arange(100) // 5, lambda w: float((w * late).sum() / w.sum())).value
    0.5
    """
    days = np.asarray(day, dtype=np.int64)
    value = statistic(np.ones(days.size))
    if not days.size:
        return UNKNOWN
    found, block = np.unique((days - days.min()) // block_days, return_inverse=True)
    if found.size < 6 or value is None:
        return Estimate(value, None, None)
    rng = np.random.default_rng(seed)
    figures = np.empty(draws)
    for i in range(draws):
        times = rng.multinomial(found.size, np.full(found.size, 1.0 / found.size)).astype(np.float64)
        drawn = statistic(times[block])
        figures[i] = np.inf if drawn is None else drawn
    figures.sort()
    tail = (1.0 - confidence) / 2
    low, high = figures[int(tail * (draws + 1)) - 1], figures[min(draws - 1, int((1 - tail) * (draws + 1)) - 1)]
    return Estimate(value, float(low) if np.isfinite(low) else None, float(high) if np.isfinite(high) else None)
