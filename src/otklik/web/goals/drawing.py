"""The picture of a bound key result, from what the records said last."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup

from otklik.charts import Speech
from otklik.report import render_figure
from otklik.report.goals_sections import curve_figure
from otklik.schemas.goal_curves import GoalCurve
from otklik.schemas.goals import KeyResult
from otklik.web.goals.outlook import is_of
from otklik.web.goals.standing import KeyResultStands
from otklik.web.words import language


def picture(part: KeyResultStands) -> Markup:
    """Draw its weeks, its marks and the fan; empty where nothing was measured, or where it was another number."""
    curve = curve_of_reading(part.measured.reading if part.measured else {}, part.told)
    if curve is None:
        return Markup()
    return _drawn(curve.model_dump_json(), f"k{part.row.pk}", language())


def curve_of_reading(reading: dict[str, Any], told: KeyResult) -> GoalCurve | None:
    """The weeks that were kept beside a number, if they are still those of this key result."""
    kept = reading.get("curve")
    return GoalCurve.model_validate(kept) if kept and is_of(reading, told) else None


@lru_cache(maxsize=256)
def _drawn(told: str, uid: str, language: str) -> Markup:
    """Drawing takes a moment, and many look at the same picture."""
    figure = curve_figure(GoalCurve.model_validate_json(told), uid, Speech(language))
    return Markup(render_figure(figure, language))  # noqa: S704 (the report escapes what it writes)
