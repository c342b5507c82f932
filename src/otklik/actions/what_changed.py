"""What changed with a cycle: every bound number before it, at its end, and in the weeks after."""

from datetime import timedelta

from otklik.actions.compare_windows import DAYS, change_of, window_of
from otklik.actions.measure_goals import EmptyLog, GoalRuler, measure_goal
from otklik.base.errors import UserError
from otklik.schemas.goal_changes import Changed, Changes
from otklik.schemas.goals import Bound, Cycle, Health, KeyResult


def what_changed(ruler: GoalRuler, cycle: Cycle) -> Changes:
    """Compare the days before a cycle with its last ones, and those with the days after; raises EmptyLog.

    Windows are of 28 days, or as long as the cycle where that is shorter. Whether the cycle was the reason nobody can
    tell from numbers alone.
    """
    key_results = [one for goal in cycle.objectives for one in goal.key_results]
    health = [one for goal in cycle.objectives for one in goal.health]
    return Changes(
        key_results=tuple(_changed(ruler, cycle, one) for one in key_results if isinstance(one.source, Bound)),
        health=tuple(_changed(ruler, cycle, one) for one in health if isinstance(one.source, Bound)),
    )


def _changed(ruler: GoalRuler, cycle: Cycle, row: KeyResult | Health) -> Changed:
    from otklik.goals.weeks import Days

    bound, one = row.source, timedelta(days=1)
    assert isinstance(bound, Bound)
    length = min(DAYS, (cycle.end - cycle.start).days + 1) * one
    stretches = (
        Days(cycle.start - length, cycle.start - one),
        Days(cycle.end - length + one, cycle.end),
        Days(cycle.end + one, cycle.end + length),
    )
    target = row.target if isinstance(row, KeyResult) else (row.high if row.high is not None else row.low)
    try:
        reading = measure_goal(ruler, bound, target=target)
        before, end, after = (window_of(ruler, reading, days) for days in stretches)
    except EmptyLog:
        raise
    except UserError:
        return Changed(id=row.id, during=None)
    during = change_of(before, end)
    return Changed(id=row.id, during=during, since=change_of(end, after) if during else None)
