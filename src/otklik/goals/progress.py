"""How far a key result has come: the way gone, weeks kept, steps done."""

import math
from collections.abc import Sequence

from otklik.schemas.goals import LOWER_IS_BETTER, Bound, KeyResult, Scale, Step


def way_gone(baseline: float, target: float, value: float, scale: Scale = "linear") -> float | None:
    """Share of the way from baseline to target; below 0 is worse than the baseline, above 1 beyond the target.

    Lower may be better: the direction is that of the target. None where there is no way to go, or a logarithm of
    nothing.

    >>> way_gone(60, 20, 30)
    0.75
    >>> round(way_gone(60, 15, 30, "log"), 6)
    0.5
    """
    if scale == "log":
        if min(baseline, target, value) <= 0:
            return None
        baseline, target, value = math.log(baseline), math.log(target), math.log(value)
    if baseline == target:
        return None
    return (value - baseline) / (target - baseline)


def keeps(key_result: KeyResult, value: float) -> bool:
    """Is the number on the good side of the target; the target itself is good."""
    if key_result.target is None:
        return False
    return value <= key_result.target if is_lower_better(key_result) else value >= key_result.target


def kept_weeks(key_result: KeyResult, weeks: Sequence[float | None]) -> tuple[int, int]:
    """How many weeks kept the target, of how many that know a number."""
    known = [value for value in weeks if value is not None]
    return sum(keeps(key_result, value) for value in known), len(known)


def steps_done(steps: Sequence[Step]) -> float | None:
    """Share of the weight of all steps that is done; None without steps.

    >>> steps_done([Step(title="a", weight=3, done=True), Step(title="b")])
    0.75
    """
    whole = sum(step.weight for step in steps)
    return sum(step.weight for step in steps if step.done) / whole if whole else None


def is_lower_better(key_result: KeyResult) -> bool:
    """Does a smaller number please the customer more."""
    return key_result.direction in LOWER_IS_BETTER


def counts_weeks(key_result: KeyResult) -> bool:
    """Is it graded by the weeks that kept the target, not by the number at the end."""
    if key_result.direction in ("keep_above", "keep_below"):
        return True
    source = key_result.source
    return key_result.direction != "milestone" and isinstance(source, Bound) and source.weekly
