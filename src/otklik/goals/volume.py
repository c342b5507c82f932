"""How many requests are still to come: by weekday, with a quiet and a busy case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from otklik.goals.weeks import Days
from otklik.schemas.goals import DayCount
from otklik.stats.estimate import Floats

LOOK_BACK_WEEKS: Final = 8
"""Long enough for weekdays to settle, short enough to follow the season."""


@dataclass(frozen=True)
class Volume:
    """Requests to expect on each weekday (Monday first), and the last weeks' totals against that."""

    by_weekday: Floats
    quiet: float
    """The quietest of the last weeks as a part of the usual one."""
    busy: float
    spread: float
    """Standard deviation of a week's total against the usual, beyond what single requests vary by chance."""

    def expected(self, days: Days, seen: Sequence[DayCount] = ()) -> float:
        """Requests to expect over some days, less those of them that are counted already."""
        counted = {row.day: row.n for row in seen}
        every = (days.first + timedelta(days=i) for i in range(days.length))
        return float(sum(max(0.0, self.by_weekday[day.weekday()] - counted.get(day, 0)) for day in every))


def usual_volume(rows: Sequence[DayCount], as_of: date, *, weeks: int = LOOK_BACK_WEEKS) -> Volume | None:
    """Learn the volume from the last weeks up to a day; a day without a row is a day without requests.

    None with less than one week on record.
    """
    known = [row for row in rows if row.day <= as_of]
    if not known:
        return None
    whole = min(weeks, ((as_of - min(row.day for row in known)).days + 1) // 7)
    if not whole:
        return None
    first = as_of - timedelta(days=7 * whole - 1)
    table = np.zeros((whole, 7))
    for row in known:
        if row.day >= first:
            table[divmod((row.day - first).days, 7)] += row.n
    by_weekday = np.roll(table.mean(axis=0), first.weekday())
    usual = float(by_weekday.sum())
    if not usual:
        return None
    against = table.sum(axis=1) / usual
    chance = 1.0 / usual
    spread = float(np.sqrt(max(0.0, against.var(ddof=1) - chance))) if whole > 1 else 0.0
    return Volume(by_weekday, float(against.min()), float(against.max()), spread)
