"""A period beside the one before: are we faster than we were."""

import numpy as np

from otklik.findings.durations import DONE, LADDER_S, RUNNING, Durations
from otklik.findings.evidence import Evidence
from otklik.findings.speed import headline_measure
from otklik.findings.who_waits import MINIMUM_N, clustered_curve, smallest_step_s
from otklik.schemas.results import Comparison, PeriodFigures
from otklik.stats import UNKNOWN, Estimate, difference_of_quantiles, sample_quantile
from otklik.stats.estimate import Ints


def comparison(now: Evidence, before: Evidence, within_s: float | None = None) -> Comparison | None:
    """Say how much longer or shorter customers wait than in the period before, and whether that is more than chance.

    Input     Evidence of both periods; the limit of a target, else a round time near the usual one is taken
    Output    schemas.results.Comparison; None where the log cannot tell the measure for either
    Unit      seconds by the clock in focus; shares 0..1
    Open end  running requests of either period are in its curve
    Errors    none
    Source    difference of medians by MOVER, widened by the design effect of days; a change needs n >= 30 in both and
              a step of 10 % and of 5 minutes (less for short waits); docs/en/method/statistics.md
    """
    measure = headline_measure(now if now.durations(headline_measure(now)).n else before)
    (clock, ours), (_, theirs) = now.in_focus(measure), before.in_focus(measure)
    if not ours.n and not theirs.n:
        return None
    limit = within_s or _round_limit(ours, theirs)
    enough = min(ours.n, theirs.n) >= MINIMUM_N
    difference = UNKNOWN
    if enough:
        difference = difference_of_quantiles(
            clustered_curve(ours, _days(now, ours)), clustered_curve(theirs, _days(before, theirs))
        )
    return Comparison(
        measure=measure,
        clock=clock,
        within_s=limit,
        now=_figures(ours, limit),
        before=_figures(theirs, limit),
        difference_s=difference.value,
        difference_low_s=difference.low,
        difference_high_s=difference.high,
        verdict=_verdict(difference, theirs) if enough else "too_few",  # type: ignore[arg-type]
    )


def _days(evidence: Evidence, durations: Durations) -> Ints:
    return evidence.wall.day(evidence.opened_us[durations.rows])


def _round_limit(*sides: Durations) -> float:
    usual = sample_quantile(np.concatenate([some.time_s[some.state == DONE] for some in sides]), 0.5)
    return next((limit for limit in LADDER_S if usual is not None and usual <= limit), LADDER_S[-1])


def _figures(some: Durations, limit: float) -> PeriodFigures:
    median, low, high = some.quantile(0.5)
    share, share_low, share_high = some.curve.share_within(limit) if some.n else UNKNOWN
    return PeriodFigures(
        n=some.n,
        running=some.count(RUNNING),
        median_s=median,
        median_low_s=low,
        median_high_s=high,
        p90_s=some.quantile(0.9).value,
        share=share,
        share_low=share_low,
        share_high=share_high,
    )


def _verdict(difference: Estimate, theirs: Durations) -> str:
    value, low, high = difference
    base = theirs.quantile(0.5).value
    if value is None or low is None or high is None or base is None:
        return "no_difference"
    if low <= 0 <= high or abs(value) < smallest_step_s(base):
        return "no_difference"
    return "slower" if value > 0 else "faster"
