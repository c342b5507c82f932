"""When requests are closed: in bulk, or in bursts at the end of a day, a week, a month."""

import math
from collections.abc import Callable

import numpy as np

from otklik.base.units import US
from otklik.findings.evidence import DAY_S, Evidence
from otklik.findings.suspicion import NONE_SEEN, Suspicion, suspicion
from otklik.schemas.events import NONE, By
from otklik.stats import wilson_interval
from otklik.stats.distributions import t_quantile
from otklik.stats.estimate import Flags, Floats, Ints

BULK = 10
MINUTE_US = 60 * US
LATE_SHARE = 0.85
"""The end of the day begins at the hour by which this share of all other work is done."""
DAY_RATIO = 2.0
PERIOD_RATIO = 1.5
FRIDAY = 4
FEWEST = 100


def bulk_closing(evidence: Evidence) -> Suspicion:
    """Ten or more requests resolved by the same hand within one minute.

    Where the hand is not known, or only the day of the closing, nothing is said of that closing.
    """
    trail = evidence.trail
    told = trail.resolves & (trail.actor.code != NONE) & _has_clock_time(evidence)
    closings = np.flatnonzero(told)
    actor, minute = trail.actor.code[closings], trail.at_us[closings] // MINUTE_US
    _, which, size = np.unique(np.column_stack((actor, minute)), axis=0, return_inverse=True, return_counts=True)
    return suspicion(evidence, trail.row[closings[size[which.ravel()] >= BULK]], trail.row[closings])


def burst_at_day_end(evidence: Evidence) -> Suspicion:
    """From the hour by which 85 % of other human work is done, at least twice the expected share of closings.

    Input     the evidence; closings and work whose hour is known, at least 100 of each
    Output    Suspicion: requests closed that late, of all closed; NONE_SEEN where it may be chance
    Unit      requests
    Open end  requests still open have no closing and do not count
    Errors    none
    Source    docs/en/method/statistics.md; the interval is Wilson's
    """
    trail, wall = evidence.trail, evidence.wall
    timed = _has_clock_time(evidence)
    closings = np.flatnonzero(trail.resolves & timed)
    work = np.flatnonzero((trail.by == By.agent) & ~trail.resolves & timed)
    if min(closings.size, work.size) < FEWEST:
        return NONE_SEEN
    done_by = np.cumsum(np.bincount(wall.hour(trail.at_us[work]), minlength=24)) / work.size
    late_from = int(np.searchsorted(done_by, LATE_SHARE)) + 1
    expected = 1.0 - float(done_by[min(late_from, 24) - 1])
    late = wall.hour(trail.at_us[closings]) >= late_from
    share = wilson_interval(int(late.sum()), closings.size)
    if share.low is None or share.low < max(DAY_RATIO * expected, 0.02):
        return NONE_SEEN
    return suspicion(evidence, trail.row[closings[late]], trail.row[closings])


def burst_at_week_end(evidence: Evidence) -> Suspicion:
    """On Fridays at least half as much again is closed as on other weekdays."""
    return _burst(evidence, lambda day: (day + 3) % 7 == FRIDAY, fewest=8)


def burst_at_month_end(evidence: Evidence) -> Suspicion:
    """On the last weekday of the month at least half as much again is closed as on other weekdays."""
    return _burst(evidence, _is_last_weekday_of_month, fewest=3)


def _has_clock_time(evidence: Evidence) -> Flags:
    """Whether an event tells more than its day: not midnight, on the wall or in UTC, to the microsecond."""
    at_us, day_us = evidence.trail.at_us, DAY_S * US
    return np.asarray((at_us % day_us != 0) & ((evidence.wall.second(at_us) != 0) | (at_us % US != 0)))


def _burst(evidence: Evidence, is_end: Callable[[Ints], Flags], fewest: int) -> Suspicion:
    """Compare the closings of period ends with those of other weekdays; a burst needs a ratio sure to be above 1."""
    trail = evidence.trail
    closings = np.flatnonzero(trail.resolves)
    if closings.size < FEWEST:
        return NONE_SEEN
    day = evidence.wall.day(trail.at_us[closings])
    days = np.arange(day.min(), day.max() + 1)
    days = days[(days + 3) % 7 <= FRIDAY]
    tally = np.bincount(day - day.min(), minlength=int(day.max() - day.min()) + 1)[days - day.min()].astype(np.float64)
    at_end = is_end(days)
    if at_end.sum() < fewest or (~at_end).sum() < fewest or not _is_higher(tally[at_end], tally[~at_end]):
        return NONE_SEEN
    return suspicion(evidence, trail.row[closings[is_end(day)]], trail.row[closings])


def _is_higher(ends: Floats, others: Floats) -> bool:
    """Whether the mean at period ends is 1.5 times the others', and Welch's interval of the difference is above 0."""
    if float(ends.mean()) < PERIOD_RATIO * float(others.mean()):
        return False
    parts = [float(x.var(ddof=1)) / x.size for x in (ends, others)]
    variance = sum(parts)
    if variance == 0.0:
        return True
    freedom = variance**2 / (parts[0] ** 2 / (ends.size - 1) + parts[1] ** 2 / (others.size - 1))
    return float(ends.mean() - others.mean()) > t_quantile(0.975, max(1.0, freedom)) * math.sqrt(variance)


def _is_last_weekday_of_month(day: Ints) -> Flags:
    dates = day.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    last = ((month + 1).astype("datetime64[D]") - 1).astype(np.int64)
    weekday = (last + 3) % 7
    return np.asarray(day == last - np.maximum(0, weekday - FRIDAY))
