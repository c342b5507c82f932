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
    common_limit,
    day_table,
    design_effect,
    difference_of_quantiles,
    difference_of_shares,
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
    fewer_served: float
    """Share of the others served by the common limit, less our own: above 0 = ours wait longer."""
    enough: bool
    """Whether there are enough on both sides."""

    @property
    def beyond(self) -> str | None:
        """'slower' or 'faster' by the shares served, where a median is out of reach."""
        told = self.difference.value is None and abs(self.fewer_served) >= FLOOR_SHARE
        return _side(self.fewer_served) if told else None


def who_waits(evidence: Evidence, by: Sequence[str] = ()) -> list[Slice]:
    """Who waits longer than the others, by how much, and whether that is more than chance.

    Input     Evidence; `by`: columns asked for; without any, those of `offered`
    Output    schemas.results.Slice for each column with at least two values, biggest values first
    Unit      seconds (elapsed: as the customer waits)
    Open end  running requests are in both curves
    Errors    UnknownColumn for a column asked for that the log does not have
    Source    chance from the shares served within one limit (`difference_of_shares`), Benjamini-Hochberg over all rows
              at 5 %; difference of medians by MOVER; both widened by the design effect of days; a finding needs
              n >= 30 on both sides and a step of 10 % and of 5 minutes (less for short waits), or, where a median is
              not reached, of 10 points of share
    """
    measure = headline_measure(evidence)
    clock, durations = evidence.in_focus(measure)
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
            clock=clock,
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
    some, others = sides.durations.where(sides.mine), sides.durations.where(sides.others)
    if min(some.n, others.n) < MINIMUM_N:
        return _Compared(by, value, some, UNKNOWN, 1.0, None, 0.0, enough=False)
    my_day, their_day = sides.day[sides.mine], sides.day[sides.others]
    ours, theirs = clustered_curve(some, my_day), clustered_curve(others, their_day)
    limit = common_limit(some.until_s, others.until_s, sides.durations.where(sides.mine | sides.others).curve)
    shares = difference_of_shares(_curve_at(limit, others, their_day), _curve_at(limit, some, my_day), limit)
    difference, median = difference_of_quantiles(ours, theirs), theirs.quantile(0.5).value
    return _Compared(by, value, some, difference, shares.p_value, median, shares.difference, enough=True)


def _curve_at(limit_s: float, durations: Durations, day: Ints) -> SurvivalCurve:
    """The headline curve with the design effect of 'served within the limit'."""
    table = day_table(day, (durations.state == DONE) & (durations.time_s <= limit_s))
    return durations.curve_with(design_effect(table.n, table.k))


def _verdict(row: _Compared, alarm: float) -> str:
    """A finding needs both: hardly chance, all questions taken together, and a step that matters."""
    if not row.enough:
        return "too_few"
    value, low, high = row.difference
    if alarm > FALSE_ALARMS:
        return "no_difference"
    if value is None or row.others_median_s is None:
        return row.beyond or "no_difference"
    if abs(value) < smallest_step_s(row.others_median_s) or value * row.fewer_served < 0:
        return "no_difference"
    nearer = low if value > 0 else high
    return "no_difference" if nearer is not None and nearer * value <= 0 else _side(value)


def _side(more: float) -> str:
    return "slower" if more > 0 else "faster"


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
