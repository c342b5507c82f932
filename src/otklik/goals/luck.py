"""The draws that futures are made of: the same seed, the same futures; and numbers that share their staff and outages
are lucky and unlucky together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from otklik.stats.estimate import Floats

PATHS: Final = 2_000
SEED: Final = 20_240_427
TAILS: Final = 4
"""Degrees of freedom of the shocks: the future holds a new system or a lost colleague, not only small steps."""
DOUBT_WEEKS: Final = 10
"""As many weeks of seeing no connection are added to what was seen."""


@dataclass(frozen=True)
class Luck:
    """Draws for one number: all of variance 1."""

    pick: Floats
    """(paths,), even in 0..1: which cell of the grid is true."""
    start: Floats
    """(paths, 2): where level and slope really are now."""
    level: Floats
    """(paths, weeks): shocks to the level, heavy-tailed; the last week is the last of the cycle."""
    slope: Floats
    """(paths, weeks)."""
    seed: int
    """For the draws of single requests, which are nobody else's."""


def draw_luck(weeks: int, together: Floats | None = None, *, paths: int = PATHS, seed: int = SEED) -> list[Luck]:
    """Draws for as many numbers as `together` (their correlation) has rows; by default for one."""
    joint = np.eye(1) if together is None else together
    count = joint.shape[0]
    rng = np.random.default_rng(seed)
    root = np.linalg.cholesky(joint + 1e-9 * np.eye(count))
    pick = rng.random((paths, count))
    plain = rng.standard_normal((paths, 2 + 2 * weeks, count)) @ root.T
    heavy = np.sqrt((TAILS - 2) / rng.chisquare(TAILS, (paths, weeks, 1)))
    level = plain[:, 2 : 2 + weeks] * heavy
    return [
        Luck(pick[:, i], plain[:, :2, i], level[:, :, i], plain[:, 2 + weeks :, i], seed + 1 + i) for i in range(count)
    ]


def togetherness(surprises: Sequence[Floats], steps: Sequence[int]) -> Floats:
    """How much the numbers move together: correlation of what surprised in the same weeks, drawn towards none.

    `steps` says how many weeks before the end of the cycle each series ends; what one of a pair did not see is left
    out. Always a correlation matrix.
    """
    count = len(surprises)
    width = max(series.size + after for series, after in zip(surprises, steps, strict=True))
    table = np.full((count, width), np.nan)
    for row, series, after in zip(table, surprises, steps, strict=True):
        row[width - after - series.size : width - after] = np.clip(series, -3.0, 3.0)
    joint = np.eye(count)
    for i in range(count):
        for j in range(i):
            joint[i, j] = joint[j, i] = _correlation(table[i], table[j])
    lowest = float(np.linalg.eigvalsh(joint).min())
    if lowest < 0.01:
        part = (0.01 - lowest) / (1.0 - lowest)
        joint = (1 - part) * joint + part * np.eye(count)
    return joint


def _correlation(one: Floats, other: Floats) -> float:
    both = np.isfinite(one) & np.isfinite(other)
    scale = float(np.sqrt((one[both] ** 2).sum() * (other[both] ** 2).sum()))
    if not scale:
        return 0.0
    weeks = int(both.sum())
    return float((one[both] * other[both]).sum()) / scale * weeks / (weeks + DOUBT_WEEKS)
