"""What changed from some days to others, from which week on, and where the requests are that miss a goal."""

from datetime import date
from typing import Final, Literal

from otklik.base.text import N_
from otklik.schemas.goal_results import Ranged, Told

By = Literal["channel", "team", "weekday", "hour"]
BYS: Final = {"channel": N_("Channel"), "team": N_("Team"), "weekday": N_("Day of the week"), "hour": N_("Time of day")}
SplitBy = Literal["turn", "hours", "taken"]
SPLITS: Final = {
    "turn": N_("Whose move it was"), "hours": N_("In and out of working hours"),
    "taken": N_("Before and after somebody took it"),
}  # fmt: skip
PartName = Literal["us_open", "us_closed", "us", "customer", "third_party", "open", "closed", "before", "after"]
PARTS: Final = {
    "us_open": N_("Ours, in working hours"), "us_closed": N_("Ours, out of working hours"),
    "us": N_("Ours"), "customer": N_("The customer's"), "third_party": N_("A third party's"),
    "open": N_("In working hours"), "closed": N_("Out of working hours"),
    "before": N_("Before anybody took it"), "after": N_("After somebody took it"),
}  # fmt: skip


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


class Shift(Told):
    """A change point of a weekly series: the first day of its first week, the level before it and after it."""

    week: date
    before: float
    after: float


class Shifts(Told):
    """The change points of a number, week by week, around something that was done.

    `weeks_before` and `weeks_after` are the known weeks wholly before it began and wholly after it was done.
    """

    weeks_before: int
    weeks_after: int
    shifts: tuple[Shift, ...] = ()


class Relation(Told):
    """How a change point lies to something that was done; `days` is counted from the day it was done."""

    kind: Literal["too-short", "before", "during", "after", "none"]
    shift: Shift | None = None
    days: int = 0


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


class Part(Told):
    """One part of a waiting: the seconds of all misses together, and those of all others."""

    part: PartName
    misses_s: float
    others_s: float


class Split(Told):
    """The waiting in parts that add up to it; `misses` and `others` are those whose parts are on record."""

    by: SplitBy
    misses: int
    others: int
    parts: tuple[Part, ...]

    def share(self, part: Part) -> float:
        """Which share of the waiting of the misses it is."""
        return _share(part.misses_s, sum(one.misses_s for one in self.parts))

    def share_of_others(self, part: Part) -> float | None:
        """The same of those that did not miss; None where there is no such waiting."""
        whole = sum(one.others_s for one in self.parts)
        return _share(part.others_s, whole) if whole else None


class Drivers(Told):
    """Where the requests are that miss a goal: the largest groups of each kind, and the steps that held them."""

    first: date
    last: date
    within_s: float | None
    n: int
    misses: int
    groups: tuple[Driver, ...]
    splits: tuple[Split, ...] = ()


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


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
