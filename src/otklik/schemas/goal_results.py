"""What is worked out about goals from the log: numbers with intervals, how they came about, tables of days."""

from datetime import date, datetime
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from otklik.schemas.forecasts import Forecast, Needed, ObjectiveForecast
from otklik.schemas.gaming import GamingLook
from otklik.schemas.goals import Bound, Cycle, DayCount, Health, KeyResult, Objective
from otklik.schemas.grades import KeyResultGrade, ObjectiveGrade


class Told(BaseModel):
    """Base of everything told about goals: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Z95: Final = 1.96
"""So many standard errors from a number lie the ends of its 95 % interval."""


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
    request could come and still be counted, None where nothing has to ripen; `whole_until` the last day all of whose
    requests are counted, against every time that was asked for.
    """

    bound: Bound
    zone: str
    calendar: str | None = None
    first: date
    last: date
    as_of: datetime
    ripe_until: datetime | None = None
    whole_until: date
    log: str
    step: int


class Reading(Told):
    """One bound number as of an instant: over the days from `first` to `last` of its basis, and every day of the log.

    `days` count against the time of the goal itself (`within_s`; for a quantile its target); `at` the same against
    other times, where they were asked for.
    """

    number: Ranged
    within_s: float | None = None
    n: int
    k: int
    days: tuple[DayCount, ...]
    at: dict[float, tuple[DayCount, ...]] = {}
    basis: Basis


class CheckIn(Told):
    """What people said of a key result on a day: a number where they type it, how sure they are, what is in the way.

    `probability` is what the log said on that day, where it was written down beside.
    """

    key_result: str
    day: date
    value: float | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    probability: float | None = Field(default=None, ge=0, le=1)
    note: str = ""
    by: str = ""


class NumberSent(Told):
    """A number of a day that another program sent; `variance` is that of the number itself, `n` of how many it speaks.

    Of a mean that is the variance of its answers over how many there are; None where neither is known.
    """

    day: date
    value: float
    variance: float | None = Field(default=None, ge=0)
    n: int | None = Field(default=None, ge=0)


class Unmeasured(Told):
    """Why the log cannot tell a number as it is bound: the words of an error and its facts."""

    code: str
    message: str
    hint: str = ""
    facts: dict[str, str] = {}


class HealthNow(Told):
    """A number that must not break, as of a day: is it outside its band, surely so, and for how many weeks in a row."""

    health: Health
    number: Ranged
    broken: bool | None
    surely: bool = False
    weeks_broken: int = 0
    n: int = 0
    basis: Basis | None = None
    problem: Unmeasured | None = None


class FirstSet(Told):
    """The number of a key result as it was first set, where it is counted otherwise since."""

    bound: Bound
    number: Ranged
    at_start: Ranged
    weeks: tuple[float | None, ...] = ()


class KeyResultNow(Told):
    """One key result as of a day: its number, grade, what it takes, how likely it is, what people and the log say.

    `at_start` is the number measured right before the cycle. `weeks` are its numbers week by week, None = not known.
    `sent` are the numbers of another program, where it is that who tells them.
    """

    key_result: KeyResult
    number: Ranged
    at_start: Ranged
    grade: KeyResultGrade
    reading: Reading | None = None
    weeks: tuple[float | None, ...] = ()
    needed: Needed | None = None
    forecast: Forecast | None = None
    check_ins: tuple[CheckIn, ...] = ()
    sent: tuple[NumberSent, ...] = ()
    gaming: GamingLook | None = None
    visible_change: float | None = None
    problem: Unmeasured | None = None

    @property
    def confidence(self) -> float | None:
        """What people said last."""
        return next((one.confidence for one in reversed(self.check_ins) if one.confidence is not None), None)


class ObjectiveNow(Told):
    """One objective as of a day."""

    objective: Objective
    grade: ObjectiveGrade
    forecast: ObjectiveForecast | None = None
    key_results: tuple[KeyResultNow, ...]
    health: tuple[HealthNow, ...] = ()


class CycleNow(Told):
    """A whole cycle as of a day."""

    cycle: Cycle
    on: date
    as_of: datetime
    objectives: tuple[ObjectiveNow, ...]

    def key_result(self, id_: str) -> KeyResultNow | None:
        """One of its key results by its id."""
        return next((kr for one in self.objectives for kr in one.key_results if kr.key_result.id == id_), None)


class PastCycle(Told):
    """A key result held against days of the past: where they began, how they ended, the grade that would have been."""

    first: date
    last: date
    at_start: Ranged
    number: Ranged
    grade: KeyResultGrade
    reached: bool | None


class Backtest(Told):
    """A key result graded on the cycles before it, the newest first, by the baseline and target it has now.

    `moved` is the largest step towards the target in any of them, from start to end; `wanted` is the step the key
    result asks for. Both in its unit, None where they are not known.
    """

    key_result: KeyResult
    past: tuple[PastCycle, ...]
    moved: float | None = None
    wanted: float | None = None

    @property
    def reached(self) -> int:
        """In how many of them the target was reached."""
        return sum(one.reached is True for one in self.past)
