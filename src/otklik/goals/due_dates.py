"""Milestones have no paths: what can be said of them is how many past due dates were kept."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from otklik.goals.calibration import clipped
from otklik.stats import Estimate, wilson_interval

FEWEST: Final = 5
"""With fewer dates gone by nothing is said."""


class Promise(NamedTuple):
    """A step that was due on a day, and the day it was done; None is not yet."""

    due: date
    done_on: date | None


def due_dates_kept(promises: Sequence[Promise], as_of: date) -> Estimate:
    """Share of the due dates gone by on which the step was done, with its interval; all None without any."""
    past = [one for one in promises if one.due <= as_of]
    kept = sum(one.done_on is not None and one.done_on <= one.due for one in past)
    return wilson_interval(kept, len(past))


def chance_of_milestone(promises: Sequence[Promise], as_of: date) -> float | None:
    """Chance that what is still to be done is done when due, if due dates are kept as before; None of too few dates.

    One chance for all steps of a milestone: they are late together.
    """
    past = sum(one.due <= as_of for one in promises)
    share = due_dates_kept(promises, as_of).value
    if past < FEWEST or share is None:
        return None
    return clipped((share * past + 0.5) / (past + 1.0))
