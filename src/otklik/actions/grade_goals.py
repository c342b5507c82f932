"""Grade goals by their numbers: nothing is typed in but what nobody can measure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol, TypeVar

from otklik.schemas.goal_profiles import Profile
from otklik.schemas.goal_results import Ranged
from otklik.schemas.goals import KeyResult
from otklik.schemas.grades import Colour, KeyResultGrade, ObjectiveGrade, TwoGrades


@dataclass(frozen=True)
class Known:
    """What is known of one key result: its number, and the number of each week of the cycle so far."""

    number: Ranged = field(default_factory=Ranged)
    weeks: tuple[float | None, ...] = ()


NOTHING: Final = Known()


def grade_goal(key_result: KeyResult, known: Known = NOTHING, school: Profile | None = None) -> KeyResultGrade:
    """Grade one key result; where that cannot be, the grade says why."""
    from otklik.goals.grading import grade_key_result
    from otklik.goals.profiles import GOOGLE
    from otklik.stats import Estimate

    number = Estimate(known.number.value, known.number.low, known.number.high)
    return grade_key_result(key_result, number, weeks=known.weeks, profile=school or GOOGLE)


def grade_twice(
    first_set: KeyResult, now: KeyResult, known: Known = NOTHING, school: Profile | None = None
) -> TwoGrades:  # fmt: skip
    """Grade a key result that was changed on the way, as it was first set and as it is now."""
    from otklik.goals.grading import grade_both
    from otklik.goals.profiles import GOOGLE
    from otklik.stats import Estimate

    number = Estimate(known.number.value, known.number.low, known.number.high)
    return grade_both(first_set, now, number, weeks=known.weeks, profile=school or GOOGLE)


def colour_of(grade: float, school: Profile | None = None) -> Colour:
    """The colour of a grade that people came to."""
    from otklik.goals.grading import colour
    from otklik.goals.profiles import GOOGLE

    return colour(grade, school or GOOGLE)


def grade_objective(
    key_results: Sequence[KeyResult], grades: Sequence[KeyResultGrade], school: Profile | None = None
) -> ObjectiveGrade:
    """Grade an objective: the weighted mean of those of its key results that have a grade."""
    from otklik.goals.grading import grade_objective as mean_of
    from otklik.goals.profiles import GOOGLE

    return mean_of(key_results, grades, school or GOOGLE)


def first_days_of_weeks(start: date, end: date) -> list[date]:
    """The first day of each week that a cycle is graded by."""
    from otklik.goals.weeks import cycle_weeks

    return [week.first for week in cycle_weeks(start, end)]


class Dated(Protocol):
    """Something of a day."""

    @property
    def day(self) -> date:
        """Of which day it is."""


T = TypeVar("T", bound=Dated)


def in_time(said: Sequence[T], due: date | None) -> list[T]:
    """What counts of numbers, oldest first, of a key result that is due on a day.

    Those said by then; where nobody had said any, the first that was said after.
    """
    if due is None:
        return list(said)
    return [one for one in said if one.day <= due] or list(said[:1])


def value_of_each_week(
    values: Sequence[tuple[date, float]], start: date, end: date, until: date
) -> tuple[float | None, ...]:
    """The last value said in each week of a cycle up to a day; None for a week in which nothing was said."""
    from otklik.goals.weeks import cycle_weeks

    weeks = [week for week in cycle_weeks(start, end) if week.first <= until]
    said = sorted(values)
    return tuple(next((value for day, value in reversed(said) if day in week), None) for week in weeks)
