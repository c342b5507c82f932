"""From a key result as people write it to the goal that the forecast reads."""

import math
from collections.abc import Mapping, Sequence
from datetime import date

from otklik.goals.grading import Ladder, ladder, marks_of
from otklik.goals.number_goal import NumberGoal, Told
from otklik.goals.profiles import GOOGLE
from otklik.goals.progress import counts_weeks, is_lower_better
from otklik.goals.share_goal import Mark, ShareGoal
from otklik.goals.total_goal import TotalGoal
from otklik.goals.weeks import Days, final_window, turned
from otklik.schemas.forecasts import MarkName
from otklik.schemas.goal_profiles import Profile
from otklik.schemas.goals import Bound, DayCount, KeyResult


def times_wanted(key_result: KeyResult) -> tuple[float, ...]:
    """The times whose tables of days the forecast needs: that of the share, or each mark of a percentile, baseline too.

    >>> times_wanted(KeyResult(title="a", direction="lower", baseline=3600, target=1200,
    ...                        source=Bound(measure="first_reply", statistic="quantile", quantile=0.9)))
    (3600.0, 1200.0)
    """
    source = key_result.source
    if not isinstance(source, Bound) or source.statistic == "count":
        return ()
    if source.statistic == "share":
        return () if source.within_s is None else (source.within_s,)
    if counts_weeks(key_result):
        return () if key_result.target is None else (key_result.target,)
    marks = [key_result.baseline, *(value for _, value, _ in marks_of(key_result))]
    return tuple(dict.fromkeys(value for value in marks if value is not None))


def share_goal_of(
    key_result: KeyResult,
    rows_at: Mapping[float, Sequence[DayCount]],
    cycle: Days,
    as_of: date,
    *,
    since: date | None = None,
    profile: Profile = GOOGLE,
) -> ShareGoal:
    """A share or a percentile of waits; `rows_at` holds the days against each of `times_wanted`.

    What the key result does not fix, or a time without its days, leaves no marks, which forecasts as "no-target".
    """
    source = key_result.source
    if not isinstance(source, Bound):
        return ShareGoal((), cycle, cycle, as_of)
    window = final_window(*cycle, None if counts_weeks(key_result) else source.window_days)
    marks = _share_marks(key_result, source, rows_at, profile)
    if not counts_weeks(key_result):
        return ShareGoal(marks, cycle, window, as_of, since)
    grades: dict[MarkName, float] = {
        "commit": profile.commit_grade,
        "target": profile.target_grade,
        "stretch": profile.stretch_grade,
    }
    return ShareGoal(marks, cycle, window, as_of, since, week_grades=grades)


def total_goal_of(
    key_result: KeyResult, rows: Sequence[DayCount], cycle: Days, as_of: date, *, profile: Profile = GOOGLE
) -> TotalGoal:
    """A count of requests up to a total, or staying under one."""
    source = key_result.source
    window = final_window(*cycle, source.window_days if isinstance(source, Bound) else None)
    lower, marks = is_lower_better(key_result), tuple(marks_of(key_result, profile))
    return TotalGoal(rows, rungs_of(key_result, profile), marks, cycle, window, as_of, lower, key_result.scale)


def number_goal_of(
    key_result: KeyResult,
    numbers: Sequence[Told],
    cycle: Days,
    as_of: date,
    *,
    bounds: tuple[float, float] = (-math.inf, math.inf),
    since: date | None = None,
    profile: Profile = GOOGLE,
) -> NumberGoal:
    """Numbers that people or other programs tell: the last one counts, or the weeks that keep the target."""
    keep = key_result.target if counts_weeks(key_result) else None
    marks = tuple(marks_of(key_result, profile))
    if keep is not None:
        marks = (
            ("commit", keep, profile.commit_grade), ("target", keep, profile.target_grade),
            ("stretch", keep, profile.stretch_grade),
        )  # fmt: skip
    return NumberGoal(
        numbers, rungs_of(key_result, profile), marks, cycle, None, as_of,
        lower_is_better=is_lower_better(key_result), scale=key_result.scale, least=bounds[0], most=bounds[1], keep=keep,
        since=since,
    )  # fmt: skip


_SCALES: dict[str, tuple[float, float]] = {
    "share": (0.0, 1.0), "s": (0.0, math.inf), "count": (0.0, math.inf), "nps": (-100.0, 100.0),
}  # fmt: skip


def bounds_of(key_result: KeyResult, numbers: Sequence[Told]) -> tuple[float, float]:
    """The ends of the scale a number is on, as far as its unit tells; of another scale the number has no ends.

    >>> bounds_of(KeyResult(title="Would they recommend us", unit="NPS"), [])
    (-100.0, 100.0)
    """
    low, high = _SCALES.get(key_result.unit.strip().casefold(), (-math.inf, math.inf))
    fits = all(low <= one.value <= high for one in numbers)
    return (low, high) if fits else (-math.inf, math.inf)


def rungs_of(key_result: KeyResult, profile: Profile = GOOGLE) -> Ladder:
    """The ladder; where the baseline is not known, its first mark is a step up from 0."""
    rungs = ladder(key_result, profile)
    if not isinstance(rungs, str):
        return rungs
    marks = [(value, grade) for _, value, grade in marks_of(key_result, profile)]
    if not marks:
        return ((0.0, 0.0),)
    worse = math.inf if is_lower_better(key_result) else -math.inf
    return ((math.nextafter(marks[0][0], worse), 0.0), *marks)


def _share_marks(
    key_result: KeyResult, source: Bound, rows_at: Mapping[float, Sequence[DayCount]], profile: Profile
) -> tuple[Mark, ...]:
    lower = is_lower_better(key_result)
    marks = [(None, key_result.baseline, 0.0), *marks_of(key_result, profile)]
    told = [(name, value, grade) for name, value, grade in marks if value is not None]
    if counts_weeks(key_result):
        told = [mark for mark in told if mark[0] == "target"]
    if source.statistic == "quantile":
        known = [mark for mark in told if mark[1] in rows_at]
        if source.quantile is None or not lower or any(mark[0] for mark in told if mark not in known):
            return ()
        return tuple(Mark(name, grade, source.quantile, rows_at[value]) for name, value, grade in known)
    rows = rows_at.get(source.within_s or 0.0)
    if source.statistic != "share" or rows is None:
        return ()
    rows = turned(rows) if lower else rows
    return tuple(Mark(name, grade, 1.0 - value if lower else value, rows) for name, value, grade in told)
