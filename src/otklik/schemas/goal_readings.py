"""One goal read in several ways over the same days: what a vague wording would have let people believe."""

from datetime import date
from typing import Final, Literal

from otklik.base.text import N_
from otklik.schemas.goal_results import Told

Kind = Literal["as_set", "mean", "median", "ended_only", "everybody", "other_clock", "mean_other_clock"]

READINGS: Final[dict[str, str]] = {
    "as_set": N_("As it is written"),
    "mean": N_("The mean, of those that got an answer"),
    "median": N_("The middle one, of those that got an answer"),
    "ended_only": N_("Only those that got an answer; who still waits is left out"),
    "everybody": N_("Everybody who came; who still waits has not been served in time"),
    "other_clock": N_("By the other clock"),
    "mean_other_clock": N_("The mean of those that got an answer, by the other clock"),
}


class OneReading(Told):
    """A goal read in one way: its number (a wait in seconds, or a share), of how many, and what it would say.

    `number` is None where so many still wait that it is longer than anything on record.
    """

    kind: Kind
    unit: Literal["s", "share"]
    clock: Literal["elapsed", "business"]
    number: float | None
    n: int
    reached: bool


class SeveralReadings(Told):
    """A goal read in several ways over the same days; the first is the goal as it is written.

    Each asks whether `share` of them are within `within_s`, or whether their mean or middle is.
    """

    first: date
    last: date
    within_s: float
    share: float
    readings: tuple[OneReading, ...]

    @property
    def flips(self) -> int:
        """How many of the other readings say the opposite."""
        return sum(one.reached != self.readings[0].reached for one in self.readings[1:])
