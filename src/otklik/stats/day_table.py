"""Requests per day: the smallest record from which every share target can be told again, and added up."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.stats.estimate import Estimate, Ints
from otklik.stats.wilson_interval import wilson_interval


class DayTable(NamedTuple):
    """Per day: how many were due (`n`) and how many made it (`k`); sums over any days are again n and k."""

    day: Ints
    n: Ints
    k: Ints

    def share(self, first: int | None = None, last: int | None = None) -> Estimate:
        """Share that made it from day `first` to day `last` (both included), widened by how days differ."""
        inside = np.ones(self.day.size, dtype=np.bool_)
        if first is not None:
            inside &= self.day >= first
        if last is not None:
            inside &= self.day <= last
        n, k = self.n[inside], self.k[inside]
        return wilson_interval(float(k.sum()), float(n.sum()), design_effect=design_effect(n, k))


def day_table(day: npt.ArrayLike, made_it: npt.ArrayLike) -> DayTable:
    """How many were served in time on each day: a percentile target is a share target.

    Input     day (n,): whole number of the local day a request came; made_it (n,): 1 in time, 0 late
    Output    DayTable, days rising, only days with requests; p90 <= 4 h is the same as k/n >= 0.9 within 4 h
    Unit      requests
    Open end  leave out requests that are open and not yet late; open and late is 0
    Errors    ValueError when the lengths differ
    Source    docs/en/method/statistics.md

    >>> day_table([1, 1, 2], [True, False, True])
    DayTable(day=array([1, 2]), n=array([2, 1]), k=array([1, 1]))
    """
    days, hits = np.asarray(day, dtype=np.int64), np.asarray(made_it, dtype=np.int64)
    if days.shape != hits.shape:
        raise ValueError("all columns must have the same length")
    found, place = np.unique(days, return_inverse=True)
    n = np.bincount(place, minlength=found.size).astype(np.int64)
    k = np.bincount(place, weights=hits, minlength=found.size).astype(np.int64)
    return DayTable(found, n, k)


def design_effect(n: npt.ArrayLike, k: npt.ArrayLike) -> float:
    """How much less a sample tells because requests of one day share their luck.

    Input     n, k (days,): requests and hits per day
    Output    variance of the share with days as clusters over that of independent requests; at least 1
    Unit      none; an interval grows by its square root
    Open end  none
    Errors    none
    Source    Kish 1965; ratio estimator over clusters, Cochran 1977 section 3.12

    >>> design_effect([10, 10, 10, 10], [10, 0, 10, 0]) > 10
    True
    """
    size, hits = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    days, total = int((size > 0).sum()), float(size.sum())
    share = float(hits.sum()) / total if total else 0.0
    if days < 2 or not 0.0 < share < 1.0:
        return 1.0
    clustered = float(((hits - share * size) ** 2).sum()) * days / (days - 1) / total**2
    return max(1.0, clustered / (share * (1.0 - share) / total))
