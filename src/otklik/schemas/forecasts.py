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
