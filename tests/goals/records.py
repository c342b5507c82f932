"""Made-up days for the tests of goals: a cycle of thirteen weeks and as many before."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import numpy as np

from otklik.goals.weeks import Days
from otklik.schemas.goals import DayCount

START = date(2027, 1, 4)
CYCLE = Days(START, START + timedelta(days=90))
LAST_FOUR_WEEKS = Days(CYCLE.last - timedelta(days=27), CYCLE.last)


def end_of_week(week: int) -> date:
    """The last day of a week of the cycle; 0 is the day before it."""
    return START + timedelta(days=7 * week - 1)


def days_of(
    share: Callable[[int], float] | float, weeks: Iterable[int], *, n: int = 20, seed: int | None = None
) -> list[DayCount]:
    """`n` requests a day over some weeks (1 is the first of the cycle), by chance with a seed, evenly without."""
    rng = None if seed is None else np.random.default_rng(seed)
    rows = []
    for week in weeks:
        p = share(week) if callable(share) else share
        for day in range(7):
            k = round(n * p) if rng is None else int(rng.binomial(n, p))
            rows.append(DayCount(day=START + timedelta(days=7 * (week - 1) + day), n=n, k=k))
    return rows
