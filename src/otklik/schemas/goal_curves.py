"""One key result as it is drawn: its number week by week, the marks it is held against, the weeks to come."""

from datetime import date
from typing import Literal

from otklik.schemas.forecasts import FanWeek, MarkName
from otklik.schemas.goals import KeyResult
from otklik.schemas.results import Clock, Result

Quantity = Literal["share", "quantile", "count", "number"]
"""A share; a percentile, drawn as the share within its target; requests a week; a number that somebody tells."""


class CurveWeek(Result):
    """The number of one week with its 95 % interval, of `n` requests; None where nothing is known."""

    first: date
    last: date
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


class CurveMark(Result):
    """A mark as a height of the picture."""

    name: MarkName
    value: float


class GoalCurve(Result):
    """Weeks before the cycle and in it, up to what is known, then the futures; all in one unit, as people read it.

    `start` and `end` are the days of the cycle, `on` is today. The end of the futures is that of the number by which
    the cycle is graded; of a goal that counts weeks (`by_weeks`) it is the part of the weeks that keep the target.
    """

    key_result: KeyResult
    quantity: Quantity
    clock: Clock = "elapsed"
    within_s: float | None = None
    start: date
    end: date
    on: date
    weeks: tuple[CurveWeek, ...]
    marks: tuple[CurveMark, ...] = ()
    fan: tuple[FanWeek, ...] = ()
    now: float | None = None
    by_weeks: bool = False
    end_low: float | None = None
    end_middle: float | None = None
    end_high: float | None = None

    @property
    def target(self) -> float | None:
        """Where the target is drawn."""
        return next((mark.value for mark in self.marks if mark.name == "target"), None)
