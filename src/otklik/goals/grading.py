"""Grades 0..1 of key results and objectives, with the interval of the number carried over."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from otklik.goals.profiles import GOOGLE
from otklik.goals.progress import counts_weeks, is_lower_better, kept_weeks, steps_done, way_gone
from otklik.schemas.forecasts import MarkName
from otklik.schemas.goal_profiles import Profile
from otklik.schemas.goals import KeyResult, Scale
from otklik.schemas.grades import Colour, GradePart, KeyResultGrade, ObjectiveGrade, Reason, TwoGrades
from otklik.stats import UNKNOWN, Estimate
from otklik.stats.estimate import Floats

Ladder = tuple[tuple[float, float], ...]
"""(value, grade), grades rising; values all rise or all fall."""
Weeks = Sequence[float | None]


def marks_of(key_result: KeyResult, profile: Profile = GOOGLE) -> list[tuple[MarkName, float, float]]:
    """The marks a key result sets: (name, value, grade). Without a stretch the target is the top and grades 1.0."""
    top = 1.0 if key_result.stretch is None else profile.target_grade
    every: list[tuple[MarkName, float | None, float]] = [
        ("commit", key_result.commit, profile.commit_grade),
        ("target", key_result.target, top),
        ("stretch", key_result.stretch, profile.stretch_grade),
    ]
    return [(name, value, grade) for name, value, grade in every if value is not None]


def ladder(key_result: KeyResult, profile: Profile = GOOGLE) -> Ladder | Reason:
    """The rungs of a key result that moves: baseline 0, commit 0.3, target 0.7, stretch 1.0; or why there are none.

    The log scale keeps the rungs and bends the way between them.
    """
    if key_result.target is None and key_result.stretch is None:
        return "no-target"
    if key_result.baseline is None:
        return "no-baseline"
    rungs = ((key_result.baseline, 0.0), *((value, grade) for _, value, grade in marks_of(key_result, profile)))
    if key_result.scale == "log" and min(v for v, _ in rungs) <= 0:
        return "not-positive"
    better = -1.0 if is_lower_better(key_result) else 1.0
    if not all(better * (b - a) > 0 for (a, _), (b, _) in pairwise(rungs)):
        return "unordered"
    return rungs


def grade_on(rungs: Ladder, value: float, scale: Scale = "linear") -> float:
    """Grade of a number between its rungs: 0 at the baseline or worse, never above the top.

    >>> round(grade_on(((60, 0.0), (40, 0.3), (20, 0.7), (15, 1.0)), 30), 3)
    0.5
    """
    return float(grades_on(rungs, np.array([value]), scale)[0])


def grades_on(rungs: Ladder, values: Floats, scale: Scale = "linear") -> Floats:
    """The same for many numbers at once."""
    places, grades = np.array([v for v, _ in rungs]), np.array([g for _, g in rungs])
    if scale == "log":
        with np.errstate(divide="ignore"):
            values, places = np.log(np.maximum(values, 0.0)), np.log(places)
    side = 1.0 if places[0] < places[-1] else -1.0
    return np.asarray(np.interp(side * values, side * places, grades), dtype=np.float64)


def grade_key_result(
    key_result: KeyResult,
    number: Estimate = UNKNOWN,
    *,
    weeks: Weeks = (),
    profile: Profile = GOOGLE,
) -> KeyResultGrade:
    """The grade of one key result by its number and that number's interval; `reason` says why there is none.

    `weeks` are the numbers of the single weeks of the cycle so far, for what is kept week by week; None is a week
    that knows nothing. Milestones need neither.
    """
    if key_result.direction == "milestone":
        done = steps_done(key_result.steps)
        return _graded(done, None, None, done, profile) if done is not None else KeyResultGrade(reason="no-steps")
    if counts_weeks(key_result):
        return _by_weeks(key_result, weeks, profile)
    rungs = ladder(key_result, profile)
    if isinstance(rungs, str):
        return KeyResultGrade(reason=rungs)
    if number.value is None:
        return KeyResultGrade(reason="no-value")
    value = grade_on(rungs, number.value, key_result.scale)
    ends = [None if v is None else grade_on(rungs, v, key_result.scale) for v in (number.low, number.high)]
    low, high = reversed(ends) if is_lower_better(key_result) else ends
    gone = way_gone(rungs[0][0], _goal(key_result), number.value, key_result.scale)
    return _graded(value, low, high, gone, profile)


def grade_objective(
    key_results: Sequence[KeyResult], grades: Sequence[KeyResultGrade], profile: Profile = GOOGLE
) -> ObjectiveGrade:
    """Weighted mean of the grades there are; what has no grade is left out and shown, not read as 0."""
    weights = [kr.weight for kr in key_results]
    has = [grade.value is not None for grade in grades]
    whole = sum(w for w, known in zip(weights, has, strict=True) if known)
    parts = tuple(
        GradePart(key_result=kr.id, weight=kr.weight, share=kr.weight / whole if known else 0.0, grade=grade.value)
        for kr, grade, known in zip(key_results, grades, has, strict=True)
    )
    if not whole:
        return ObjectiveGrade(parts=parts)
    pairs = [(part.share, grade) for part, grade in zip(parts, grades, strict=True) if grade.value is not None]
    value = min(1.0, sum(share * (grade.value or 0.0) for share, grade in pairs))
    ends = _mean_ends(pairs)
    return ObjectiveGrade(
        value=value, low=ends[0], high=ends[1], colour=colour(value, profile), graded=whole / sum(weights), parts=parts
    )


def grade_both(
    first_set: KeyResult,
    now: KeyResult,
    number: Estimate = UNKNOWN,
    *,
    weeks: Weeks = (),
    profile: Profile = GOOGLE,
) -> TwoGrades:
    """Both grades of a key result whose target was changed on the way: a change cannot hide the first.

    What is done of a milestone is done by either version; a step that was dropped meanwhile is not.
    """
    first_set = _done_since(first_set, now)
    return TwoGrades(
        as_set=grade_key_result(first_set, number, weeks=weeks, profile=profile),
        as_changed=grade_key_result(now, number, weeks=weeks, profile=profile),
        changed=aims(first_set) != aims(now),
    )


def aims(key_result: KeyResult) -> dict[str, object]:
    """What a grade depends on besides the number: a change of any of it is a change of the goal.

    The weight is not among it: it moves the grade of the objective, not that of the key result.
    """
    names = {"direction", "baseline", "target", "commit", "stretch", "scale", "unit", "due", "source"}
    steps = [(step.title, step.weight, step.due) for step in key_result.steps]
    return key_result.model_dump(include=names) | {"steps": steps}


def _done_since(first_set: KeyResult, now: KeyResult) -> KeyResult:
    done = {step.title for step in now.steps if step.done}
    steps = tuple(step.model_copy(update={"done": step.title in done}) for step in first_set.steps)
    return first_set.model_copy(update={"steps": steps})


def colour(grade: float, profile: Profile = GOOGLE) -> Colour:
    """Red, yellow or green; the cuts leave no grade without a colour.

    >>> colour(0.37), colour(0.67)
    ('yellow', 'green')
    """
    if grade < profile.yellow_from:
        return "red"
    return "yellow" if grade < profile.green_from else "green"


def _goal(key_result: KeyResult) -> float:
    goal = key_result.target if key_result.target is not None else key_result.stretch
    return goal if goal is not None else math.nan


def _by_weeks(key_result: KeyResult, weeks: Weeks, profile: Profile) -> KeyResultGrade:
    if key_result.target is None:
        return KeyResultGrade(reason="no-target")
    kept, counted = kept_weeks(key_result, weeks)
    if not counted:
        return KeyResultGrade(reason="no-weeks", kept=0, counted=0)
    share = kept / counted
    return _graded(share, None, None, share, profile).model_copy(update={"kept": kept, "counted": counted})


def _graded(
    value: float | None, low: float | None, high: float | None, gone: float | None, profile: Profile
) -> KeyResultGrade:
    shade = None if value is None else colour(value, profile)
    return KeyResultGrade(value=value, low=low, high=high, progress=gone, colour=shade)


def _mean_ends(pairs: Sequence[tuple[float, KeyResultGrade]]) -> tuple[float | None, float | None]:
    """Means of the ends; a grade without an interval is taken as sure; None where none has one."""
    if not any(grade.low is not None or grade.high is not None for _, grade in pairs):
        return None, None
    lows = [share * (grade.value or 0.0 if grade.low is None else grade.low) for share, grade in pairs]
    highs = [share * (grade.value or 0.0 if grade.high is None else grade.high) for share, grade in pairs]
    return min(1.0, sum(lows)), min(1.0, sum(highs))
