"""What the forecast would have said of the past: how far it can be trusted, and how much room it must leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from otklik.goals.day_counts import hits_needed
from otklik.goals.forecast import forecast_share
from otklik.goals.share_goal import Mark, ShareGoal
from otklik.goals.share_paths import LEVEL_FLOOR
from otklik.goals.weeks import Days, cycle_weeks, final_window, totals, weekly_table
from otklik.schemas.forecasts import Forecast, MarkName
from otklik.schemas.goals import DayCount

ASKED_AT: Final = (3, 6, 9, 11)
"""Weeks of the cycle at which the forecast is asked."""
STEPS: Final = (0.0, 0.25, 0.5)
"""How far above the baseline targets are set where none are given, in log-odds."""
ON_PACE: Final = 0.9
"""On track by the ruler of time: this part of the expected way is gone."""


@dataclass(frozen=True)
class Asked:
    """What was said of one target in one week of a past cycle, and what came of it."""

    key_result: str
    week: int
    wanted: float
    chance: float
    """As simulated, before calibration."""
    on_pace: bool
    on_line: bool
    """The straight line through the weeks of the cycle ends at or above the target."""
    happened: bool
    weeks_told: int
    """Weeks to come with requests, and how many of them lay in the bands of 80 and of 95 %."""
    in_80: int
    in_95: int


def backtest_series(
    rows: Sequence[DayCount],
    *,
    name: str = "",
    wanted: Sequence[float] = (),
    first: date | None = None,
    last: date | None = None,
    history_weeks: int = 13,
    weeks: int = 13,
    window_days: int = 28,
    asked_at: Sequence[int] = ASKED_AT,
    floor: float = LEVEL_FLOOR,
) -> list[Asked]:
    """Cut a record into past cycles and ask the forecast in some weeks of each, knowing only what was known then.

    `rows` are the days of one share, all old enough, on record from the `first` to the `last` day (by default those
    with requests); cycles of so many weeks follow each other after the first weeks of history, and every cycle knows
    all that was before it. `wanted` are at most three target shares, rising; without them they are set a little above
    the share of the window before each cycle.
    """
    if not rows:
        return []
    start = (first or min(row.day for row in rows)) + timedelta(days=7 * history_weeks)
    end, asked = last or max(row.day for row in rows), list[Asked]()
    while start + timedelta(days=7 * weeks - 1) <= end:
        cycle = Days(start, start + timedelta(days=7 * weeks - 1))
        asked += _ask_cycle(rows, cycle, wanted, window_days, asked_at, floor, f"{name}:{start}")
        start = cycle.last + timedelta(days=1)
    return asked


def _ask_cycle(
    rows: Sequence[DayCount], cycle: Days, wanted: Sequence[float], window_days: int, asked_at: Sequence[int],
    floor: float, name: str,
) -> list[Asked]:  # fmt: skip
    window = final_window(*cycle, window_days)
    baseline = _share(rows, Days(cycle.first - timedelta(days=window_days), cycle.first - timedelta(days=1)))
    n, k = totals(rows, window)
    if baseline is None or not n:
        return []
    targets = list(wanted)[:3] or [_moved(baseline, step) for step in STEPS]
    found: list[Asked] = []
    for week in asked_at:
        as_of = cycle.first + timedelta(days=7 * week - 1)
        known = [row for row in rows if row.day <= as_of]
        told = forecast_share(_goal(targets, known, cycle, window, as_of, floor))
        bands = _in_bands(told, rows)
        now = _share(known, Days(as_of - timedelta(days=window_days - 1), as_of))
        line = _line_end(known, cycle, window, as_of)
        for target, chance in zip(targets, told.chances, strict=False):
            on_pace = now is not None and now - baseline >= ON_PACE * week * 7 / cycle.length * (target - baseline)
            found.append(
                Asked(
                    f"{name}:{target:.4f}", week, target, chance.raw, on_pace, line is not None and line >= target,
                    k >= hits_needed(n, target), *bands,
                )
            )  # fmt: skip
    return found


def _goal(
    targets: Sequence[float], known: Sequence[DayCount], cycle: Days, window: Days, as_of: date, floor: float
) -> ShareGoal:
    names: tuple[MarkName, ...] = ("commit", "target", "stretch")
    marks = tuple(Mark(name, 1.0, target, known) for name, target in zip(names, targets, strict=False))
    return ShareGoal(marks, cycle, window, as_of, floor=floor)


def _in_bands(told: Forecast, rows: Sequence[DayCount]) -> tuple[int, int, int]:
    weeks, in_80, in_95 = 0, 0, 0
    for week in told.fan:
        share = _share(rows, Days(week.first, week.last))
        if share is None or None in (week.low80, week.high80, week.low95, week.high95):
            continue
        weeks += 1
        in_80 += (week.low80 or 0.0) <= share <= (week.high80 or 0.0)
        in_95 += (week.low95 or 0.0) <= share <= (week.high95 or 0.0)
    return weeks, in_80, in_95


def _line_end(known: Sequence[DayCount], cycle: Days, window: Days, as_of: date) -> float | None:
    """Where the straight line through the weekly shares of the cycle so far lies in the middle of the window."""
    table = [week for week in weekly_table(known, *cycle, until=as_of) if week.number > 0 and week.n]
    if len(table) < 2:
        return None
    slope, level = np.polyfit([week.number for week in table], [week.k / week.n for week in table], 1)
    ends = [number for number, week in enumerate(cycle_weeks(*cycle), start=1) if week.last in window]
    return float(level + slope * sum(ends) / len(ends))


def _share(rows: Sequence[DayCount], days: Days) -> float | None:
    n, k = totals(rows, days)
    return k / n if n else None


def _moved(share: float, step: float) -> float:
    inside = min(0.995, max(0.005, share))
    odds = inside / (1.0 - inside) * float(np.exp(step))
    return odds / (1.0 + odds)
