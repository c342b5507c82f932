"""How far said chances can be trusted: learnt from key results that are over, scored for data and for people."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.schemas.track_records import Honesty, SaidBand
from otklik.stats.estimate import Floats

LOWEST, HIGHEST = 0.05, 0.95
"""Nothing beyond is ever shown: no model knows its own mistakes so well."""
PRIOR_SHIFT: Final = 0.3
"""Standard deviation of a around 0 before anything is learnt, on log-odds."""
PRIOR_SLOPE: Final = 0.2
"""Standard deviation of b around 1."""
EDGE: Final = 0.01
"""What is said beyond counts as this: a raw 0 or 1 is only the end of the paths."""


class Said(NamedTuple):
    """One chance said while a key result ran, and how that key result ended."""

    key_result: str
    chance: float
    happened: bool


class Calibration(NamedTuple):
    """logit P' = a + b logit P."""

    a: float = 0.0
    b: float = 1.0
    key_results: int = 0

    def calibrated(self, chance: float) -> float:
        """The chance as it should have been said."""
        return 1.0 / (1.0 + math.exp(-(self.a + self.b * float(_log_odds(chance)))))


def learn_calibration(said: Sequence[Said]) -> Calibration:
    """Learn a and b from all that was said of key results that are over.

    Each key result weighs as one however many weeks spoke of it: its weeks repeat each other. Strong priors at 0 and 1
    keep a handful of key results from turning everything over. Most likely a and b by Newton's method.
    """
    if not said:
        return Calibration()
    x = _log_odds([one.chance for one in said])
    y = np.array([float(one.happened) for one in said])
    names, place = np.unique([one.key_result for one in said], return_inverse=True)
    weight = 1.0 / np.bincount(place)[place]
    design = np.stack([np.ones_like(x), x], axis=1)
    prior, firm = np.array([0.0, 1.0]), np.diag([PRIOR_SHIFT**-2, PRIOR_SLOPE**-2])
    found = prior.copy()
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-design @ found))
        slope = design.T @ (weight * (y - p)) - firm @ (found - prior)
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + firm
        step = np.linalg.solve(curve, slope)
        found = found + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return Calibration(float(found[0]), float(found[1]), int(names.size))


def brier(said: Sequence[Said]) -> float | None:
    """How wrong chances were, squared, 0 best: one weight a key result; always saying one half gives 0.25.

    >>> brier([Said("a", 0.8, True), Said("a", 0.6, True), Said("b", 0.5, False)])
    0.175
    """
    if not said:
        return None
    names, place = np.unique([one.key_result for one in said], return_inverse=True)
    wrong = np.array([(one.chance - one.happened) ** 2 for one in said])
    per_key_result = np.bincount(place, weights=wrong) / np.bincount(place)
    return round(float(per_key_result.sum() / names.size), 12)


def honesty(data: Sequence[Said], people: Sequence[Said]) -> Honesty | None:
    """Compare what the data and what the people said of the same check-ins (equal lengths, in the same order)."""
    if len(data) != len(people):
        raise ValueError("one confidence for each chance")
    ours, theirs = brier(data), brier(people)
    if ours is None or theirs is None:
        return None
    names, place = np.unique([one.key_result for one in people], return_inverse=True)
    over = np.array([one.chance - one.happened for one in people])
    lean = float((np.bincount(place, weights=over) / np.bincount(place)).mean())
    return Honesty(data=ours, people=theirs, difference=theirs - ours, optimism=lean, key_results=int(names.size))


def calibration_table(chance: npt.ArrayLike, happened: npt.ArrayLike, bins: int = 5) -> list[SaidBand]:
    """Said against happened, in bands of equal width; empty bands are left out."""
    p, y = np.asarray(chance, dtype=np.float64), np.asarray(happened, dtype=np.float64)
    band = np.minimum((p * bins).astype(np.int64), bins - 1)
    return [
        SaidBand(said=float(p[band == i].mean()), happened=float(y[band == i].mean()), times=int((band == i).sum()))
        for i in range(bins)
        if (band == i).any()
    ]


def calibration_error(table: Sequence[SaidBand]) -> float:
    """Mean distance of said from happened, weighed by how often it was said."""
    times = sum(row.times for row in table)
    return sum(row.times * abs(row.said - row.happened) for row in table) / times if times else 0.0


def clipped(chance: float) -> float:
    """A chance as it may be shown: 5 to 95 %.

    >>> clipped(0.0), clipped(0.5), clipped(0.999)
    (0.05, 0.5, 0.95)
    """
    return min(HIGHEST, max(LOWEST, chance))


def _log_odds(chance: npt.ArrayLike) -> Floats:
    inside = np.clip(np.asarray(chance, dtype=np.float64), EDGE, 1.0 - EDGE)
    return np.asarray(np.log(inside / (1.0 - inside)), dtype=np.float64)
