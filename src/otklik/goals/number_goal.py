"""A key result on plain numbers, such as ratings or survey scores: the same moving level, seen through normal noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from otklik.goals.grading import Ladder, grades_on
from otklik.goals.luck import Luck
from otklik.goals.outcome import Outcome
from otklik.goals.share_paths import level_paths, weeks_ahead
from otklik.goals.state_space import Filtered, Weeks, filter_weeks, grid_of
from otklik.goals.weeks import Days, cycle_weeks, weeks_before
from otklik.schemas.forecasts import MarkName, Model, WhyNone
from otklik.schemas.goals import Scale
from otklik.stats.estimate import Floats

FEWEST_WEEKS: Final = 8
FULL_FROM_WEEKS: Final = 13
MOST_WEEKS: Final = 52
LEVELS: Final = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0)
SLOPES: Final = (0.0, 0.05, 0.15, 0.4)
NOISES: Final = (0.3, 0.6, 1.0, 2.0)
LEVEL_FLOOR: Final = 0.25
"""Least standard deviation a week of the level in the future, in standard deviations of the noise."""


class Told(NamedTuple):
    """A number of a day; `variance` is that of the number itself (of a mean: of its answers over how many).

    Where only `n`, of how many it speaks, is known, weeks weigh by it.
    """

    day: date
    value: float
    variance: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class NumberGoal:
    """Numbers shall reach the rungs by their mean over the window, or, without one, by the last week's.

    `least` and `most` bound the numbers, as 1 and 5 bound a rating.
    """

    numbers: Sequence[Told]
    rungs: Ladder
    marks: tuple[tuple[MarkName, float, float], ...]
    """(name, value, grade)."""
    cycle: Days
    window: Days | None
    as_of: date
    lower_is_better: bool = False
    scale: Scale = "linear"
    least: float = -np.inf
    most: float = np.inf
    since: date | None = None
    keep: float | None = None
    """The limit of a keep-rule: the grade is the part of the weeks that keep it."""


@dataclass(frozen=True)
class PreparedNumber:
    """Where the numbers stand; `noise` is the standard deviation that they are measured in."""

    goal: NumberGoal
    model: Model
    why_none: WhyNone | None
    weeks: int
    requests: int
    filtered: Filtered | None = None
    noise: float = 1.0
    usual_variance: float = 1.0

    @property
    def cycle(self) -> Days:
        """The days of the cycle."""
        return self.goal.cycle

    @property
    def as_of(self) -> date:
        """The last day that is known."""
        return self.goal.as_of

    @property
    def surprise(self) -> Floats:
        """What surprised in each week."""
        return self.filtered.surprise if self.filtered else np.empty(0)

    @property
    def steps(self) -> int:
        """Weeks of luck to the end of the cycle."""
        return weeks_ahead(self.goal.cycle, self.goal.as_of)[1]

    def play(self, luck: Luck) -> Outcome:
        """Let the level go on with this luck, and a number of each week lie around it."""
        assert self.filtered is not None
        goal = self.goal
        ahead, steps = weeks_ahead(goal.cycle, goal.as_of)
        level, cell = level_paths(self.filtered, luck, steps, LEVEL_FLOOR)
        around = np.sqrt(self.filtered.grid.noise[cell] * self.usual_variance)[:, None]
        drawn = np.random.default_rng(luck.seed).standard_normal((level.shape[0], len(ahead)))
        weekly = np.clip((level[:, level.shape[1] - len(ahead) :] + around * drawn) * self.noise, goal.least, goal.most)
        if goal.keep is not None:
            return _kept(goal, ahead, weekly)
        end = _end(goal, ahead, weekly)
        side = -1.0 if goal.lower_is_better else 1.0
        reached = {name: np.asarray(side * (end - value) >= 0, dtype=np.bool_) for name, value, _ in goal.marks}
        grades = {name: grade for name, _, grade in goal.marks}
        return Outcome(reached, grades, grades_on(goal.rungs, end, goal.scale), end, ahead, weekly)


def prepare_number(goal: NumberGoal) -> PreparedNumber:
    """Weekly means, the noise between neighbours, and the filter; 8 weeks for a level, 13 for a slope."""
    known = [one for one in goal.numbers if one.day <= goal.as_of and (goal.since is None or one.day >= goal.since)]
    weeks = _weekly(goal, known)
    seen = int(np.isfinite(weeks.y).sum())
    why: WhyNone | None = None
    if not goal.marks:
        why = "no-target"
    elif not weeks_ahead(goal.cycle, goal.as_of)[0]:
        why = "over"
    elif seen < FEWEST_WEEKS:
        why = "too-few-weeks"
    if why:
        return PreparedNumber(goal, "none", why, seen, len(known))
    noise = _noise(weeks.y)
    variance = np.where(np.isfinite(weeks.variance), weeks.variance / noise**2, _by_size(goal, known, weeks.y))
    level_only = seen < FULL_FROM_WEEKS
    grid = grid_of(LEVELS, (0.0,) if level_only else SLOPES, NOISES)
    filtered = filter_weeks(Weeks(weeks.y / noise, variance), grid)
    usual = float(np.median(variance[np.isfinite(weeks.y)]))
    return PreparedNumber(goal, "level" if level_only else "full", None, seen, len(known), filtered, noise, usual)


def _weekly(goal: NumberGoal, known: Sequence[Told]) -> Weeks:
    """Mean and variance of each week to the last that is known; nan without numbers."""
    if not known:
        return Weeks(np.empty(0), np.empty(0))
    weeks = _weeks_of(goal, known)
    y, variance = np.full(len(weeks), np.nan), np.full(len(weeks), np.nan)
    for i, week in enumerate(weeks):
        here = [one for one in known if one.day in week]
        if here:
            y[i] = sum(one.value for one in here) / len(here)
            told = [one.variance for one in here if one.variance is not None]
            variance[i] = sum(told) / len(here) ** 2 if len(told) == len(here) else np.nan
    return Weeks(y, variance)


def _weeks_of(goal: NumberGoal, known: Sequence[Told]) -> list[Days]:
    inside = [week for week in cycle_weeks(*goal.cycle) if week.first <= goal.as_of]
    return [*weeks_before(goal.cycle.first, min(one.day for one in known)), *inside][-MOST_WEEKS:]


def _by_size(goal: NumberGoal, known: Sequence[Told], y: Floats) -> Floats:
    """How noisy a week is against the usual one by how many it speaks of; 1 where that is not known of all."""
    same = np.ones(y.size)
    if not known or any(not one.n for one in known):
        return same
    sizes = np.array([sum(one.n or 0 for one in known if one.day in week) for week in _weeks_of(goal, known)])
    told = np.isfinite(y) & (sizes > 0)
    np.divide(float(np.median(sizes[told])) if told.any() else 1.0, sizes, out=same, where=told)
    return same


def _noise(y: Floats) -> float:
    """Standard deviation around the level, from neighbours, so that a change of level does not count."""
    steps = np.diff(y[np.isfinite(y)])
    robust = float(np.median(np.abs(steps))) / 0.6745 / 2**0.5
    plain = float(np.sqrt((steps**2).mean() / 2))
    return robust or plain or 1e-9


def _end(goal: NumberGoal, ahead: Sequence[Days], weekly: Floats) -> Floats:
    """Mean of the weeks of the window, those gone by as they were; without a window the last week."""
    if goal.window is None:
        return weekly[:, -1]
    over = [week for week in cycle_weeks(*goal.cycle) if week.last <= goal.as_of and week.last in goal.window]
    means = [m for m in (_mean(goal.numbers, week) for week in over) if m is not None]
    inside = [i for i, week in enumerate(ahead) if week.last in goal.window]
    whole = weekly[:, inside].sum(axis=1) + sum(means)
    return np.asarray(whole / max(1, len(inside) + len(means)), dtype=np.float64)


def _kept(goal: NumberGoal, ahead: Sequence[Days], weekly: Floats) -> Outcome:
    over = [_mean(goal.numbers, week) for week in cycle_weeks(*goal.cycle) if week.last <= goal.as_of]
    known = np.array([value for value in over if value is not None])
    side, limit = (-1.0 if goal.lower_is_better else 1.0), goal.keep or 0.0
    kept = int((side * (known - limit) >= 0).sum())
    grade = (kept + (side * (weekly - limit) >= 0).sum(axis=1)) / (known.size + weekly.shape[1])
    reached = {name: np.asarray(grade >= least - 1e-9, dtype=np.bool_) for name, _, least in goal.marks}
    return Outcome(reached, {name: least for name, _, least in goal.marks}, grade, grade, ahead, weekly)


def _mean(numbers: Sequence[Told], week: Days) -> float | None:
    here = [one.value for one in numbers if one.day in week]
    return sum(here) / len(here) if here else None
