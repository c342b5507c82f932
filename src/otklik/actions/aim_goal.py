"""Set the marks of a key result by the record: far enough to be told from luck, no farther than can be believed."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from otklik.actions.measure_goals import GoalRuler, measure_goal, number_of_days
from otklik.actions.take_percentile import visible_part
from otklik.schemas.goal_results import Basis
from otklik.schemas.goals import Bound, Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from otklik.schemas.goals import DayCount

WINDOW_DAYS: Final = 28
LEARNT_DAYS: Final = 91
BEYOND_LUCK: Final = 1.15
"""A step is so many times the smallest that can be seen, at the least."""
STEP: Final = 0.25
"""A quarter of the way to nothing, or to all, is what a cycle is asked for where the record does not ask for more."""
MOST: Final = 0.6
"""A step that takes more than this of the way is no goal but a dream."""
FEWEST: Final = 60
"""Of fewer requests in a window no goal is proposed."""
_ROUND_S: Final = (
    (120.0, 5.0), (600.0, 30.0), (7_200.0, 60.0), (36_000.0, 900.0), (259_200.0, 3_600.0), (math.inf, 21_600.0),
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """Where a number stands and where it shall go; `visible` is the smallest step that its requests can show."""

    direction: Direction
    baseline: float
    commit: float
    target: float
    stretch: float
    visible: float
    n: int


def aim_goal(ruler: GoalRuler, bound: Bound, direction: Direction, last: date | None = None) -> Aim | None:
    """Aim a share or a percentile from where it stands; None where a step that can be seen would be too far.

    It stands as the window up to the day `last` says, by default up to the last one on record.

    The step is a quarter of the way (of a wait to nothing, of a share to all or to nothing), or as far as the best
    window on record where that is farther, and never less than can be told from luck.
    """
    reading = measure_goal(ruler, bound, last=last)
    start = reading.number.value
    if start is None or reading.n < FEWEST:
        return None
    way = start if direction == "lower" else 1.0 - start
    learnt = [day for day in reading.days if day.day > reading.basis.last - timedelta(days=LEARNT_DAYS)]
    visible = visible_step(ruler, reading.basis, direction, learnt, start)
    if visible is None or way <= 0:
        return None
    side = -1.0 if direction == "lower" else 1.0
    best = _best(bound, reading.days, side)
    reached = 0.0 if best is None else min(MOST * way, side * (best - start))
    step = max(STEP * way, reached, BEYOND_LUCK * visible)
    if step > MOST * way:
        return None
    marks = [_rounded(start + side * step * part, bound, side) for part in (0.5, 1.0, 1.3)]
    if not all(side * (b - a) > 0 for a, b in pairwise([start, *marks])):
        return None
    return Aim(direction, start, marks[0], marks[1], marks[2], visible, reading.n)


def visible_step(
    ruler: GoalRuler, basis: Basis, direction: Direction, days: "Sequence[DayCount]", start: float
) -> float | None:
    """The smallest step that can be told from luck, in the unit of the number, learnt from some days before it."""
    from otklik.goals.visible_change import smallest_visible_share
    from otklik.goals.weeks import turned

    bound, last = basis.bound, basis.last
    window = bound.window_days or WINDOW_DAYS
    if bound.statistic == "share":
        return smallest_visible_share(turned(days) if direction == "lower" else days, window)
    part = visible_part(ruler.shelf, bound, ruler.zone, last - timedelta(days=LEARNT_DAYS), last, window)
    return None if part is None else part * start


def _best(bound: Bound, days: "Sequence[DayCount]", side: float) -> float | None:
    """The best share of any four weeks of the last year: what was reached once can be reached again."""
    if bound.statistic != "share" or not days:
        return None
    last, length = days[-1].day, timedelta(days=WINDOW_DAYS)
    shares = []
    for number in range(1, 13):
        inside = [day for day in days if last - length * (number + 1) < day.day <= last - length * number]
        number_, n, _ = number_of_days(bound, inside)
        if number_.value is not None and n >= FEWEST:
            shares.append(number_.value)
    return max(shares, key=lambda share: side * share, default=None)


def _rounded(value: float, bound: Bound, side: float) -> float:
    """A round number: per cent (halves near the ends), minutes, quarters of an hour, hours; never nearer than asked."""
    if bound.statistic == "share":
        size = 0.01 if 0.1 <= value <= 0.9 else 0.005
    else:
        size = next(size for most, size in _ROUND_S if value < most)
    turned = math.floor if side < 0 else math.ceil
    return round(turned(value / size + side * -1e-9) * size, 4)
