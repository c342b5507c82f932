"""Grades of key results and objectives as the doors show them: numbers, colours, and why there is none."""

from datetime import date
from typing import Literal

from otklik.schemas.results import Result

Colour = Literal["red", "yellow", "green"]
Reason = Literal[
    "no-target", "no-baseline", "no-value", "no-weeks", "no-steps", "unordered", "not-positive", "counted-otherwise"
]


class KeyResultGrade(Result):
    """A grade 0..1 with its interval, the way gone from the baseline (1 = at the target, may leave 0..1), a colour.

    For keep-rules `kept` of `counted` weeks kept the target. Where there is no grade, `reason` says why.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    progress: float | None = None
    colour: Colour | None = None
    kept: int | None = None
    counted: int | None = None
    reason: Reason | None = None


class GradePart(Result):
    """What one key result adds to its objective: `share` of the weight of all that have a grade."""

    key_result: str
    weight: float
    share: float
    grade: float | None


class ObjectiveGrade(Result):
    """Weighted mean of the grades of the key results; `graded` is the share of all weight that has a grade.

    The ends of the interval are the means of the ends: as if all were lucky, or unlucky, together.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    colour: Colour | None = None
    graded: float = 0.0
    parts: tuple[GradePart, ...] = ()


class TwoGrades(Result):
    """The same number graded by the target as first set and by the target as it is now."""

    as_set: KeyResultGrade
    as_changed: KeyResultGrade
    changed: bool


class WeekCount(Result):
    """Requests of one week around a cycle (both days inside) and those within T.

    `number` is 1 for the first week of the cycle, 0 and below for weeks before it.
    """

    number: int
    first: date
    last: date
    n: int
    k: int

    @property
    def share(self) -> float | None:
        """Share within T; None for a week without requests."""
        return self.k / self.n if self.n else None
