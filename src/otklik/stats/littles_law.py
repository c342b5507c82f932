"""Open on average = arrivals x time in the house: a record that breaks it is missing something."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.stats.distributions import normal_quantile
from otklik.stats.estimate import Flags, Floats

DAY_S = 86_400.0
NEARLY_ALL = 0.99


class LittleCheck(NamedTuple):
    """Both sides of L = lambda x W over one window."""

    open_mean: float
    arrivals_per_s: float
    life_mean_s: float
    gap: float
    """|L - lambda W| / L; 0 when both are 0."""
    sure_gap: float
    """Lower end of its 95 % interval: what chance alone would hardly give."""


def littles_law(
    start_s: npt.ArrayLike, end_s: npt.ArrayLike, window: tuple[npt.ArrayLike, npt.ArrayLike]
) -> LittleCheck | None:
    """Does the number of open requests fit how many come and how long they stay.

    Input     start_s, end_s (n,): seconds on one clock, NaN end = still open; window (from, to) on the same clock,
              each a number, or (n,) where requests come from records that begin and end apart
    Output    LittleCheck: L counted from all requests, lambda from the arrivals, W from the requests that ended;
              None when the window is empty, nothing came or nothing ended in it
    Unit      requests, requests a second, seconds
    Open end  an open request counts in L up to the window's end and in lambda, not in W: closes that are missing
              from the record show as a gap
    Errors    none
    Source    Little 1961; Little & Graves 2008. Exact over a window that starts and ends empty; else what is open at
              its two ends makes a gap (Kim & Whitt 2013), see `settled_since`. The interval: contributions of days

    >>> littles_law([0, 10, 20], [10, 20, 30], (0, 30)).gap
    0.0
    """
    start, end = np.asarray(start_s, dtype=np.float64), np.asarray(end_s, dtype=np.float64)
    begin, stop = (np.broadcast_to(np.asarray(edge, dtype=np.float64), start.shape) for edge in window)
    some = stop > begin
    start, end, begin, stop = start[some], end[some], begin[some], stop[some]
    came, ended = (start >= begin) & (start < stop), (end > begin) & (end <= stop)
    if not came.any() or not ended.any():
        return None
    length = stop - begin
    until = np.where(np.isnan(end), stop, end)
    inside = np.clip(np.minimum(until, stop) - np.maximum(start, begin), 0.0, None)
    open_mean, rate = float((inside / length).sum()), float((came / length).sum())
    life = float(np.average((end - start)[ended], weights=1.0 / length[ended]))
    beyond = np.where(ended, np.where(ended, end - start, 0.0) - life, 0.0)
    half = _half_width((inside - came * life - beyond) / length, start)
    difference = abs(open_mean - rate * life)
    if open_mean <= 0:
        return LittleCheck(open_mean, rate, life, float(life > 0), 0.0)
    return LittleCheck(open_mean, rate, life, difference / open_mean, max(0.0, difference - half) / open_mean)


def settled_since(start_s: npt.ArrayLike, end_s: npt.ArrayLike, stop_s: float) -> float | None:
    """Since when a record that began empty holds as many open requests as it usually does.

    Input     start_s, end_s (n,): seconds, NaN end = still open; stop_s: the end of the record
    Output    the first start and 99 % of the lives that ended after it; None where that is past the middle of the
              record: it is too short, against the lives in it, for what is open at its ends not to matter
    Unit      seconds
    Open end  open requests tell nothing here: how long they will live is not known
    Errors    none
    Source    docs/en/method/statistics.md; edge effects in finite windows: Kim & Whitt 2013

    >>> settled_since([0.0, 50.0, 90.0], [10.0, 60.0, np.nan], 100.0)
    10.0
    """
    start, end = np.asarray(start_s, dtype=np.float64), np.asarray(end_s, dtype=np.float64)
    ended: Flags = ~np.isnan(end)
    if not ended.any():
        return None
    first = float(start.min())
    since = first + float(np.quantile((end - start)[ended], NEARLY_ALL, method="inverted_cdf"))
    return since if since <= (first + stop_s) / 2 else None


def still_open_share(start_s: npt.ArrayLike, end_s: npt.ArrayLike, stop_s: float) -> float:
    """Of the requests older than 99 % of the lives that ended: how many are still open.

    Input     as in `settled_since`
    Output    share; 0 where none is so old or none ended
    Unit      0..1
    Open end  open requests are what is counted
    Errors    none
    Source    docs/en/method/statistics.md: long lives alone leave few, missing closes leave as many as are missing

    >>> still_open_share([0.0, 1.0, 2.0, 3.0, 98.0], [5.0, 6.0, 7.0, float("nan"), float("nan")], 100.0)
    0.25
    """
    start, end = np.asarray(start_s, dtype=np.float64), np.asarray(end_s, dtype=np.float64)
    is_open = np.isnan(end)
    if is_open.all():
        return 0.0
    longest = np.quantile((end - start)[~is_open], NEARLY_ALL, method="inverted_cdf")
    old = stop_s - start > longest
    return float(is_open[old].mean()) if old.any() else 0.0


def _half_width(contributions: Floats, start: Floats) -> float:
    """Half of the interval of a sum whose parts are independent from day to day."""
    _, day = np.unique(np.floor(start / DAY_S), return_inverse=True)
    sums = np.bincount(day, weights=contributions)
    if sums.size < 2:
        return 0.0
    return normal_quantile(0.975) * math.sqrt(sums.size * float(sums.var(ddof=1)))
