"""Is it changing: week by week, and from when on it is different."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from otklik.base.units import to_us
from otklik.findings.durations import DONE, LADDER_S, RUNNING, Durations
from otklik.findings.evidence import Evidence
from otklik.findings.reasons import change_reasons
from otklik.findings.speed import headline_measure
from otklik.findings.who_waits import smallest_step_s
from otklik.schemas.results import ChangePoint, Clock, Trend, Week
from otklik.schemas.targets import Target
from otklik.stats import Change, ChangeRule, change_points, minimum_n, sample_quantile
from otklik.stats.estimate import Ints

SHORTEST = 8
"""Points old enough, below which nothing is said about change."""
STEPS = (1, 4, 13, 52)
"""Weeks in one point of the curve: the first with ten requests a point on average, if eight points remain."""
ENOUGH = 10


def trend(evidence: Evidence, targets: Sequence[Target] = ()) -> Trend | None:
    """How fast customers were served who came in each week, and whether that changed.

    Input     Evidence; targets: the limit of the first one on the headline measure is what `share` counts against;
              without one, the limit is the step of the ladder that holds the median of those who were served: so no
              unanswered request can move it
    Output    schemas.results.Trend; None where there is nothing to measure
    Unit      seconds (elapsed: as the customer waits); shares 0..1
    Open end  running requests are in the curve of the week they came in; a week younger than the time in which 95 %
              are served is marked young, and no change is called on it
    Errors    none
    Source    change points on the logarithm of weekly medians (docs/en/method/statistics.md); a change needs 10 %,
              and 5 minutes (half the level for waits below ten)
    """
    measure = headline_measure(evidence)
    clock, durations = evidence.in_focus(measure)
    if not durations.n:
        return None
    limit = _limit(durations, measure, clock, targets)
    monday = week_of(evidence, durations)
    step = _weeks_per_point(monday)
    weeks = _weeks(evidence, durations, monday, limit, step)
    changes = _changes(weeks)
    return Trend(
        measure=measure,
        clock=clock,
        share_within_s=limit,
        weeks=weeks,
        changes=[point for _, point in changes],
        verdict=_verdict(weeks, [point for _, point in changes]),
        weeks_per_point=step,
        reasons=change_reasons(evidence, durations, limit, [point.at for _, point in changes]),
    )


def week_of(evidence: Evidence, durations: Durations) -> Ints:
    """Local day number of the Monday of the week in which each came."""
    at_us = evidence.opened_us[durations.rows]
    return evidence.wall.day(at_us) - evidence.wall.weekday(at_us)


def _limit(durations: Durations, measure: str, clock: Clock, targets: Sequence[Target]) -> float:
    for target in targets:
        if target.measure == measure and target.clock == clock:
            return target.within_s
    usual = sample_quantile(durations.time_s[durations.state == DONE], 0.5)
    return next((limit for limit in LADDER_S if usual is not None and usual <= limit), LADDER_S[-1])


def _weeks_per_point(monday: Ints) -> int:
    weeks = (int(monday.max()) - int(monday.min())) // 7 + 1
    telling = [step for step in STEPS if step == 1 or weeks // step >= SHORTEST]
    return next((step for step in telling if monday.size * step >= ENOUGH * weeks), telling[-1])


def _weeks(evidence: Evidence, durations: Durations, monday: Ints, limit: float, step: int) -> list[Week]:
    order = np.argsort(monday, kind="stable")
    ripe = _ripe_s(durations)
    horizon_s = to_us(evidence.as_of) / 1e6 if evidence.as_of else math.inf
    edges = np.arange(monday.min(), monday.max() + 7 * step + 1, 7 * step)
    cuts = np.searchsorted(monday[order], edges)
    weeks = []
    for i, day in enumerate(edges[:-1].tolist()):
        mine = durations.take(order[cuts[i] : cuts[i + 1]])
        end = evidence.wall.start_of_day(day + 7 * step).timestamp()
        weeks.append(_week(evidence, mine, day, limit, horizon_s - end < ripe))
    return weeks


def _week(evidence: Evidence, mine: Durations, day: int, limit: float, young: bool) -> Week:
    median, low, high = mine.quantile(0.5)
    share, share_low, share_high = mine.curve.share_within(limit) if mine.n >= minimum_n(0.5) else (None,) * 3
    return Week(
        start=evidence.wall.start_of_day(day),
        n=mine.n,
        running=mine.count(RUNNING),
        median_s=median,
        median_low_s=low,
        median_high_s=high,
        p90_s=mine.quantile(0.9).value,
        share=share,
        share_low=share_low,
        share_high=share_high,
        young=young,
    )


def _ripe_s(durations: Durations) -> float:
    """After how long nearly everybody is served: p95, or the highest percentile that is reached."""
    found = (durations.curve.quantile(p).value for p in (0.95, 0.9, 0.75, 0.5))
    return next((value for value in found if value is not None), float(durations.curve.last_s))


def _changes(weeks: list[Week]) -> list[tuple[Change, ChangePoint]]:
    told = [week for week in weeks if week.median_s is not None and not week.young]
    levels = [math.log(max(1.0, week.median_s or 0.0)) for week in told]
    found = []
    for change in change_points(levels, ChangeRule()):
        before, after = math.exp(change.before), math.exp(change.after)
        if abs(after - before) >= smallest_step_s(before):
            ratio, low, high = (math.exp(x) for x in (change.step, change.step_low, change.step_high))
            point = ChangePoint(
                at=told[change.at].start,
                before_s=before,
                after_s=after,
                ratio=ratio,
                ratio_low=low,
                ratio_high=high,
            )
            found.append((change, point))
    return found


def _verdict(weeks: list[Week], changes: list[ChangePoint]) -> Literal["faster", "slower", "steady", "too_short"]:
    told = [week for week in weeks if week.median_s is not None and not week.young]
    if len(told) < SHORTEST:
        return "too_short"
    if not changes:
        return "steady"
    return "faster" if changes[-1].ratio < 1.0 else "slower"
