"""What changed from some days to others, and where the requests are that miss a goal."""

from datetime import date
from typing import Final, Literal

from otklik.base.text import N_
from otklik.schemas.goal_results import Ranged, Told

By = Literal["channel", "team", "weekday", "hour"]
BYS: Final = {"channel": N_("Channel"), "team": N_("Team"), "weekday": N_("Day of the week"), "hour": N_("Time of day")}


class Window(Told):
    """A number over some days."""

    first: date
    last: date
    number: Ranged
    n: int


class Change(Told):
    """A number over some days and over as many later ones; `difference` is later less earlier, with its interval."""

    before: Window
    after: Window
    difference: Ranged

    @property
    def direction(self) -> int:
        """1 = it rose, -1 = it fell, 0 = that cannot be told: the interval holds 0, or is open."""
        low, high = self.difference.low, self.difference.high
        if low is not None and low > 0:
            return 1
        return -1 if high is not None and high < 0 else 0


class Changed(Told):
    """One bound number of a cycle: the days before it against its last ones, and those against the weeks after.

    None = these days are not known, or not known whole.
    """

    id: str
    during: Change | None
    since: Change | None = None


class Changes(Told):
    """Every bound number of a cycle, key results and health, by their ids."""

    key_results: tuple[Changed, ...] = ()
    health: tuple[Changed, ...] = ()


class Driver(Told):
    """One value of a column: how many of the misses are there, beside how many of all requests."""

    by: By
    value: str
    misses: int
    n: int


class Drivers(Told):
    """Where the requests are that miss a goal; the largest groups of each kind, largest first."""

    first: date
    last: date
    within_s: float | None
    n: int
    misses: int
    groups: tuple[Driver, ...]


class Win(Told):
    """A week whose share in time beats that of all weeks before it, and the mean of them for real."""

    first: date
    last: date
    share: float
    low: float
    high: float
    mean_before: float
    weeks: int
    """So many weeks were looked at, this one included."""
