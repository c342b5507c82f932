"""What one grading is of: the ruler, the cycle, the day, what people said and what was learnt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from otklik.actions.measure_goals import GoalRuler
from otklik.schemas.forecasts import Restart
from otklik.schemas.goal_results import CheckIn, NumberSent
from otklik.schemas.goals import Bound, Cycle, KeyResult

if TYPE_CHECKING:
    from otklik.goals.calibration import Calibration
    from otklik.goals.weeks import Days
    from otklik.schemas.goal_profiles import Profile


@dataclass(frozen=True)
class Grading:
    """One grading: by which ruler, of which cycle, as of which day, with what people said and what was learnt."""

    ruler: GoalRuler
    cycle: Cycle
    on: date
    said: Mapping[str, Sequence[CheckIn]] = field(default_factory=dict)
    sent: Mapping[str, Sequence[NumberSent]] = field(default_factory=dict)
    restarts: Mapping[str, Restart] = field(default_factory=dict)
    """From when on told numbers are of what they are of now, where that changed."""
    calibration: "Calibration | None" = None
    with_gaming: bool = True

    @property
    def profile(self) -> "Profile":
        """The school that the cycle follows."""
        from otklik.goals.profiles import profile_of

        return profile_of(self.cycle)

    def by(self, bound: Bound) -> "Grading":
        """The same grading by the working hours that a number names for itself, where it does."""
        ruler = self.ruler.by(bound)
        return self if ruler is self.ruler else replace(self, ruler=ruler)

    @cached_property
    def days(self) -> "Days":
        """The days of the cycle."""
        from otklik.goals.weeks import Days

        return Days(self.cycle.start, self.cycle.end)

    def days_of(self, key_result: KeyResult) -> "Days":
        """From the first day of the cycle to the one on which a key result is due."""
        end = self.cycle.end
        return self.days._replace(last=min(key_result.due or end, end))

    def check_ins(self, key_result: KeyResult) -> tuple[CheckIn, ...]:
        """What was said of a key result up to the day, oldest first."""
        return tuple(sorted((one for one in self.said.get(key_result.id, ()) if one.day <= self.on), key=_day))

    def numbers_sent(self, key_result: KeyResult) -> tuple[NumberSent, ...]:
        """What another program sent of a key result up to the day, oldest first."""
        return tuple(sorted((one for one in self.sent.get(key_result.id, ()) if one.day <= self.on), key=_day))


def _day(one: CheckIn | NumberSent) -> date:
    return one.day
