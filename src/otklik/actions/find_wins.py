"""Find a win of the week: the last whole week is the best so far, and its interval leaves out the mean before it."""

from datetime import date, timedelta
from typing import Final

from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.schemas.goal_changes import Win
from otklik.schemas.goals import LOWER_IS_BETTER, Bound, KeyResult

WEEKS: Final = 13
"""A quarter of weeks is looked at."""
FEWEST: Final = 5
"""The best of fewer weeks is no news."""


def find_win(ruler: GoalRuler, key_result: KeyResult, last: date) -> Win | None:
    """The last week that is whole up to a day, where it is a win; None of what is no share in time, or no win.

    A percentile is looked at as the share within its target. Raises EmptyLog, and what `measure_goal` does.
    """
    from otklik.goals.day_counts import share_of_days
    from otklik.goals.weeks import Days, totals, turned

    bound = key_result.source
    if not isinstance(bound, Bound) or bound.statistic == "count" or bound.which.cohort == "open":
        return None
    if bound.statistic == "quantile" and key_result.target is None:
        return None
    reading = measure_goal(ruler, bound, target=key_result.target)
    hits_are_misses = bound.statistic == "share" and key_result.direction in LOWER_IS_BETTER
    rows = turned(reading.days) if hits_are_misses else list(reading.days)
    until = min(last, reading.basis.whole_until)
    until -= timedelta(days=(until.weekday() + 1) % 7)  # the last Sunday
    weeks = [Days(until - timedelta(days=7 * n + 6), until - timedelta(days=7 * n)) for n in range(WEEKS)]
    known = [week for week in weeks if rows and week.first >= rows[0].day and totals(rows, week)[0]]
    if len(known) < FEWEST or known[0] != weeks[0]:
        return None
    now, before = share_of_days(rows, known[0]).number, [totals(rows, week) for week in known[1:]]
    mean = sum(k for _, k in before) / sum(n for n, _ in before)
    if now.value is None or now.low is None or now.high is None:
        return None
    if now.value <= max(k / n for n, k in before) or now.low <= mean:
        return None
    return Win(first=known[0].first, last=known[0].last, share=now.value, low=now.low, high=now.high, mean_before=mean,
               weeks=len(known))  # fmt: skip
