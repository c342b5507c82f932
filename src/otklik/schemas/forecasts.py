"""What can be said of the rest of a cycle: what it takes, how likely it is, where the weeks may go. Facts and codes."""

from datetime import date
from typing import Literal

from otklik.schemas.results import Result

Verdict = Literal["safe", "lost", "open", "reached", "missed", "unknown"]
"""Decided already whatever comes; still open; the window is over; nothing is known of the volume."""
WhyNone = Literal["too-few-weeks", "too-few-requests", "no-target", "no-baseline", "no-numbers", "over"]


class Needed(Result):
    """What share, or how many weeks, or how much a week, it takes from now on; needs no model.

    `needed` is the least that reaches the target at the expected volume, `needed_quiet` and `needed_busy` at that of
    the quietest and the busiest of the last weeks. 0 or less is safe, above 1 (of a share) is out of reach.
    `best_week` is the best so far, `weeks_as_good` of `weeks_seen` were at least as good as needed.
    """

    verdict: Verdict
    n: int = 0
    k: int = 0
    remaining: float = 0.0
    needed: float | None = None
    needed_quiet: float | None = None
    needed_busy: float | None = None
    best_week: float | None = None
    best_week_from: date | None = None
    weeks_as_good: int = 0
    weeks_seen: int = 0


MarkName = Literal["commit", "target", "stretch"]
Model = Literal["none", "level", "full"]
"""Too little for a model; a level only; a level with a slope."""


class Chance(Result):
    """How likely a mark is reached if things go on as they do: as simulated, and as shown after calibration."""

    mark: MarkName
    grade: float
    raw: float
    shown: float


class FanWeek(Result):
    """Where the number of one week to come will lie in 80 and in 95 of 100 futures; None where nobody may come."""

    number: int
    first: date
    last: date
    low95: float | None
    low80: float | None
    middle: float | None
    high80: float | None
    high95: float | None


class Restart(Result):
    """The day from which a record can be compared with itself, and why: `what` came (a channel, hours, a source)."""

    day: date
    why: Literal["channel", "hours", "source"]
    what: str = ""


class Forecast(Result):
    """The rest of a cycle in futures: chances of the marks, the number and the grade at the end, the weeks.

    Ends of ranges are those of 80 of 100 futures. Without a model `why_none` says why, and the arithmetic stands alone.
    Of what was before `restart` nothing is learnt.
    """

    model: Model
    why_none: WhyNone | None = None
    as_of: date
    weeks: int = 0
    requests: int = 0
    chances: tuple[Chance, ...] = ()
    end_low: float | None = None
    end_middle: float | None = None
    end_high: float | None = None
    grade_low: float | None = None
    grade_middle: float | None = None
    grade_high: float | None = None
    fan: tuple[FanWeek, ...] = ()
    restart: Restart | None = None

    def shown(self, mark: MarkName) -> float | None:
        """The chance to show for a mark; None where there is none."""
        return next((chance.shown for chance in self.chances if chance.mark == mark), None)


class ObjectiveForecast(Result):
    """The grade of an objective in futures that its key results share; `moving` of them have futures.

    `fixed` keep the grade they have now, `left_out` have none. Ends of ranges are those of 80 of 100 futures.
    """

    chances: tuple[Chance, ...] = ()
    grade_low: float | None = None
    grade_middle: float | None = None
    grade_high: float | None = None
    moving: int = 0
    fixed: int = 0
    left_out: int = 0
