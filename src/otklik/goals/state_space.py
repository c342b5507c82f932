"""Where a weekly number stands and where it is heading: a level with a damped slope, seen through noise.

y_w = m_w + noise, m_w = m_(w-1) + b_(w-1) + e_w, b_w = 0.85 b_(w-1) + u_w. How much level and slope move and how
noisy the weeks are is not known: the filter runs for every cell of a small grid at once, and each cell counts by how
well it foretold the weeks (the maximum-likelihood cell alone would be too sure of itself with a dozen weeks).
"""

from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from otklik.stats.estimate import Floats

DAMPING: Final = 0.85
"""What is left of a slope after a week: no improvement goes on for ever."""
FIRST_SLOPE: Final = 0.1
"""Standard deviation of the slope before anything is seen."""


class Grid(NamedTuple):
    """Cells to weigh: standard deviation a week of level and slope, and noise as a multiple of what is expected."""

    level: Floats
    slope: Floats
    noise: Floats


class Weeks(NamedTuple):
    """What was seen, week by week: numbers (nan = nothing seen) and the variance to expect of each."""

    y: Floats
    variance: Floats


@dataclass(frozen=True)
class Filtered:
    """What is known of level and slope after the last week, for each cell of the grid, and how much a cell counts."""

    grid: Grid
    weight: Floats
    """(cells,), sum 1."""
    mean: Floats
    """(2, cells): level, slope."""
    spread: Floats
    """(3, cells): variance of the level, covariance, variance of the slope."""
    surprise: Floats
    """(weeks,): how far each week was from what was foretold, in standard deviations; nan where nothing was seen."""

    @property
    def level(self) -> float:
        """The level now, over all cells."""
        return float(self.weight @ self.mean[0])


def grid_of(level: tuple[float, ...], slope: tuple[float, ...], noise: tuple[float, ...]) -> Grid:
    """Every combination of the values."""
    return Grid(*np.array(list(product(level, slope, noise)), dtype=np.float64).T)


def filter_weeks(weeks: Weeks, grid: Grid) -> Filtered:
    """Run the Kalman filter over the weeks for all cells at once; needs at least one week with a number."""
    seen = np.flatnonzero(np.isfinite(weeks.y))
    first = int(seen[0])
    cells = grid.level.size
    mean = np.stack([np.full(cells, weeks.y[first]), np.zeros(cells)])
    slope0 = np.where(grid.slope > 0, FIRST_SLOPE**2, 0.0)
    spread = np.stack([weeks.variance[first] * grid.noise, np.zeros(cells), slope0])
    fit, surprises = np.zeros(cells), np.full((weeks.y.size, cells), np.nan)
    for week in range(first + 1, weeks.y.size):
        mean, spread = _step(mean, spread, grid)
        if np.isfinite(weeks.y[week]):
            total = spread[0] + weeks.variance[week] * grid.noise
            off = weeks.y[week] - mean[0]
            fit -= 0.5 * (np.log(total) + off * off / total)
            surprises[week] = off / np.sqrt(total)
            gain = spread[:2] / total
            mean = mean + gain * off
            spread = spread - np.stack([gain[0] * spread[0], gain[0] * spread[1], gain[1] * spread[1]])
    weight = np.exp(fit - fit.max())
    weight /= weight.sum()
    return Filtered(grid, weight, mean, spread, surprises @ weight)


def _step(mean: Floats, spread: Floats, grid: Grid) -> tuple[Floats, Floats]:
    level, both, slope = spread
    return (
        np.stack([mean[0] + mean[1], DAMPING * mean[1]]),
        np.stack(
            [
                level + 2 * both + slope + grid.level**2,
                DAMPING * (both + slope),
                DAMPING**2 * slope + grid.slope**2,
            ]
        ),
    )
