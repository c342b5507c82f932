"""What is worked out about goals from the log: numbers with intervals, how they came about, tables of days."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from otklik.schemas.goals import Bound, DayCount


class Told(BaseModel):
    """Base of everything told about goals: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ranged(Told):
    """A number and the ends of its 95 % interval; None = not reached, or too little to say.

    `how` the interval came about: whole days drawn again, one for independent requests, a survival curve, none.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    how: Literal["days", "wilson", "order_statistics", "curve", "none"] = "none"


class Basis(Told):
    """How a number came about, all that is needed to come to it again.

    `log` names the state of the log and of its facts, `step` its imports; `ripe_until` is the last instant at which a
    request could come and still be counted, None where nothing has to ripen.
    """

    bound: Bound
    zone: str
    calendar: str | None = None
    first: date
    last: date
    as_of: datetime
    ripe_until: datetime | None = None
    log: str
    step: int


class Reading(Told):
    """One bound number as of an instant: over the days from `first` to `last` of its basis, and every day of the log.

    `days` count against the time of the goal itself (`within_s`, or for a quantile its target); `at` the same against
    other times, where they were asked for.
    """

    number: Ranged
    n: int
    k: int
    days: tuple[DayCount, ...]
    at: dict[float, tuple[DayCount, ...]] = {}
    basis: Basis
