"""A key result on shares: a share in time, a percentile of waits (which is a share), or weeks that keep one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from otklik.goals.day_counts import is_reached
from otklik.goals.luck import Luck
from otklik.goals.outcome import Outcome
from otklik.goals.share_paths import LEVEL_FLOOR, SharePaths, filter_shares, simulate_share, weeks_ahead
from otklik.goals.state_space import Filtered
from otklik.goals.volume import Volume, usual_volume
from otklik.goals.weeks import Days, cycle_weeks, totals, weekly_table
from otklik.schemas.forecasts import MarkName, Model, WhyNone
from otklik.schemas.goals import DayCount
from otklik.stats.estimate import Flags, Floats

FEWEST_WEEKS: Final = 8
FULL_FROM_WEEKS: Final = 13
FEWEST_REQUESTS: Final = 100
MOST_WEEKS: Final = 52
"""What was a year ago says little of the weeks to come."""


class Mark(NamedTuple):
    """One rung: the share wanted of the requests of these days, and the grade it gives; the baseline has no name."""

    name: MarkName | None
    grade: float
    wanted: float
    rows: Sequence[DayCount]


@dataclass(frozen=True)
class ShareGoal:
    """A key result on a share; marks from the baseline up, each harder than the one before.

    `as_of` is the last day all of whose requests are old enough to count; `since` the day from which the record is
    comparable (a new channel, another clock): nothing is learnt from before, but all of the window counts. With
    `week_grades` it is graded by the weeks that keep the share of the last mark: which part of the weeks is which mark.
    """

    marks: tuple[Mark, ...]
    cycle: Days
    window: Days
    as_of: date
    since: date | None = None
    week_grades: Mapping[MarkName, float] = field(default_factory=dict)
    floor: float = LEVEL_FLOOR


@dataclass(frozen=True)
class PreparedShare:
    """What the record says before luck is drawn; one filter for each different table of days."""

    goal: ShareGoal
    model: Model
    why_none: WhyNone | None
    weeks: int
    requests: int
    filtered: tuple[Filtered, ...] = ()
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
        """What surprised in each week, of the hardest mark."""
        return self.filtered[-1].surprise if self.filtered else np.empty(0)

    @property
    def steps(self) -> int:
        """Weeks of luck to the end of the cycle."""
        return weeks_ahead(self.goal.cycle, self.goal.as_of)[1]

    def play(self, luck: Luck) -> Outcome:
        """Let the weeks go on with this luck."""
        assert self.volume is not None
        goal, runs = self.goal, dict[int, SharePaths]()
        for mark, filtered in zip(goal.marks, self.filtered, strict=True):
            if id(mark.rows) not in runs:
                runs[id(mark.rows)] = simulate_share(
                    mark.rows, filtered, self.volume, luck, cycle=goal.cycle, window=goal.window, as_of=goal.as_of,
                    floor=goal.floor,
                )  # fmt: skip
        paths = [runs[id(mark.rows)] for mark in goal.marks]
        return _by_weeks(goal, paths[-1]) if goal.week_grades else _by_window(goal.marks, paths)


def prepare_share(goal: ShareGoal) -> PreparedShare:
    """Filter the weeks of each mark's days, as far as there are enough: 8 weeks for a level, 13 for a slope."""
    tables = {
        id(mark.rows): weekly_table(_comparable(goal, mark), *goal.cycle, until=goal.as_of)[-MOST_WEEKS:]
        for mark in goal.marks
    }
    table = tables[id(goal.marks[-1].rows)] if goal.marks else []
    weeks, requests = sum(week.n > 0 for week in table), sum(week.n for week in table)
    volume = usual_volume(_comparable(goal, goal.marks[-1]), goal.as_of) if goal.marks else None
    why = _why_none(goal, weeks, requests, volume)
    if why:
        return PreparedShare(goal, "none", why, weeks, requests)
    level_only = weeks < FULL_FROM_WEEKS
    filtered = {key: filter_shares(one, level_only=level_only) for key, one in tables.items()}
    every = tuple(filtered[id(mark.rows)] for mark in goal.marks)
    return PreparedShare(goal, "level" if level_only else "full", None, weeks, requests, every, volume)


def _why_none(goal: ShareGoal, weeks: int, requests: int, volume: Volume | None) -> WhyNone | None:
    if not goal.marks:
        return "no-target"
    if goal.as_of >= goal.window.last:
        return "over"
    if weeks < FEWEST_WEEKS or volume is None:
        return "too-few-weeks"
    return "too-few-requests" if requests < FEWEST_REQUESTS else None


def _comparable(goal: ShareGoal, mark: Mark) -> Sequence[DayCount]:
    return mark.rows if goal.since is None else [row for row in mark.rows if row.day >= goal.since]


def _by_window(marks: Sequence[Mark], paths: Sequence[SharePaths]) -> Outcome:
    """Marks reached by the window's share; between two marks the grade is where the share crosses.

    The weeks and the end are those of the target: of a percentile each mark has a share of its own.
    """
    shares = [np.divide(p.k, p.n, out=np.zeros(p.n.size), where=p.n > 0) for p in paths]
    distance = np.stack([share - mark.wanted for share, mark in zip(shares, marks, strict=True)])
    reached = np.stack([_is_reached(p, mark.wanted) for p, mark in zip(paths, marks, strict=True)])
    reached = np.logical_and.accumulate(reached, axis=0)
    grade = np.zeros(shares[0].size)
    for i, mark in enumerate(marks):
        part = np.zeros_like(grade)
        if i + 1 < len(marks):
            gap = distance[i] - distance[i + 1]
            np.divide(distance[i], gap, out=part, where=gap > 0)
        step = marks[i + 1].grade - mark.grade if i + 1 < len(marks) else 0.0
        grade = np.where(reached[i], mark.grade + step * np.clip(part, 0.0, 1.0), grade)
    named = {mark.name: reached[i] for i, mark in enumerate(marks) if mark.name}
    grades = {mark.name: mark.grade for mark in marks if mark.name}
    shown = next((i for i, mark in enumerate(marks) if mark.name == "target"), len(marks) - 1)
    return Outcome(named, grades, grade, shares[shown], paths[shown].weeks, paths[shown].share)


def _is_reached(paths: SharePaths, wanted: float) -> Flags:
    return np.asarray((paths.n > 0) & (paths.k >= np.ceil(paths.n * wanted - 1e-9)), dtype=np.bool_)


def _by_weeks(goal: ShareGoal, paths: SharePaths) -> Outcome:
    """Weeks that keep the share, those gone by and those to come; weeks with nobody do not count."""
    mark = goal.marks[-1]
    over = [totals(mark.rows, week) for week in cycle_weeks(*goal.cycle) if week.last <= goal.as_of]
    kept = sum(is_reached(n, k, mark.wanted) for n, k in over)
    known = np.isfinite(paths.share)
    hits = kept + (known & (paths.share >= mark.wanted - 1e-9)).sum(axis=1)
    counted = sum(n > 0 for n, _ in over) + known.sum(axis=1)
    grade = np.divide(hits, counted, out=np.zeros(hits.size), where=counted > 0)
    reached = {name: np.asarray(grade >= least - 1e-9, dtype=np.bool_) for name, least in goal.week_grades.items()}
    return Outcome(reached, dict(goal.week_grades), grade, grade, paths.weeks, paths.share)
