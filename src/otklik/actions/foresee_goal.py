"""What a key result takes from now on, and its record made ready for a forecast: arithmetic first, then chances."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from otklik.schemas.forecasts import Needed
from otklik.schemas.goal_profiles import Profile
from otklik.schemas.goal_results import CheckIn, NumberSent, Reading
from otklik.schemas.goals import Bound, DayCount, KeyResult

if TYPE_CHECKING:
    from otklik.goals.number_goal import Told as Number
    from otklik.goals.outcome import Prepared
    from otklik.goals.share_goal import ShareGoal
    from otklik.goals.weeks import Days


class Foreseen(NamedTuple):
    """What it takes, and the record as a forecast reads it; each None where nothing can be said."""

    needed: Needed | None = None
    prepared: "Prepared | None" = None


def times_of(key_result: KeyResult) -> list[float]:
    """The times that the days of a percentile are counted against: where it began, and its marks."""
    from otklik.goals.bound_goals import times_wanted

    source = key_result.source
    return list(times_wanted(key_result)) if isinstance(source, Bound) and source.statistic == "quantile" else []


def foresee_measured(
    key_result: KeyResult,
    reading: Reading,
    cycle: "Days",
    *,
    until: date,
    weeks: Sequence[float | None] = (),
    since: date | None = None,
    school: Profile | None = None,
) -> Foreseen:
    """Foresee one that the log measures: `until` is the last day all of whose requests count, `weeks` its numbers.

    From days before `since` no future is learnt: the record was of another kind.
    A backlog has neither arithmetic nor a forecast: it is a level, not a share of requests.
    """
    from otklik.goals.bound_goals import share_goal_of, total_goal_of
    from otklik.goals.profiles import GOOGLE
    from otklik.goals.share_goal import prepare_share
    from otklik.goals.total_goal import prepare_total

    bound, profile = reading.basis.bound, school or GOOGLE
    if bound.which.cohort == "open" or key_result.target is None:
        return Foreseen()
    if bound.statistic == "count":
        rows = counted(reading.days)
        total = total_goal_of(key_result, rows, cycle, until, profile=profile)
        return Foreseen(_needed_total(key_result, rows, total.window, cycle, until), prepare_total(total))
    goal = share_goal_of(key_result, rows_at(reading), cycle, until, since=since, profile=profile)
    return Foreseen(_needed_share(key_result, goal, weeks, profile.target_grade), prepare_share(goal))


def foresee_said(
    key_result: KeyResult,
    said: Sequence[CheckIn | NumberSent],
    cycle: "Days",
    *,
    until: date,
    since: date | None = None,
    school: Profile | None = None,
) -> Foreseen:
    """Foresee one whose numbers people or other programs tell; milestones have steps, not futures.

    What a number sent says of its own variance goes along; numbers before `since` were of something else.
    """
    from otklik.goals.bound_goals import bounds_of, number_goal_of
    from otklik.goals.number_goal import prepare_number
    from otklik.goals.profiles import GOOGLE

    known = [one for one in said if since is None or one.day >= since]
    numbers = [_number(one, one.value, key_result.unit) for one in known if one.value is not None]
    if not numbers or key_result.target is None or key_result.direction == "milestone":
        return Foreseen()
    bounds = bounds_of(key_result, numbers)
    goal = number_goal_of(key_result, numbers, cycle, until, bounds=bounds, since=since, profile=school or GOOGLE)
    return Foreseen(prepared=prepare_number(goal))


def _number(one: CheckIn | NumberSent, value: float, unit: str) -> "Number":
    """A share of n has the variance of one; of other scales only the program that sends a number knows it."""
    from otklik.goals.number_goal import Told

    variance, n = (one.variance, one.n) if isinstance(one, NumberSent) else (None, None)
    if variance is None and n and unit == "share" and 0 <= value <= 1:
        p = (value * n + 0.5) / (n + 1)
        variance = p * (1 - p) / n
    return Told(one.day, value, variance, n)


def rows_at(reading: Reading) -> dict[float, Sequence[DayCount]]:
    """The days against each of the times they were counted against; 0 where there is no time."""
    return {**reading.at, reading.within_s or 0.0: reading.days}


def counted(days: Sequence[DayCount]) -> list[DayCount]:
    """Only what counts, as requests of their own."""
    return [DayCount(day=day.day, n=day.k, k=day.k) for day in days]


def _needed_share(
    key_result: KeyResult, goal: "ShareGoal", weeks: Sequence[float | None], of_weeks: float
) -> Needed | None:
    from otklik.goals.arithmetic import needed_share, needed_weeks
    from otklik.goals.progress import counts_weeks, kept_weeks
    from otklik.goals.weeks import cycle_weeks

    if counts_weeks(key_result):
        kept, known = kept_weeks(key_result, weeks)
        return needed_weeks(kept, known, len(cycle_weeks(*goal.cycle)), of_weeks)
    mark = next((mark for mark in goal.marks if mark.name == "target"), None)
    if mark is None:
        return None
    return needed_share(mark.rows, mark.wanted, goal.window, cycle=goal.cycle, as_of=goal.as_of)


def _needed_total(
    key_result: KeyResult, rows: Sequence[DayCount], window: "Days", cycle: "Days", until: date
) -> Needed | None:
    from otklik.goals.arithmetic import needed_a_week
    from otklik.goals.progress import is_lower_better

    if key_result.target is None or is_lower_better(key_result):
        return None
    return needed_a_week(rows, key_result.target, window, cycle=cycle, as_of=until)
