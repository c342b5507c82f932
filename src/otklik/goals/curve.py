"""The weeks of a key result for its picture: before the cycle, in it, and where they may go."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from otklik.goals.day_counts import share_of_days
from otklik.goals.progress import counts_weeks, is_lower_better
from otklik.goals.weeks import Days, cycle_weeks, final_window, weeks_before
from otklik.schemas.forecasts import FanWeek, Forecast
from otklik.schemas.goal_curves import CurveMark, CurveWeek, GoalCurve, Quantity
from otklik.schemas.goal_results import Z95, KeyResultNow, NumberSent, Reading
from otklik.schemas.goals import Bound, Cycle, DayCount, KeyResult

MOST_BEFORE: Final = 13
"""Weeks before the cycle that are shown: a quarter."""


def curve_of(now: KeyResultNow, cycle: Cycle, on: date) -> GoalCurve | None:
    """The weeks of a key result as of a day, its marks and its futures; None where there is nothing to draw.

    Whose key result it is, is not in it.
    """
    key_result, reading = now.key_result, now.reading
    days = Days(cycle.start, cycle.end)
    weeks = _told(now, days, on) if reading is None else _measured(reading, days, on)
    if not any(week.value is not None for week in weeks):
        return None
    bound = key_result.source if isinstance(key_result.source, Bound) else None
    quantity: Quantity = bound.statistic if bound else "number"
    known = {week.first for week in weeks}
    turned = _is_turned(key_result, quantity)
    fan = now.forecast.fan if now.forecast else ()
    return GoalCurve(
        key_result=key_result.model_copy(update={"owners": ()}),
        quantity=quantity,
        clock=bound.clock if bound else "elapsed",
        within_s=reading.within_s if reading else None,
        start=cycle.start,
        end=cycle.end,
        on=min(on, cycle.end),
        weeks=weeks,
        marks=_marks(key_result, quantity, days),
        fan=tuple(_turn(week) if turned else week for week in fan if week.first not in known),
        now=_now(now, quantity),
        by_weeks=counts_weeks(key_result),
        **_ends(now.forecast, turned=turned and not counts_weeks(key_result)),
    )


def _measured(reading: Reading, cycle: Days, on: date) -> tuple[CurveWeek, ...]:
    """Whole weeks all of whose requests count."""
    until = min(reading.basis.whole_until, on)
    days = [day for day in reading.days if day.day <= until]
    if not days:
        return ()
    before = weeks_before(cycle.first, days[0].day)[-MOST_BEFORE:]
    inside = [week for week in cycle_weeks(*cycle) if week.last <= until]
    over = [week for week in (*before, *inside) if week.last <= until]
    return tuple(_week(reading.basis.bound, week, [day for day in days if day.day in week]) for week in over)


def _week(bound: Bound, week: Days, days: Sequence[DayCount]) -> CurveWeek:
    is_open = bound.which.cohort == "open"
    days = days[-1:] if is_open else days
    n, k = sum(day.n for day in days), sum(day.k for day in days)
    told = CurveWeek(first=week.first, last=week.last, n=n)
    if bound.statistic == "count":
        return told.model_copy(update={"n": k, "value": float(k)})
    if not n:
        return told
    if is_open:
        return told.model_copy(update={"value": k / n})
    value, low, high = share_of_days(days).number
    return told.model_copy(update={"value": value, "low": low, "high": high})


def _told(now: KeyResultNow, cycle: Days, on: date) -> tuple[CurveWeek, ...]:
    """The last number said in each week, from the first in which one was said; of numbers sent the mean."""
    if now.sent:
        return _sent(now.sent, cycle, on)
    said = [(one.day, one.value) for one in now.check_ins if one.value is not None and one.day <= on]
    if not said:
        return ()
    inside = [week for week in cycle_weeks(*cycle) if week.first <= on]
    weeks = [*weeks_before(cycle.first, said[0][0] - timedelta(days=6))[-MOST_BEFORE:], *inside]
    lasts = [next((value for day, value in reversed(said) if day in week), None) for week in weeks]
    return tuple(
        CurveWeek(first=week.first, last=week.last, value=value) for week, value in zip(weeks, lasts, strict=True)
    )


def _sent(sent: Sequence[NumberSent], cycle: Days, on: date) -> tuple[CurveWeek, ...]:
    """The mean of each week, with its interval where every number of it knows its variance."""
    known = [one for one in sent if one.day <= on]
    if not known:
        return ()
    inside = [week for week in cycle_weeks(*cycle) if week.first <= on]
    weeks = [*weeks_before(cycle.first, known[0].day - timedelta(days=6))[-MOST_BEFORE:], *inside]
    return tuple(_mean(week, [one for one in known if one.day in week]) for week in weeks)


def _mean(week: Days, here: Sequence[NumberSent]) -> CurveWeek:
    told = CurveWeek(first=week.first, last=week.last)
    if not here:
        return told
    value = sum(one.value for one in here) / len(here)
    variances = [one.variance for one in here if one.variance is not None]
    facts: dict[str, float | int | None] = {"value": value}
    if len(variances) == len(here):
        half = Z95 * math.sqrt(sum(variances)) / len(here)
        facts |= {"low": value - half, "high": value + half}
    sizes = [one.n for one in here if one.n is not None]
    if len(sizes) == len(here):
        facts["n"] = sum(sizes)
    return told.model_copy(update=facts)


def _is_turned(key_result: KeyResult, quantity: Quantity) -> bool:
    """Did the forecast count the misses as hits, so that more is better."""
    return quantity == "share" and is_lower_better(key_result)


def _turn(week: FanWeek) -> FanWeek:
    def less(share: float | None) -> float | None:
        return None if share is None else 1.0 - share

    ends = {"low95": week.high95, "low80": week.high80, "middle": week.middle, "high80": week.low80,
            "high95": week.low95}  # fmt: skip
    return week.model_copy(update={name: less(share) for name, share in ends.items()})


def _ends(forecast: Forecast | None, *, turned: bool) -> dict[str, float | None]:
    if forecast is None or forecast.end_middle is None:
        return {}
    ends = (forecast.end_low, forecast.end_middle, forecast.end_high)
    if turned:
        ends = (1.0 - (ends[2] or 0.0), 1.0 - ends[1], 1.0 - (ends[0] or 0.0))
    return dict(zip(("end_low", "end_middle", "end_high"), ends, strict=True))


def _marks(key_result: KeyResult, quantity: Quantity, cycle: Days) -> tuple[CurveMark, ...]:
    """The marks as heights: of a percentile its target alone, of a total what it comes to a week."""
    bound = key_result.source
    if isinstance(bound, Bound) and quantity == "quantile":
        return () if bound.quantile is None else (CurveMark(name="target", value=bound.quantile),)
    told = [
        CurveMark(name="commit", value=key_result.commit) if key_result.commit is not None else None,
        CurveMark(name="target", value=key_result.target) if key_result.target is not None else None,
        CurveMark(name="stretch", value=key_result.stretch) if key_result.stretch is not None else None,
    ]
    by_weeks = counts_weeks(key_result)
    marks = [mark for mark in told if mark and (mark.name == "target" or not by_weeks)]
    if isinstance(bound, Bound) and quantity == "count" and bound.which.cohort != "open" and not by_weeks:
        weeks = final_window(*cycle, bound.window_days).length / 7
        marks = [mark.model_copy(update={"value": mark.value / weeks}) for mark in marks]
    return tuple(marks)


def _now(now: KeyResultNow, quantity: Quantity) -> float | None:
    """The number of today in the unit of the picture."""
    reading = now.reading
    if quantity != "quantile" or reading is None:
        return now.number.value
    inside = [day for day in reading.days if reading.basis.first <= day.day <= reading.basis.last]
    n = sum(day.n for day in inside)
    return sum(day.k for day in inside) / n if n else None
