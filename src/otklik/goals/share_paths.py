"""Futures of a share: two thousand ways the weeks may go on, each with its requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from otklik.goals.luck import Luck
from otklik.goals.state_space import DAMPING, Filtered, Grid, Weeks, filter_weeks, grid_of
from otklik.goals.volume import Volume
from otklik.goals.weeks import Days, cycle_weeks, rest_of, totals
from otklik.schemas.goals import DayCount
from otklik.schemas.grades import WeekCount
from otklik.stats.estimate import Floats, Ints

FULL: Final = grid_of((0.0, 0.04, 0.08, 0.16, 0.32), (0.0, 0.02, 0.05, 0.1), (1.0, 1.6, 2.5, 4.0, 7.0))
LEVEL_ONLY: Final = grid_of((0.0, 0.04, 0.08, 0.16, 0.32), (0.0,), (1.0, 1.6, 2.5, 4.0, 7.0))
LEVEL_FLOOR: Final = 0.2
"""Least standard deviation a week of the level in the future, on log-odds: interventions are still to come. Measured:
docs/decisions/okr-forecast.md."""
MOST_ALIKE: Final = 0.3
"""Most that the requests of one week may be alike."""


@dataclass(frozen=True)
class SharePaths:
    """Futures of one share: weekly shares (paths, weeks), and requests and hits of the window by its end (paths,)."""

    weeks: list[Days]
    share: Floats
    n: Ints
    k: Ints


def filter_shares(table: Sequence[WeekCount], *, level_only: bool) -> Filtered:
    """Where the log-odds of a weekly share stand; weeks without requests have seen nothing."""
    n = np.array([week.n for week in table], dtype=np.float64)
    k = np.array([week.k for week in table], dtype=np.float64)
    share = (k + 0.5) / (n + 1.0)
    usual = (k.sum() + 0.5) / (n.sum() + 1.0)
    smooth = (k + 4.0 * usual) / (n + 4.0)
    y = np.where(n > 0, np.log(share / (1.0 - share)), np.nan)
    variance = 1.0 / ((n + 1.0) * smooth * (1.0 - smooth))
    return filter_weeks(Weeks(y, variance), LEVEL_ONLY if level_only else FULL)


def level_paths(filtered: Filtered, luck: Luck, steps: int, floor: float) -> tuple[Floats, Ints]:
    """Levels of this week and the next ones (paths, steps + 1), and which cell of the grid each path took for true."""
    cell = np.minimum(np.searchsorted(filtered.weight.cumsum(), luck.pick), filtered.weight.size - 1)
    mean, spread, grid = filtered.mean[:, cell], filtered.spread[:, cell], Grid(*(one[cell] for one in filtered.grid))
    side = np.sqrt(np.maximum(spread[0], 0.0))
    lean = np.divide(spread[1], side, out=np.zeros_like(side), where=side > 0)
    level = mean[0] + side * luck.start[:, 0]
    slope = mean[1] + lean * luck.start[:, 0] + np.sqrt(np.maximum(spread[2] - lean**2, 0.0)) * luck.start[:, 1]
    moves = np.maximum(grid.level, floor)
    found = np.empty((luck.pick.size, steps + 1))
    found[:, 0] = level
    for step in range(steps):
        column = step - steps
        level = level + slope + moves * luck.level[:, column]
        slope = DAMPING * slope + grid.slope * luck.slope[:, column]
        found[:, step + 1] = level
    return found, cell


def weeks_ahead(cycle: Days, as_of: date) -> tuple[list[Days], int]:
    """The weeks that are not over, and how many steps the last of them is away from the week of a day.

    Before the cycle the last week before it is the one that is known.
    """
    weeks = cycle_weeks(*cycle)
    return [week for week in weeks if week.last > as_of], sum(week.first > as_of for week in weeks)


def simulate_share(
    rows: Sequence[DayCount],
    filtered: Filtered,
    volume: Volume,
    luck: Luck,
    *,
    cycle: Days,
    window: Days,
    as_of: date,
    floor: float = LEVEL_FLOOR,
) -> SharePaths:
    """Let the weeks go on: levels move, volumes vary, requests of one week are a little alike, what is seen stays."""
    ahead, steps = weeks_ahead(cycle, as_of)
    level, cell = level_paths(filtered, luck, steps, floor)
    level = level[:, level.shape[1] - len(ahead) :]
    rest = [rest_of(week, as_of) for week in ahead]
    inside = [Days(max(days.first, window.first), min(days.last, window.last)) for days in rest]
    usual, counted = (np.array([volume.expected(days, rows) for days in some]) for some in (rest, inside))
    rng = np.random.default_rng(luck.seed)
    n, n_inside = _volumes(rng, usual, counted, volume.spread, luck.pick.size)
    chance = _alike(rng, level, filtered.grid.noise[cell], float(volume.by_weekday.sum()))
    k_inside = rng.binomial(n_inside, chance)
    k = k_inside + rng.binomial(n - n_inside, chance)
    seen = np.array([totals(rows, week) for week in ahead])
    in_window = totals(rows, window)
    whole = seen[:, 0] + n
    share = np.divide(seen[:, 1] + k, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return SharePaths(ahead, share, in_window[0] + n_inside.sum(axis=1), in_window[1] + k_inside.sum(axis=1))


def _volumes(rng: np.random.Generator, usual: Floats, counted: Floats, spread: float, paths: int) -> tuple[Ints, Ints]:
    """Requests of each week, and of those the ones in the window."""
    by_path = rng.standard_normal((paths, 1)) * spread / 2
    by_week = rng.standard_normal((paths, usual.size)) * spread
    factor = np.exp(by_path + by_week - 0.625 * spread**2)
    inside = rng.poisson(factor * counted)
    return inside + rng.poisson(factor * np.maximum(usual - counted, 0.0)), inside


def _alike(rng: np.random.Generator, level: Floats, noise: Floats, per_week: float) -> Floats:
    """Chance of each week: around its level, as far as the weeks of the record differ more than single requests do."""
    middle = np.clip(1.0 / (1.0 + np.exp(-level)), 1e-6, 1.0 - 1e-6)
    rho = np.minimum((noise - 1.0) / max(1.0, per_week - 1.0), MOST_ALIKE)[:, None]
    size = (1.0 - rho) / np.maximum(rho, 1e-9)
    drawn = rng.beta(np.minimum(middle * size, 1e9), np.minimum((1.0 - middle) * size, 1e9))
    return np.asarray(np.where(rho > 0, drawn, middle), dtype=np.float64)
