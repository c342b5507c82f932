"""Where a number stands before anybody promises it: measured now, with the smallest step its requests can show."""

from dataclasses import dataclass
from datetime import timedelta

from otklik.actions.aim_goal import LEARNT_DAYS, WINDOW_DAYS, visible_step
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.schemas.goal_results import Basis, Ranged
from otklik.schemas.goals import Bound, Direction


@dataclass(frozen=True)
class Baseline:
    """A number over its last days, of how many requests, and the smallest step that can be told from luck."""

    number: Ranged
    n: int
    basis: Basis
    visible: float | None = None


def take_baseline(ruler: GoalRuler, bound: Bound, direction: Direction = "raise") -> Baseline:
    """Measure a number over its window up to the last day on record; four weeks where the window is the whole cycle.

    It is the number a cycle that began now would start from. Raises what the log cannot tell, EmptyLog, NotMeasuredYet.
    """
    ruler = ruler.by(bound)
    bound = bound.model_copy(update={"window_days": bound.window_days or WINDOW_DAYS})
    reading = measure_goal(ruler, bound)
    visible = None
    if reading.number.value is not None and bound.which.cohort != "open":
        learnt = [day for day in reading.days if day.day > reading.basis.last - timedelta(days=LEARNT_DAYS)]
        visible = visible_step(ruler, reading.basis, direction, learnt, reading.number.value)
    return Baseline(reading.number, reading.n, reading.basis, visible)
