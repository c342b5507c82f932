"""Learn from key results that are over how far the chances said of them can be trusted."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from otklik.schemas.goal_profiles import Profile
from otklik.schemas.goals import KeyResult
from otklik.schemas.track_records import Ended

if TYPE_CHECKING:
    from otklik.goals.calibration import Calibration


def learn_calibration(ended: Iterable[Ended]) -> "Calibration":
    """Learn how chances should have been said; each key result weighs as one, however many weeks spoke of it.

    With nothing to learn from, chances stay as they are simulated.
    """
    from otklik.goals.calibration import Said
    from otklik.goals.calibration import learn_calibration as learn

    return learn(
        [Said(one.key_result, then.raw, one.happened) for one in ended for then in one.said if then.raw is not None]
    )


def was_reached(
    key_result: KeyResult, number: float | None, weeks: Sequence[float | None] = (), *, school: Profile | None = None
) -> bool | None:
    """Whether a target was reached by the number at the end, or in enough of its weeks; None of what nobody knows."""
    from otklik.goals.profiles import GOOGLE
    from otklik.goals.progress import counts_weeks, keeps, kept_weeks

    if key_result.target is None:
        return None
    if counts_weeks(key_result):
        kept, known = kept_weeks(key_result, weeks)
        return kept >= (school or GOOGLE).target_grade * known if known else None
    return None if number is None else keeps(key_result, number)
