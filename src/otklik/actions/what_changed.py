"""What changed with a cycle: every bound number before it, at its end, and in the weeks after."""

from datetime import timedelta

from otklik.actions.compare_windows import DAYS, compare_windows
from otklik.actions.measure_goals import EmptyLog, GoalRuler
from otklik.base.errors import UserError
from otklik.schemas.goal_changes import Change, Changed, Changes
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

    one, length = timedelta(days=1), min(DAYS, (cycle.end - cycle.start).days + 1) * timedelta(days=1)
    before = Days(cycle.start - length, cycle.start - one)
    end = Days(cycle.end - length + one, cycle.end)
    after = Days(cycle.end + one, cycle.end + length)
    during = _compared(ruler, row, before, end)
    return Changed(id=row.id, during=during, since=_compared(ruler, row, end, after) if during else None)


def _compared(ruler: GoalRuler, row: KeyResult | Health, first: "object", second: "object") -> Change | None:
    bound = row.source
    assert isinstance(bound, Bound)
    target = row.target if isinstance(row, KeyResult) else (row.high if row.high is not None else row.low)
    try:
        return compare_windows(ruler, bound, first, second, target)  # type: ignore[arg-type]
    except EmptyLog:
        raise
    except UserError:
        return None
