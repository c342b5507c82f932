"""What it takes from now on and how likely it is, for pages: from what the records said last."""

from typing import Any

from otklik.report.told_goals import outlook_told
from otklik.schemas.forecasts import Forecast, Needed
from otklik.schemas.goals import KeyResult
from otklik.web.goals.standing import KeyResultStands
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
