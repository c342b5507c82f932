"""Measure and grade a whole cycle as of a day: numbers, grades, what it takes, how likely, what looks gamed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from otklik.actions.find_restart import find_restart
from otklik.actions.foresee_goal import foresee_measured, foresee_said, times_of
from otklik.actions.grade_goals import in_time, value_of_each_week
from otklik.actions.grade_health import check_health, problem_of
from otklik.actions.gradings import Grading
from otklik.actions.look_for_gaming import look_for_gaming
from otklik.actions.measure_goals import EmptyLog, measure_goal, number_of_days
from otklik.actions.take_percentile import take_percentile, visible_part
from otklik.actions.take_weeks import take_weeks
from otklik.base.errors import UserError
from otklik.schemas.forecasts import Forecast, Restart
from otklik.schemas.gaming import GamingLook
from otklik.schemas.goal_results import (
    Z95,
    CycleNow,
    KeyResultNow,
    NumberSent,
    ObjectiveNow,
    Ranged,
    Reading,
)
from otklik.schemas.goals import Bound, KeyResult, Objective
from otklik.schemas.grades import KeyResultGrade

if TYPE_CHECKING:
    from otklik.goals.outcome import Prepared

BASELINE_DAYS: Final = 28
"""Over so many days before the cycle a number is measured whose window is the whole cycle."""
LEARNT_DAYS: Final = 364
"""A forecast looks back a year at most."""
HISTORY_DAYS: Final = 91
"""From so many days before the cycle is learnt which change can be seen."""


def grade_cycle(grading: Grading) -> CycleNow:
    """Grade every key result by its number from the log, or else by what people said; objectives by their mean."""
    return CycleNow(
        cycle=grading.cycle,
        on=grading.on,
        as_of=grading.ruler.end_of(grading.on),
        objectives=tuple(grade_one(grading, objective) for objective in grading.cycle.objectives),
    )


def grade_one(grading: Grading, objective: Objective) -> ObjectiveNow:
    """Grade one objective, its key results and what must not break."""
    from otklik.goals.forecast import Part, forecast_objective
    from otklik.goals.grading import grade_objective

    profile = grading.profile
    stands = [stand_of(grading, key_result) for key_result in objective.key_results]
    told = tuple(one for one, _ in stands)
    parts = [Part(one.key_result.weight, prepared, one.grade.value) for one, prepared in stands]
    return ObjectiveNow(
        objective=objective,
        grade=grade_objective([one.key_result for one in told], [one.grade for one in told], profile),
        forecast=forecast_objective(parts, profile),
        key_results=told,
        health=tuple(check_health(grading, one) for one in objective.health),
    )


def stand_of(grading: Grading, key_result: KeyResult) -> "tuple[KeyResultNow, Prepared | None]":
    """How one key result stands, and its record as a forecast needs it.

    A baseline that nobody typed is the number measured before the cycle. One that is bound to what the log cannot tell
    says so, and the others are graded all the same.
    """
    if isinstance(key_result.source, Bound):
        try:
            return _bound(grading.by(key_result.source), key_result, key_result.source)
        except EmptyLog:
            raise
        except UserError as error:
            return _unmeasured(grading, key_result, error), None
    days, said = grading.days_of(key_result), grading.check_ins(key_result)
    sent = tuple(one for one in grading.numbers_sent(key_result) if one.day <= days.last)
    counted = sent or in_time([one for one in said if one.value is not None], key_result.due)
    numbers = [(one.day, one.value) for one in counted if one.value is not None]
    weeks = value_of_each_week(numbers, *grading.days, grading.on)
    number = _newest(sent) if sent else Ranged(value=numbers[-1][1]) if numbers else Ranged()
    until = min(grading.on, days.last)
    restart = grading.restarts.get(key_result.id)
    since = restart.day if restart else None
    _, prepared = foresee_said(
        key_result, counted, days, until=until, since=since, school=grading.profile
    )  # fmt: skip
    told = KeyResultNow(
        key_result=key_result,
        number=number,
        at_start=Ranged(value=key_result.baseline),
        grade=grade_number(grading, key_result, number, weeks),
        weeks=weeks,
        forecast=_forecast(grading, prepared, restart),
        check_ins=said,
        sent=sent,
    )
    return told, prepared


def _forecast(grading: Grading, prepared: "Prepared | None", restart: Restart | None) -> Forecast | None:
    """The forecast, which says from which day it learnt where that is not the first."""
    from otklik.goals.forecast import forecast_key_result

    if prepared is None:
        return None
    found = forecast_key_result(prepared, grading.calibration)
    return found if restart is None else found.model_copy(update={"restart": restart})


def _restart(grading: Grading, bound: Bound, until: date) -> Restart | None:
    """Where the record begins anew, as far back as a forecast looks at all."""
    if bound.statistic == "count" or bound.which.cohort == "open":
        return None
    found = find_restart(grading.ruler, bound, until)
    return found if found is not None and found.day > until - timedelta(days=LEARNT_DAYS) else None


def _newest(sent: Sequence[NumberSent]) -> Ranged:
    """The last number sent, with its interval where its variance is known."""
    last = sent[-1]
    if last.variance is None:
        return Ranged(value=last.value)
    half = Z95 * last.variance**0.5
    return Ranged(value=last.value, low=last.value - half, high=last.value + half)


def _bound(grading: Grading, key_result: KeyResult, bound: Bound) -> "tuple[KeyResultNow, Prepared | None]":
    from otklik.goals.weeks import cycle_weeks, window_so_far

    ruler, days = grading.ruler, grading.days_of(key_result)
    on = min(grading.on, days.last)
    window = window_so_far(*days, bound.window_days, on)
    times = times_of(key_result) if bound.statistic == "quantile" else []
    reading = measure_goal(ruler, bound, first=window.first, last=window.last, target=key_result.target, also=times)
    before = at_start(grading, bound, reading)
    if key_result.baseline is None and before.value is not None:
        key_result = key_result.model_copy(update={"baseline": before.value})
        if bound.statistic == "quantile":
            reading = measure_goal(
                ruler, bound, first=window.first, last=window.last, target=key_result.target, also=times_of(key_result)
            )
    until = min(reading.basis.whole_until, on)
    weeks = take_weeks(ruler, bound, reading, cycle_weeks(*days), until)
    restart = _restart(grading, bound, until)
    needed, prepared = foresee_measured(
        key_result, reading, days, until=until, weeks=weeks, since=restart.day if restart else None,
        school=grading.profile,
    )  # fmt: skip
    told = KeyResultNow(
        key_result=key_result,
        number=reading.number,
        at_start=before,
        grade=grade_number(grading, key_result, reading.number, weeks),
        reading=reading,
        weeks=weeks,
        needed=needed,
        forecast=_forecast(grading, prepared, restart),
        check_ins=grading.check_ins(key_result),
        gaming=_gaming(grading, key_result, reading) if grading.with_gaming else None,
        visible_change=visible_change(grading, key_result, reading, before),
    )
    return told, prepared


def _unmeasured(grading: Grading, key_result: KeyResult, error: UserError) -> KeyResultNow:
    return KeyResultNow(
        key_result=key_result,
        number=Ranged(),
        at_start=Ranged(),
        grade=KeyResultGrade(reason="no-value"),
        check_ins=grading.check_ins(key_result),
        problem=problem_of(error),
    )


def at_start(grading: Grading, bound: Bound, reading: Reading) -> Ranged:
    """The number of the days right before the cycle, as far as it is known today."""
    from otklik.goals.weeks import Days

    before = Days(
        grading.cycle.start - timedelta(days=bound.window_days or BASELINE_DAYS),
        grading.cycle.start - timedelta(days=1),
    )
    if bound.statistic == "quantile":
        last = min(before.last, grading.ruler.day_of(reading.basis.as_of))
        return take_percentile(grading.ruler.shelf, bound, grading.ruler.zone, before.first, last)[0]
    return number_of_days(bound, [day for day in reading.days if day.day in before])[0]


def grade_number(
    grading: Grading, key_result: KeyResult, number: Ranged, weeks: Sequence[float | None]
) -> KeyResultGrade:
    """Grade a number by the school of the cycle; what is kept week by week, by its weeks."""
    from otklik.goals.grading import grade_key_result
    from otklik.stats import Estimate

    estimate = Estimate(number.value, number.low, number.high)
    return grade_key_result(key_result, estimate, weeks=weeks, profile=grading.profile)


def _gaming(grading: Grading, key_result: KeyResult, reading: Reading) -> GamingLook | None:
    from otklik.goals.progress import is_lower_better

    bound = reading.basis.bound
    return look_for_gaming(
        grading.ruler,
        bound,
        start=grading.cycle.start,
        last=min(grading.on, grading.cycle.end),
        within_s=reading.within_s,
        lower_is_better=bound.statistic == "share" and is_lower_better(key_result),
    )


def visible_change(grading: Grading, key_result: KeyResult, reading: Reading, before: Ranged) -> float | None:
    """The smallest difference, in the unit of the goal, that the requests before the cycle can show in its window."""
    from otklik.goals.progress import is_lower_better
    from otklik.goals.visible_change import smallest_visible_share
    from otklik.goals.weeks import turned

    bound = reading.basis.bound
    learnt = [day for day in reading.days if day.day < grading.cycle.start][-HISTORY_DAYS:]
    window = bound.window_days or grading.days.length
    if bound.statistic == "share" and bound.which.cohort != "open":
        return smallest_visible_share(turned(learnt) if is_lower_better(key_result) else learnt, window)
    if bound.statistic == "quantile" and learnt and before.value is not None:
        ruler, last = grading.ruler, grading.cycle.start - timedelta(days=1)
        part = visible_part(ruler.shelf, bound, ruler.zone, learnt[0].day, last, window)
        return None if part is None else part * before.value
    return None
