"""Studies of goals beside the records: what a cycle changed, where the misses lie, whether a means moved its number."""

from datetime import timedelta
from typing import Any

from otklik.actions.compare_windows import around, compare_windows
from otklik.actions.find_drivers import find_drivers
from otklik.actions.find_shifts import find_shifts
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.what_changed import what_changed
from otklik.schemas.goal_changes import Change, Changes, Drivers, Shifts
from otklik.schemas.goals import Bound
from otklik.web.goals.converting import cycle_told, key_result_told
from otklik.web.goals.models import Cycle, KeyResult, Means, Objective
from otklik.web.goals.studying import studied
from otklik.web.moments import today


def changes_of(cycle: Cycle, user: Any) -> Changes | None:
    """What changed with the goals of company and teams that this person may see; None without records."""
    rows = Objective.objects.for_user(user).filter(cycle=cycle).exclude(level="personal")
    told = cycle_told(cycle, rows)
    parts = [(one.id, one.source.model_dump(mode="json")) for goal in told.objectives for one in goal.key_results]
    parts += [(one.id, one.source.model_dump(mode="json")) for goal in told.objectives for one in goal.health]
    return studied(Changes, "changed", [cycle.start, cycle.end, parts], lambda ruler: what_changed(ruler, told))


def drivers_of(row: KeyResult) -> Drivers | None:
    """Where the misses of a key result lie; of a cycle that is over, in its last days."""
    told, cycle = key_result_told(row), row.objective.cycle
    last = min(today(), cycle.end)
    about = [told.source.model_dump(mode="json"), row.target, row.direction, last]
    return studied(Drivers, "drivers and steps", about, lambda ruler: find_drivers(ruler, told, last))


def effect_of(means: Means) -> Change | None:
    """A number before something was begun and after it was done; None while that is too early, or not known."""
    row = number_of(means)
    if row is None or means.done_on is None:
        return None
    begun, done, bound = means.begun_on or means.done_on, means.done_on, row.read_source()
    assert isinstance(bound, Bound)

    def made(ruler: GoalRuler) -> Change | None:
        until = min(today(), ruler.by(bound).last_whole_day(ruler.as_of)) - timedelta(days=_ripening(row))
        windows = around(begun, done, until)
        return compare_windows(ruler.by(bound), bound, *windows, target=row.target) if windows else None

    return studied(Change, "effect", [bound.model_dump(mode="json"), row.target, begun, done, today()], made)


def shifts_of(means: Means) -> Shifts | None:
    """The change points of that number around it; None where it has no week by week to look at."""
    row = number_of(means)
    if row is None or means.done_on is None:
        return None
    begun, done, bound = means.begun_on or means.done_on, means.done_on, row.read_source()
    assert isinstance(bound, Bound)

    def made(ruler: GoalRuler) -> Shifts | None:
        until = min(today(), ruler.by(bound).last_whole_day(ruler.as_of)) - timedelta(days=_ripening(row))
        return find_shifts(ruler, bound, begun, done, until, row.target)

    return studied(Shifts, "shifts", [bound.model_dump(mode="json"), row.target, begun, done, today()], made)


def number_of(means: Means) -> KeyResult | None:
    """The bound number that a means is held against: its own, or the first of its goal."""
    rows = [means.key_result] if means.key_result else list(means.objective.key_results.all())
    return next((row for row in rows if row is not None and row.source.get("how") == "measure"), None)


def _ripening(row: KeyResult) -> int:
    """How many days it takes until everybody who came on a day could have been served in time."""
    seconds = row.target if row.source.get("statistic") == "quantile" else row.source.get("within_s")
    return 1 + int((seconds or 0) // 86_400)
