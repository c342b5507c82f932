"""Is the number better because people wait less, or because of how it is counted: signs, not accusations.

All counts come in as plain numbers: those since the goal began, and those of a while before it.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from otklik.schemas.coach import GamingKind, GamingSign
from otklik.schemas.gaming import GamingCheck, GamingLook
from otklik.stats import decompose
from otklik.stats.distributions import normal_cdf

SURE: Final = 0.01
"""A sign is told when luck alone would show as much in less than one of a hundred goals."""
PILE_GROWTH: Final = 1.5
"""So many times steeper than before must the step at the limit be."""
SHARE_GROWTH: Final = 1.25
LEAST_RISE: Final = 0.02
LEAST_RISE_OF_TIME: Final = 0.05
MIX_PART: Final = 0.5
LEAST_GAIN: Final = 0.02
ONE_BY_ONE: Final = 2_000
"""Of more on both sides the chance is not added up one by one."""
FEWEST: Final = 20
"""With fewer on either side nothing is told."""


class Counted(NamedTuple):
    """So many of all: reopened of ended, excluded of arrived, below the limit of those close to it."""

    hits: int
    n: int


class Channel(NamedTuple):
    """Requests and hits of one channel before the goal began and since."""

    name: str
    n_before: int
    k_before: int
    n: int
    k: int


def pile_up(below: int, above: int, below_before: int, above_before: int) -> GamingCheck:
    """Do more end just below the limit T than just above it, by more than before.

    Counts in [T - d, T) and [T, T + d): with honest work the density has no step at T, and what slope there is was
    there before. The chance is that of so many below, the ratio before being known no better than its counts.
    """
    now, before = Counted(below, below + above), Counted(below_before, below_before + above_before)
    if min(now.n, before.n) < FEWEST:
        return GamingCheck(kind="pile_up", told=False)
    ratio, ratio_before = (below + 0.5) / (above + 0.5), (below_before + 0.5) / (above_before + 0.5)
    chance = chance_of_as_many(now, before)
    suspicious = chance < SURE and ratio >= PILE_GROWTH * ratio_before
    return GamingCheck(kind="pile_up", now=ratio, before=ratio_before, chance=chance, suspicious=suspicious)


def grown_share(kind: GamingKind, now: Counted, before: Counted) -> GamingCheck:
    """Is a share larger than before: reopened within days, excluded, merged, answered by a machine."""
    if min(now.n, before.n) < FEWEST:
        return GamingCheck(kind=kind, told=False)
    share, share_before = now.hits / now.n, before.hits / before.n
    chance = chance_of_as_many(now, before)
    rose = share - share_before >= LEAST_RISE and share >= SHARE_GROWTH * share_before
    return GamingCheck(kind=kind, now=share, before=share_before, chance=chance, suspicious=chance < SURE and rose)


def grown_time(now: float | None, before: float | None) -> GamingCheck:
    """Do requests lie on hold for a larger part of their time, where the clock stands still."""
    if now is None or before is None:
        return GamingCheck(kind="on_hold", told=False)
    rose = now - before >= LEAST_RISE_OF_TIME and now >= SHARE_GROWTH * before
    return GamingCheck(kind="on_hold", now=now, before=before, suspicious=rose)


def mix_shift(channels: Sequence[Channel], *, lower_is_better: bool = False) -> GamingCheck:
    """Which part of the gain there is only because easy channels bring more of the requests."""
    n0, k0, n1, k1 = _columns(channels)
    if min(n0.sum(), n1.sum()) < FEWEST:
        return GamingCheck(kind="mix", told=False)
    change = decompose(n0, k0, n1, k1)
    side = -1.0 if lower_is_better else 1.0
    gain, by_mix = side * change.change, side * float(change.mix.sum())
    if gain <= 0:
        return GamingCheck(kind="mix", now=0.0)
    part = min(1.0, max(0.0, by_mix / gain))
    return GamingCheck(kind="mix", now=part, suspicious=gain >= LEAST_GAIN and part >= MIX_PART)


def share_as_mixed_before(channels: Sequence[Channel]) -> float | None:
    """The share now, had every channel the part of the requests it had before; channels gone since are left out."""
    n0, _, n1, k1 = _columns(channels)
    both = (n0 > 0) & (n1 > 0)
    if not both.any():
        return None
    return float((n0[both] * k1[both] / n1[both]).sum() / n0[both].sum())


def look_for_gaming(
    checks: Sequence[GamingCheck], channels: Sequence[Channel] = (), *, lower_is_better: bool = False
) -> GamingLook:
    """The grade stands, or look here first: any suspicious sign asks for a look."""
    every = [*checks, mix_shift(channels, lower_is_better=lower_is_better)] if channels else list(checks)
    every.sort(key=lambda check: (not check.suspicious, not check.told, 1.0 if check.chance is None else check.chance))
    n0, k0, n1, k1 = (int(column.sum()) for column in _columns(channels))
    return GamingLook(
        verdict="look" if any(check.suspicious for check in every) else "stands",
        checks=tuple(every),
        share_before=k0 / n0 if n0 else None,
        share_now=k1 / n1 if n1 else None,
        share_as_mixed_before=share_as_mixed_before(channels),
    )


def signs_of(look: GamingLook) -> tuple[GamingSign, ...]:
    """The suspicious checks as the coach reads them."""
    return tuple(
        GamingSign(kind=check.kind, now=check.now or 0.0, before=check.before)
        for check in look.checks
        if check.suspicious
    )


def chance_of_as_many(now: Counted, before: Counted) -> float:
    """Chance of so many hits or more, if the true share is what was seen before, known no better than by that count.

    Beta-binomial with a flat start: with much seen before it is the binomial test; of thousands the normal law.

    >>> round(chance_of_as_many(Counted(9, 10), Counted(5_000, 10_000)), 3)
    0.011
    """
    a, b = before.hits + 1.0, before.n - before.hits + 1.0
    if min(now.n, before.n) > ONE_BY_ONE:
        mean, whole = now.n * a / (a + b), a + b
        spread = math.sqrt(now.n * a * b * (whole + now.n) / (whole**2 * (whole + 1.0)))
        return normal_cdf((mean - now.hits + 0.5) / spread)
    x = np.arange(now.hits, now.n + 1, dtype=np.int64).tolist()
    logs = [_log_choose(now.n, i) + _log_beta(i + a, now.n - i + b) - _log_beta(a, b) for i in x]
    return min(1.0, math.fsum(math.exp(one) for one in logs))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _columns(channels: Sequence[Channel]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    table = [(c.n_before, c.k_before, c.n, c.k) for c in channels] or [(0, 0, 0, 0)]
    return np.array(table, dtype=np.float64).T
