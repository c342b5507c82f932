"""Open on average = arrivals x time in the house: a record that breaks it is missing something."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class LittleCheck(NamedTuple):
    """Both sides of L = lambda x W over one window."""

    open_mean: float
    arrivals_per_s: float
    life_mean_s: float
    gap: float
    """|L - lambda W| / L; 0 when both are 0."""


def littles_law(start_s: npt.ArrayLike, end_s: npt.ArrayLike, window: tuple[float, float]) -> LittleCheck | None:
    """Does the number of open requests fit how many come and how long they stay.

    Input     start_s, end_s (n,): seconds on one clock, NaN end = still open; window (from, to) on the same clock
    Output    LittleCheck: L counted from all requests, lambda from the arrivals, W from the requests that ended;
              None when the window is empty, nothing came or nothing ended in it
    Unit      requests, requests a second, seconds
    Open end  an open request counts in L up to the window's end and in lambda, not in W: closes that are missing
              from the record show as a gap
    Errors    none
    Source    Little 1961; Little & Graves 2008. Exact over a window that starts and ends empty

    >>> littles_law([0, 10, 20], [10, 20, 30], (0, 30))
    LittleCheck(open_mean=1.0, arrivals_per_s=0.1, life_mean_s=10.0, gap=0.0)
    """
    start, end = np.asarray(start_s, dtype=np.float64), np.asarray(end_s, dtype=np.float64)
    begin, stop = window
    came = int(((start >= begin) & (start < stop)).sum())
    ended = (end > begin) & (end <= stop)
    if stop <= begin or not came or not ended.any():
        return None
    until = np.where(np.isnan(end), stop, end)
    inside = np.clip(np.minimum(until, stop) - np.maximum(start, begin), 0.0, None)
    length = stop - begin
    open_mean = float(inside.sum() / length)
    life = float((end[ended] - start[ended]).sum() / ended.sum())
    rate = came / length
    gap = abs(open_mean - rate * life) / open_mean if open_mean > 0 else float(life > 0)
    return LittleCheck(open_mean, rate, life, gap)
