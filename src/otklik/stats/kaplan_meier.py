"""The curve of everyone who asked, answered or not."""

import numpy as np
import numpy.typing as npt

from otklik.stats.estimate import Flags, Floats
from otklik.stats.survival_curve import SurvivalCurve


def kaplan_meier(
    time_s: npt.ArrayLike,
    observed: npt.ArrayLike,
    entry_s: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    *,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> SurvivalCurve:
    """How long customers wait, those still waiting included.

    Input     time_s (n,): seconds until served, or until the horizon; observed (n,): served or not;
              entry_s (n,): seconds already waited when the record begins (delayed entry); weights (n,): >= 0
    Output    SurvivalCurve: one point per distinct instant at which somebody was served
    Unit      seconds
    Open end  an unanswered request stays at risk as long as it was followed, so it can only slow the figures down
    Errors    ValueError: unequal lengths, missing or negative times, entry not before the end, negative weights
    Source    Kaplan & Meier 1958; log-log intervals: Kalbfleisch & Prentice 2002; docs/en/method/statistics.md

    >>> curve = kaplan_meier([60, 120, 180, 240], [True, True, False, True])
    >>> curve.quantile(0.5).value, curve.share_within(60).value
    (120.0, 0.25)
    """
    time, done = np.asarray(time_s, dtype=np.float64), np.asarray(observed, dtype=np.bool_)
    entry = None if entry_s is None else np.asarray(entry_s, dtype=np.float64)
    weight = None if weights is None else np.asarray(weights, dtype=np.float64)
    _check(time, done, entry, weight)
    at_s, n_events = _tally(time[done], None if weight is None else weight[done])
    left = time[~done], None if weight is None else weight[~done]
    total = float(time.size if weight is None else weight.sum())
    n_at_risk = total - (np.cumsum(n_events) - n_events) - _amount_before(at_s, *left)
    if entry is not None:
        n_at_risk -= total - _amount_before(at_s, np.where(entry <= 0.0, -np.inf, entry), weight)
    survival: Floats = np.cumprod(1.0 - np.minimum(n_events / n_at_risk, 1.0), dtype=np.float64)
    last_s = float(time.max()) if time.size else 0.0
    return SurvivalCurve(at_s, n_at_risk, n_events, survival, total, last_s, confidence, design_effect)


def _check(time: Floats, done: Flags, entry: Floats | None, weight: Floats | None) -> None:
    for other in (done, entry, weight):
        if other is not None and other.shape != time.shape:
            raise ValueError("all columns must have the same length")
    if time.size and not (np.isfinite(time.min()) and time.min() >= 0.0 and not np.isnan(time.max())):
        raise ValueError("times must be known and not negative")
    if entry is not None and bool(np.any((entry > 0.0) & (entry >= time) | np.isnan(entry))):
        raise ValueError("a request must come in before it leaves")
    if weight is not None and bool(np.any(~(weight >= 0.0))):
        raise ValueError("weights must be known and not negative")


def _tally(times: Floats, weight: Floats | None) -> tuple[Floats, Floats]:
    """Distinct instants in order, and how many (or how much weight) at each."""
    if weight is not None:
        times, weight = times[weight > 0.0], weight[weight > 0.0]
        order = np.argsort(times, kind="stable")
        times, weight = times[order], weight[order]
    else:
        times = np.sort(times)
    first = np.ones(times.size, dtype=np.bool_)
    first[1:] = times[1:] != times[:-1]
    starts = np.flatnonzero(first)
    if weight is not None:
        return times[starts], np.add.reduceat(weight, starts) if starts.size else np.empty(0)
    return times[starts], np.diff(starts, append=times.size).astype(np.float64)


def _amount_before(at_s: Floats, times: Floats, weight: Floats | None) -> Floats:
    """How many of `times` (or how much weight) lie strictly before each instant."""
    if weight is None:
        return np.searchsorted(np.sort(times), at_s, side="left").astype(np.float64)
    order = np.argsort(times, kind="stable")
    running = np.concatenate(([0.0], np.cumsum(weight[order])))
    return np.asarray(running[np.searchsorted(times[order], at_s, side="left")], dtype=np.float64)
