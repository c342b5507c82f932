"""What it takes from now on and how likely it is, for pages: from what the records said last."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from otklik.report.told_goals import objective_told, outlook_told
from otklik.schemas.forecasts import Forecast, Needed, ObjectiveForecast
from otklik.schemas.goals import KeyResult
from otklik.web.goals.models import CLOSED, Measured
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.moments import today
from otklik.web.words import speech

_SAME = ("source", "direction", "target", "commit", "stretch")
"""While these are as they were, what was worked out still speaks of this key result."""


def outlook(part: KeyResultStands) -> list[str]:
    """What it takes, then the chance; empty where nothing can be said, or where it was said of another target."""
    reading = part.measured.reading if part.measured else {}
    if not is_of(reading, part.told):
        return []
    needed, forecast = _needed(reading), _forecast(reading)
    return list(outlook_told(part.told, needed, forecast, speech()))


def chance(part: KeyResultStands) -> float | None:
    """How likely the target is by the data; None where there is no forecast, or where the end is known already."""
    reading = part.measured.reading if part.measured else {}
    needed, forecast = _needed(reading), _forecast(reading)
    if forecast is None or not is_of(reading, part.told) or (needed and needed.verdict not in ("open", "unknown")):
        return None
    return forecast.shown("target")


def objective_outlook(stands: ObjectiveStands) -> list[str]:
    """Where the grade of a goal may end, its key results taken together; empty once it is closed, or was changed."""
    forecast = objective_forecasts([stands]).get(stands.row.pk)
    return list(objective_told(forecast, speech()))


def objective_forecasts(goals: Iterable[ObjectiveStands], on: date | None = None) -> dict[int, ObjectiveForecast]:
    """What was foreseen last of goals that are still pursued as they were then, by their numbers."""
    same = {one.row.pk for one in goals if all(_is_as_it_was(part) for part in one.key_results)}
    rows = Measured.objects.filter(objective__in=same, key_result=None, health=None, day__lte=on or today())
    rows = rows.exclude(objective__cycle__stage=CLOSED)
    newest = {row.objective_id: row.reading.get("forecast") for row in rows.order_by("day", "id")}
    return {pk: ObjectiveForecast.model_validate(told) for pk, told in newest.items() if told}


def _is_as_it_was(part: KeyResultStands) -> bool:
    if part.measured is None or part.row.stopped_on is not None:
        return True
    return is_of(part.measured.reading, part.told)


def is_of(reading: dict[str, Any], told: KeyResult) -> bool:
    """Whether what was kept is of the key result as it is now."""
    kept = (reading.get("curve") or {}).get("key_result")
    if kept is None:
        return True
    then = KeyResult.model_validate(kept)
    return all(getattr(then, name) == getattr(told, name) for name in _SAME)


def _needed(reading: dict[str, Any]) -> Needed | None:
    return Needed.model_validate(reading["needed"]) if reading.get("needed") else None


def _forecast(reading: dict[str, Any]) -> Forecast | None:
    return Forecast.model_validate(reading["forecast"]) if reading.get("forecast") else None
