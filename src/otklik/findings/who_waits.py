"""Who waits most: each channel, team, category, priority, segment against all the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from otklik.findings.durations import DONE, RUNNING, Durations
from otklik.findings.evidence import Evidence
from otklik.findings.slicing import column_of, offered
from otklik.findings.speed import headline_measure
from otklik.schemas.events import NONE
from otklik.schemas.results import Slice, SliceRow
from otklik.stats import (
    UNKNOWN,
    Estimate,
    SurvivalCurve,
    benjamini_hochberg,
    day_table,
    design_effect,
    difference_of_quantiles,
    p_value_of,
)
from otklik.stats.estimate import Flags, Ints

MINIMUM_N = 30
SHOWN = 12
FLOOR_SHARE = 0.1
FLOOR_S = 300.0
FALSE_ALARMS = 0.05


@dataclass(frozen=True)
class _Compared:
    by: str
    value: str
    some: Durations
    difference: Estimate
    p_value: float
    others_median_s: float | None
    beyond: str | None
    """'slower' or 'faster' where a median is out of reach on one side and the intervals still part."""


def who_waits(evidence: Evidence, by: Sequence[str] = ()) -> list[Slice]:
    """Who waits longer than the others, by how much, and whether that is more than chance.

    Input     Evidence; `by`: columns asked for; without any, those of `offered`
    Output    schemas.results.Slice for each column with at least two values, biggest values first
    Unit      seconds (elapsed: as the customer waits)
    Open end  running requests are in both curves
    Errors    UnknownColumn for a column asked for that the log does not have
    Source    difference of medians by MOVER, widened by the design effect of days; Benjamini-Hochberg over all rows
              at 5 %; a finding needs n >= 30 on both sides and a step of 10 % and of 5 minutes (less for short waits)
    """
    measure = headline_measure(evidence)
    durations = evidence.durations(measure)
    if not durations.n:
        return []
    names = list(by) or offered(evidence)
    day = evidence.wall.day(evidence.opened_us[durations.rows])
    blocks = [(name, *_compare_all(evidence, name, durations, day)) for name in names]
    rows = [row for _, found, _ in blocks for row in found]
    alarm = benjamini_hochberg([row.p_value for row in rows])
    verdicts = {(row.by, row.value): _verdict(row, float(q)) for row, q in zip(rows, alarm, strict=True)}
    return [
        Slice(
            by=name,
            measure=measure,
            clock="elapsed",
            rows=[_row(row, verdicts[row.by, row.value]) for row in found],
            left_out=left_out,
        )
        for name, found, left_out in blocks
        if len(found) > 1 or (name in by and found)
    ]


def smallest_step_s(level_s: float) -> float:
    """How many seconds a difference must have to matter at this level: 10 %, and 5 minutes or half of it if shorter."""
    return max(FLOOR_SHARE * level_s, min(FLOOR_S, level_s / 2))


def clustered_curve(durations: Durations, day: Ints) -> SurvivalCurve:
    """The headline curve with intervals that respect that the requests of one day share their luck.

    Input     durations; day (n,): local day on which each came
    Output    SurvivalCurve, its intervals wider by the root of the design effect of 'served within the median'
    Unit      seconds
    Open end  as in the headline curve
    Errors    none
    Source    Kish 1965; docs/en/method/statistics.md
    """
    median = durations.curve.quantile(0.5).value
    if median is None:
        return durations.curve
    table = day_table(day, (durations.state == DONE) & (durations.time_s <= median))
    effect = design_effect(table.n, table.k)
    return durations.curve_with(effect) if effect > 1.0 else durations.curve


@dataclass(frozen=True)
class _Sides:
    """The requests of one value, all others that state one, and the local day each came."""

    durations: Durations
    day: Ints
    mine: Flags
    others: Flags


def _compare_all(evidence: Evidence, by: str, durations: Durations, day: Ints) -> tuple[list[_Compared], int]:
    """Compare the biggest values of a column; also how many values are left out."""
    column = column_of(evidence, by)
    code = column.code[durations.rows]
    size = np.bincount(code[code != NONE], minlength=len(column.names))
    values = int((size > 0).sum())
    shown = [i for i in np.argsort(-size, kind="stable")[:SHOWN].tolist() if size[i]]
    stated = code != NONE
    sides = (_Sides(durations, day, code == i, stated & (code != i)) for i in shown)
    found = [_compare(by, column.names[i], both) for i, both in zip(shown, sides, strict=True)]
    return found, values - len(shown)


def _compare(by: str, value: str, sides: _Sides) -> _Compared:
    mine, others, day = sides.mine, sides.others, sides.day
    some = sides.durations.where(mine)
    if min(some.n, int(others.sum())) < MINIMUM_N:
        return _Compared(by, value, some, UNKNOWN, 1.0, None, None)
    ours = clustered_curve(some, day[mine])
    theirs = clustered_curve(sides.durations.where(others), day[others])
    difference = difference_of_quantiles(ours, theirs)
    median = theirs.quantile(0.5).value
    beyond = None
    if difference.value is None:
        beyond = "slower" if _is_behind(ours, theirs) else "faster" if _is_behind(theirs, ours) else None
    return _Compared(by, value, some, difference, p_value_of(difference), median, beyond)


def _is_behind(one: SurvivalCurve, other: SurvivalCurve) -> bool:
    """Whether, when half of the other have been served for sure, fewer than half of the one have for sure."""
    surely = other.quantile(0.5).high
    share = UNKNOWN if surely is None else one.share_within(surely)
    return share.high is not None and share.high < 0.5


def _verdict(row: _Compared, alarm: float) -> str:
    if row.some.n < MINIMUM_N:
        return "too_few"
    if row.beyond:
        return row.beyond
    value, low, high = row.difference
    if value is None or row.others_median_s is None or alarm > FALSE_ALARMS:
        return "no_difference"
    if abs(value) < smallest_step_s(row.others_median_s):
        return "no_difference"
    if value > 0 and low is not None and low > 0:
        return "slower"
    return "faster" if value < 0 and high is not None and high < 0 else "no_difference"


def _row(row: _Compared, verdict: str) -> SliceRow:
    enough = row.some.n >= MINIMUM_N
    median, low, high = row.some.quantile(0.5) if enough else UNKNOWN
    return SliceRow(
        value=row.value,
        n=row.some.n,
        running=row.some.count(RUNNING),
        enough=enough,
        median_s=median,
        median_low_s=low,
        median_high_s=high,
        p90_s=row.some.quantile(0.9).value if enough else None,
        difference_s=row.difference.value,
        difference_low_s=row.difference.low,
        difference_high_s=row.difference.high,
        verdict=verdict,  # type: ignore[arg-type]
    )
