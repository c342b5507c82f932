"""What must not break, as of a day: outside its band or not, surely or perhaps, and for how many weeks."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from otklik.base.text import N_
from otklik.schemas.goal_results import Ranged
from otklik.web.goals.models import Health, Measured
from otklik.web.words import count, say

State = Literal["unknown", "holds", "near", "perhaps", "outside", "surely"]
_SAID: Final[dict[State, str]] = {
    "unknown": N_("no number yet"),
    "holds": N_("holds"),
    "near": N_("holds, but the interval crosses the limit"),
    "perhaps": N_("perhaps outside: the interval crosses the limit"),
    "outside": N_("outside"),
    "surely": N_("surely outside, with the whole interval"),
}
IN_A_ROW: Final = 2
"""So many weeks outside are told: one may be chance."""


@dataclass(frozen=True)
class HealthStands:
    """One health number as of a day, with its interval where there is one."""

    row: Health
    number: Ranged
    day: date | None
    weeks_broken: int = 0
    """Its last weeks in a row that lay outside, as far as they are known."""
    measured: Measured | None = None
    """What the records said last, where it is bound to them."""

    @property
    def value(self) -> float | None:
        """The number itself."""
        return self.number.value

    @property
    def is_broken(self) -> bool:
        """It lies outside its band."""
        return self.row.is_broken_by(self.value)

    @property
    def state(self) -> State:
        """Where it lies, and how sure that is."""
        if self.value is None:
            return "unknown"
        ends = (self.number.low, self.number.high)
        if not self.is_broken:
            return "near" if any(self.row.is_broken_by(end) for end in ends) else "holds"
        if ends == (None, None):
            return "outside"
        return "surely" if self.row.corridor.is_surely_left_by(self.number) else "perhaps"

    @property
    def said(self) -> str:
        """The same in words."""
        return say(_SAID[self.state])

    @property
    def said_of_weeks(self) -> str:
        """How many weeks in a row lay outside; '' for one or none."""
        if self.weeks_broken < IN_A_ROW:
            return ""
        return count(
            "The last %(n)s week in a row lay outside.", "The last %(n)s weeks in a row lay outside.", self.weeks_broken
        )
