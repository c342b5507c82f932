"""Numbers that must not break while a goal is pursued: whether one is broken, how sure that is, for how long."""

from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import EmptyLog, measure_goal
from otklik.actions.take_weeks import take_weeks
from otklik.base.errors import UserError
from otklik.schemas.corridors import Corridor
from otklik.schemas.goal_results import HealthNow, Ranged, Unmeasured
from otklik.schemas.goals import Bound, Health


def check_health(grading: Grading, health: Health) -> HealthNow:
    """Whether a number that must not break is broken, and for how many weeks in a row it has been."""
    if not isinstance(health.source, Bound):
        said = [one for one in grading.said.get(health.id, ()) if one.day <= grading.on and one.value is not None]
        number = Ranged(value=max(said, key=lambda one: one.day).value) if said else Ranged()
        return HealthNow(health=health, number=number, broken=_is_broken(health, number))
    try:
        return _measured(grading.by(health.source), health, health.source)
    except EmptyLog:
        raise
    except UserError as error:
        return HealthNow(health=health, number=Ranged(), broken=None, problem=problem_of(error))


def _measured(grading: Grading, health: Health, bound: Bound) -> HealthNow:
    from otklik.goals.weeks import cycle_weeks, window_so_far

    on, corridor = min(grading.on, grading.cycle.end), Corridor(health.low, health.high)
    window = window_so_far(*grading.days, bound.window_days, on)
    limit = health.high if health.high is not None else health.low
    reading = measure_goal(grading.ruler, bound, first=window.first, last=window.last, target=limit)
    weeks = take_weeks(grading.ruler, bound, reading, cycle_weeks(*grading.days), min(reading.basis.whole_until, on))
    return HealthNow(
        health=health,
        number=reading.number,
        broken=_is_broken(health, reading.number),
        surely=corridor.is_surely_left_by(reading.number),
        weeks_broken=corridor.weeks_left(weeks),
        n=reading.n,
        basis=reading.basis,
    )


def _is_broken(health: Health, number: Ranged) -> bool | None:
    return None if number.value is None else Corridor(health.low, health.high).is_left_by(number.value)


def problem_of(error: UserError) -> Unmeasured:
    """The words of an error and its facts, to be said at the door."""
    facts = {name: str(fact) for name, fact in error.facts.items()}
    return Unmeasured(code=error.code, message=error.message, hint=error.hint, facts=facts)
