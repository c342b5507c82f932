"""A ruler where there is no log: what people and programs tell is graded all the same, bound numbers say why not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from otklik.actions.measure_goals import GoalRuler
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import Bound

if TYPE_CHECKING:
    from otklik.actions.cut_log import Shelf


class NothingToMeasureBy(UserError):
    """A goal bound to a log where there is none."""

    code = "goal-without-log"
    message = N_("There is no log to measure this by.")
    hint = N_("Import records first.")


@dataclass(frozen=True)
class NoLog(GoalRuler):
    """Days end when they end, and nothing is known of any request."""

    shelf: "Shelf" = None  # type: ignore[assignment]

    def by(self, bound: Bound) -> "GoalRuler":
        """Raise NothingToMeasureBy."""
        raise NothingToMeasureBy

    @property
    def as_of(self) -> datetime:
        """What is told is known when it is told."""
        return datetime.max.replace(tzinfo=UTC)
