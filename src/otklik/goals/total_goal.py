"""A key result that counts up to a total: requests by weekday, their weeks busier or quieter than usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from otklik.goals.grading import Ladder, grades_on
from otklik.goals.luck import PATHS, Luck
from otklik.goals.outcome import Outcome
from otklik.goals.share_paths import weeks_ahead
from otklik.goals.volume import LOOK_BACK_WEEKS, Volume, usual_volume
from otklik.goals.weeks import Days, rest_of, totals
from otklik.schemas.forecasts import MarkName, Model, WhyNone
from otklik.schemas.goals import DayCount, Scale
from otklik.stats.estimate import Floats

FEWEST_WEEKS: Final = 4
LEAST_SPREAD: Final = 0.1
"""Weeks always differ by a tenth: a quiet record does not promise a quiet future."""


@dataclass(frozen=True)
class TotalGoal:
    """Requests `n` of the days of the window shall reach (or stay at or under) the totals of the rungs."""

    rows: Sequence[DayCount]
    rungs: Ladder
    marks: tuple[tuple[MarkName, float, float], ...]
    """(name, total, grade)."""
    cycle: Days
    window: Days
    as_of: date
    lower_is_better: bool = False
    scale: Scale = "linear"


@dataclass(frozen=True)
class PreparedTotal:
    """The usual volume of the record."""

    goal: TotalGoal
    model: Model
    why_none: WhyNone | None
    weeks: int
    requests: int
    volume: Volume | None = None

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
        """Nothing: volumes are taken as their own luck."""
        return np.empty(0)

    @property
    def steps(self) -> int:
        """Weeks of luck to the end of the cycle."""
        return weeks_ahead(self.goal.cycle, self.goal.as_of)[1]

    def play(self, luck: Luck) -> Outcome:
        """Draw the days to come: a negative binomial by weekday, its doubt about the usual shared by all weeks."""
        assert self.volume is not None
        goal, rng = self.goal, np.random.default_rng(luck.seed)
        ahead = weeks_ahead(goal.cycle, goal.as_of)[0]
        rest = [rest_of(week, goal.as_of) for week in ahead]
        inside = [Days(max(d.first, goal.window.first), min(d.last, goal.window.last)) for d in rest]
        usual = np.array([self.volume.expected(days, goal.rows) for days in rest])
        part = np.array([self.volume.expected(days, goal.rows) for days in inside])
        spread = max(LEAST_SPREAD, self.volume.spread)
        doubt = spread / min(LOOK_BACK_WEEKS, max(1, self.weeks)) ** 0.5
        busy = _gamma(rng, doubt, (PATHS, 1)) * _gamma(rng, spread, (PATHS, len(ahead)))
        counted = rng.poisson(busy * part)
        every = counted + rng.poisson(busy * np.maximum(usual - part, 0.0))
        seen = np.array([totals(goal.rows, week)[0] for week in ahead])
        end = (totals(goal.rows, goal.window)[0] + counted.sum(axis=1)).astype(np.float64)
        side = -1.0 if goal.lower_is_better else 1.0
        reached = {name: np.asarray(side * (end - total) >= 0, dtype=np.bool_) for name, total, _ in goal.marks}
        grades = {name: grade for name, _, grade in goal.marks}
        return Outcome(reached, grades, grades_on(goal.rungs, end, goal.scale), end, ahead, seen + every.astype(float))


def prepare_total(goal: TotalGoal) -> PreparedTotal:
    """Learn the usual volume; four weeks on record are enough for it."""
    known = [row for row in goal.rows if row.day <= goal.as_of]
    weeks = ((goal.as_of - min(row.day for row in known)).days + 1) // 7 if known else 0
    requests, volume = sum(row.n for row in known), usual_volume(known, goal.as_of)
    why: WhyNone | None = None
    if not goal.marks:
        why = "no-target"
    elif goal.as_of >= goal.window.last:
        why = "over"
    elif weeks < FEWEST_WEEKS or volume is None:
        why = "too-few-weeks"
    return PreparedTotal(goal, "none" if why else "level", why, weeks, requests, volume)


def _gamma(rng: np.random.Generator, spread: float, shape: tuple[int, int]) -> Floats:
    """Factors of mean 1 and this standard deviation."""
    return np.asarray(rng.gamma(spread**-2, spread**2, shape), dtype=np.float64)
