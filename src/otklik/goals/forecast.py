"""How likely goals are reached if things go on as they do: one key result, or all of an objective together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from otklik.goals.calibration import Calibration
from otklik.goals.luck import PATHS, draw_luck, togetherness
from otklik.goals.outcome import Outcome, Prepared, chance_of, range_of, tell
from otklik.goals.profiles import GOOGLE
from otklik.goals.share_goal import ShareGoal, prepare_share
from otklik.schemas.forecasts import Forecast, MarkName, ObjectiveForecast
from otklik.schemas.goal_profiles import Profile
from otklik.stats.estimate import Flags, Floats


@dataclass(frozen=True)
class Part:
    """A key result in its objective: its record, or, where there are no futures, the grade it has now."""

    weight: float
    prepared: Prepared | None = None
    grade: float | None = None


def forecast_key_result(prepared: Prepared, calibration: Calibration | None = None) -> Forecast:
    """The forecast of one key result; seeded: the same record gives the same numbers."""
    if prepared.why_none:
        return tell(prepared, None)
    return tell(prepared, prepared.play(draw_luck(prepared.steps)[0]), calibration)


def forecast_share(goal: ShareGoal, calibration: Calibration | None = None) -> Forecast:
    """The same for a key result on shares."""
    return forecast_key_result(prepare_share(goal), calibration)


def forecast_objective(parts: Sequence[Part], profile: Profile = GOOGLE) -> ObjectiveForecast:
    """The grade of an objective in futures that its key results share.

    Key results that surprised in the same weeks (the same staff, the same outage) are lucky and unlucky together, so
    that the chance is no product of independent guesses. One without futures keeps the grade it has; one without a
    grade either is left out, as in the grade of an objective.
    """
    moving = [part.prepared for part in parts if part.prepared and not part.prepared.why_none]
    outcomes = iter(_play_together(moving))
    grade, whole, fixed = np.zeros(PATHS), 0.0, 0
    for part in parts:
        if part.prepared and not part.prepared.why_none:
            grade = grade + part.weight * next(outcomes).grade
        elif part.grade is not None:
            grade, fixed = grade + part.weight * part.grade, fixed + 1
        else:
            continue
        whole += part.weight
    if not whole:
        return ObjectiveForecast(left_out=len(parts))
    grade = grade / whole
    rungs: tuple[tuple[MarkName, float], ...] = (
        ("commit", profile.commit_grade), ("target", profile.target_grade), ("stretch", profile.stretch_grade),
    )  # fmt: skip
    low, middle, high = range_of(grade)
    return ObjectiveForecast(
        chances=tuple(chance_of(name, least, _at_least(grade, least)) for name, least in rungs) if moving else (),
        grade_low=low,
        grade_middle=middle,
        grade_high=high,
        moving=len(moving),
        fixed=fixed,
        left_out=len(parts) - len(moving) - fixed,
    )


def _play_together(moving: Sequence[Prepared]) -> list[Outcome]:
    if not moving:
        return []
    steps = [one.steps for one in moving]
    lucks = draw_luck(max(steps), togetherness([one.surprise for one in moving], steps))
    return [one.play(luck) for one, luck in zip(moving, lucks, strict=True)]


def _at_least(grade: Floats, least: float) -> Flags:
    return np.asarray(grade >= least - 1e-9, dtype=np.bool_)
