"""The corridor in which a number shall stay: whether it left it, for sure or perhaps, and for how many weeks."""

from collections.abc import Sequence
from typing import NamedTuple

from otklik.schemas.goal_results import Ranged


class Corridor(NamedTuple):
    """Both ends are inside; None = open at that end."""

    low: float | None
    high: float | None

    def is_left_by(self, value: float | None) -> bool:
        """Say whether a value lies outside; what is not known does not.

        >>> Corridor(None, 0.05).is_left_by(0.06), Corridor(0.9, None).is_left_by(0.9), Corridor(1, 2).is_left_by(None)
        (True, False, False)
        """
        if value is None:
            return False
        return (self.low is not None and value < self.low) or (self.high is not None and value > self.high)

    def is_surely_left_by(self, number: Ranged) -> bool:
        """Say whether all of an interval lies on one side of it.

        >>> Corridor(0.2, 0.3).is_surely_left_by(Ranged(value=0.25, low=0.1, high=0.4))
        False
        """
        below = self.low is not None and number.high is not None and number.high < self.low
        return below or (self.high is not None and number.low is not None and number.low > self.high)

    def weeks_left(self, weeks: Sequence[float | None]) -> int:
        """How many of the last known weeks lay outside, one after the other.

        >>> Corridor(None, 5).weeks_left([9, 4, 6, 7, None])
        2
        """
        known = list(weeks)
        while known and known[-1] is None:
            known.pop()
        return next((n for n, value in enumerate(reversed(known)) if not self.is_left_by(value)), len(known))
