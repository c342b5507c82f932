"""Graded goals as a table, one row a key result; and whether anything in them must be answered for now.

Nobody's name stands in it: a grade is no rating of a person.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from otklik.base.errors import UserError
from otklik.base.text import N_, Words
from otklik.schemas.goal_results import CycleNow, KeyResultNow

HEADINGS: Final = {
    "objective": N_("Objective"),
    "key_result": N_("Key result"),
    "unit": N_("Unit"),
    "baseline": N_("Baseline"),
    "target": N_("Target value"),
    "value": N_("Value"),
    "value_low": N_("Value, from"),
    "value_high": N_("Value, to"),
    "n": N_("Requests counted"),
    "grade": N_("Grade"),
    "grade_low": N_("Grade, from"),
    "grade_high": N_("Grade, to"),
    "verdict": N_("Verdict"),
    "needed": N_("Needed from now on"),
    "chance": N_("Chance of the target"),
    "confidence": N_("Confidence"),
    "looked": N_("Signs of gaming"),
}
_TEXTS: Final = frozenset({"objective", "key_result", "unit", "verdict", "looked"})


class UnknownGradesFormat(UserError):
    """A kind of file that grades cannot be written as: facts `file`."""

    code = "unknown-grades-format"
    message = N_("%(file)s: grades are written as csv or xlsx.")
    hint = N_("Give the file one of these endings, or take --json.")


def write_grades(now: CycleNow, path: Path, *, language: str = "en") -> None:
    """Write the table as CSV or XLSX by the ending; no text in it can become a formula."""
    import pyarrow as pa

    from otklik.actions.hand_out_table import FORMATS, hand_out_table

    format = path.suffix.lower().lstrip(".")
    if format not in FORMATS:
        raise UnknownGradesFormat(file=str(path))
    words, rows = Words(language), list(rows_of_goals(now))
    arrays = [
        pa.array([row[name] for row in rows], pa.string() if name in _TEXTS else pa.float64()) for name in HEADINGS
    ]
    table = pa.table(arrays, names=[words.say(heading) for heading in HEADINGS.values()])
    hand_out_table(table, path, format)


def rows_of_goals(now: CycleNow) -> Iterator[dict[str, Any]]:
    """One row a key result: numbers as numbers, codes as they are in the data."""
    for objective in now.objectives:
        for one in objective.key_results:
            yield {"objective": objective.objective.title, **_row(one)}


def _row(one: KeyResultNow) -> dict[str, Any]:
    key_result = one.key_result
    return {
        "key_result": key_result.title,
        "unit": key_result.unit,
        "baseline": key_result.baseline,
        "target": key_result.target,
        "value": one.number.value,
        "value_low": one.number.low,
        "value_high": one.number.high,
        "n": one.reading.n if one.reading else None,
        "grade": one.grade.value,
        "grade_low": one.grade.low,
        "grade_high": one.grade.high,
        "verdict": one.needed.verdict if one.needed else None,
        "needed": one.needed.needed if one.needed else None,
        "chance": one.forecast.shown("target") if one.forecast else None,
        "confidence": one.confidence,
        "looked": ", ".join(c.kind for c in one.gaming.checks if c.suspicious) if one.gaming else None,
    }


UNLIKELY: Final = 0.5
"""A committed key result with less of a chance than this is likely missed."""


def is_likely_lost(now: CycleNow) -> bool:
    """Whether a committed key result is lost or missed, or likely to be if things go on as they do.

    Where no forecast can be made, only the arithmetic speaks.
    """
    for objective in now.objectives:
        for one in objective.key_results:
            chance = one.forecast.shown("target") if one.forecast else None
            verdict = one.needed.verdict if one.needed else "open"
            unlikely = verdict in ("open", "unknown") and chance is not None and chance < UNLIKELY
            kind = one.key_result.commitment or objective.objective.commitment
            if kind == "committed" and (verdict in ("lost", "missed") or unlikely):
                return True
    return False


def is_lost(now: CycleNow) -> bool:
    """Whether a committed key result is out of reach or missed, or a health number is broken for sure."""
    for objective in now.objectives:
        if any(health.broken and health.surely for health in objective.health):
            return True
        for one in objective.key_results:
            kind = one.key_result.commitment or objective.objective.commitment
            if kind == "committed" and one.needed and one.needed.verdict in ("lost", "missed"):
                return True
    return False
