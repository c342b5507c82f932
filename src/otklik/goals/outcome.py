"""Futures of one key result, whatever its kind, and what of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from otklik.goals.calibration import Calibration, clipped
from otklik.goals.luck import Luck
from otklik.goals.weeks import Days
from otklik.schemas.forecasts import Chance, FanWeek, Forecast, MarkName, Model, WhyNone
from otklik.stats.estimate import Flags, Floats


@dataclass(frozen=True)
class Outcome:
    """Futures: which marks are reached, the grade and the number at the end (paths,), weekly numbers (paths, weeks)."""

    reached: dict[MarkName, Flags]
    mark_grades: dict[MarkName, float]
    grade: Floats
    end: Floats
    weeks: Sequence[Days]
    weekly: Floats


class Prepared(Protocol):
    """A key result whose record has been read; `play` may only be asked where `why_none` is None."""

    @property
    def model(self) -> Model:
        """What the record is good for."""

    @property
    def why_none(self) -> WhyNone | None:
        """Why there are no futures."""

    @property
    def cycle(self) -> Days:
        """The days of the cycle."""

    @property
    def as_of(self) -> date:
        """The last day that is known."""

    @property
    def weeks(self) -> int:
        """Weeks with requests or numbers on record."""

    @property
    def requests(self) -> int:
        """Requests or numbers on record."""

    @property
    def surprise(self) -> Floats:
        """What surprised in each week so far; empty where weeks are not foretold."""

    @property
    def steps(self) -> int:
        """How many weeks of luck the futures need."""

    def play(self, luck: Luck) -> Outcome:
        """Let the futures run with this luck."""


def tell(prepared: Prepared, outcome: Outcome | None, calibration: Calibration | None = None) -> Forecast:
    """Turn futures into what is shown: chances never beyond 5 and 95 %, ranges of 80 of 100."""
    bare = Forecast(
        model=prepared.model,
        why_none=prepared.why_none,
        as_of=prepared.as_of,
        weeks=prepared.weeks,
        requests=prepared.requests,
    )
    if outcome is None:
        return bare
    end, grade = range_of(outcome.end), range_of(outcome.grade)
    return bare.model_copy(
        update={
            "chances": tuple(
                chance_of(name, outcome.mark_grades[name], reached, calibration)
                for name, reached in outcome.reached.items()
            ),
            **dict(zip(("end_low", "end_middle", "end_high"), end, strict=True)),
            **dict(zip(("grade_low", "grade_middle", "grade_high"), grade, strict=True)),
            "fan": fan_of(outcome.weeks, outcome.weekly, prepared.cycle.first),
        }
    )


def chance_of(mark: MarkName, grade: float, reached: Flags, calibration: Calibration | None = None) -> Chance:
    """Share of futures that reach a mark, and what of it is shown."""
    raw = float(reached.mean())
    return Chance(mark=mark, grade=grade, raw=raw, shown=clipped(calibration.calibrated(raw) if calibration else raw))


def fan_of(weeks: Sequence[Days], weekly: Floats, first: date) -> tuple[FanWeek, ...]:
    """Bands of each week to come from its futures (paths, weeks); the cycle begins on the first day."""
    names = ("low95", "low80", "middle", "high80", "high95")
    told = []
    for week, column in zip(weeks, weekly.T, strict=True):
        known = column[np.isfinite(column)]
        bands = np.quantile(known, (0.025, 0.1, 0.5, 0.9, 0.975)).tolist() if known.size else [None] * 5
        number = (week.first - first).days // 7 + 1
        told.append(FanWeek(number=number, first=week.first, last=week.last, **dict(zip(names, bands, strict=True))))
    return tuple(told)


def range_of(values: Floats) -> tuple[float, float, float]:
    """Where 80 of 100 futures lie, and their middle."""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9)).tolist()
    return low, middle, high
