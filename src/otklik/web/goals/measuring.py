"""Measure what running cycles are bound to, and keep what the records said on each day."""

import contextlib
from datetime import date
from typing import Any, Final

from django.conf import settings

from otklik.actions.cut_log import NotMeasuredYet, Shelf
from otklik.actions.grade_cycle import Grading, grade_cycle
from otklik.actions.learn_calibration import learn_calibration
from otklik.actions.measure_goals import EmptyLog, GoalRuler
from otklik.actions.report_goals import curves_of
from otklik.schemas.goal_curves import GoalCurve
from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow
from otklik.schemas.goals import Bound
from otklik.web.accounts.models import Company
from otklik.web.calendars import current
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.models import ACTIVE, CLOSING, Cycle, Measured, Objective
from otklik.web.goals.track_record import ended_before, said_of
from otklik.web.jobs.models import Job
from otklik.web.moments import now, today

WORK: Final = "measure-goals"
_KEPT: Final = {"number", "at_start", "needed", "gaming", "visible_change"}


def ask() -> None:
    """Have running cycles measured, where any of their numbers comes from the records."""
    if settings.DATA.log.exists() and any(_is_bound(cycle) for cycle in _running()):
        Job.add(WORK, {}, key=WORK)


def measure() -> int:
    """Measure every running cycle as of today; raises NotMeasuredYet, EmptyLog. Returns how many numbers were kept."""
    ruler = _ruler()
    return sum(measure_cycle(cycle, ruler, today()) for cycle in _running() if _is_bound(cycle))


def _running() -> list[Cycle]:
    return list(Cycle.objects.filter(stage__in=(ACTIVE, CLOSING)))


def _is_bound(cycle: Cycle) -> bool:
    goals = Objective.objects.filter(cycle=cycle).prefetch_related("key_results", "health")
    return any(
        part.source.get("how") == "measure" for goal in goals for part in (*goal.key_results.all(), *goal.health.all())
    )


def ruler() -> GoalRuler:
    """By what goals are measured now; raises NotAStore, NotMeasuredYet."""
    return _ruler()


def _ruler() -> GoalRuler:
    yardstick = current.yardstick()
    return GoalRuler(Shelf.of(settings.DATA.log, yardstick), zone=Company.ours().time_zone)


def measure_cycle(cycle: Cycle, by: GoalRuler, on: date) -> int:
    """Measure one cycle as of a day, and keep it; returns how many numbers were kept."""
    told = cycle_told(cycle, Objective.objects.all())
    learnt = learn_calibration(ended_before())
    grading = Grading(by, told, min(on, cycle.end), said=said_of(cycle), calibration=learnt)
    with contextlib.suppress(EmptyLog):
        return _keep(grade_cycle(grading), on, learnt.key_results)
    return 0


def _keep(found: CycleNow, on: date, learnt_from: int) -> int:
    n, curves = 0, curves_of(found)
    for goal in found.objectives:
        about = {"objective_id": int(goal.objective.id), "at": now()}
        for part in goal.key_results:
            if isinstance(part.key_result.source, Bound):
                reading = _reading(part, curves.get(part.key_result.id)) | {"learnt_from": learnt_from}
                facts = about | {"reading": reading, "weeks": list(part.weeks)}
                Measured.objects.update_or_create(key_result_id=int(part.key_result.id), day=on, defaults=facts)
                _draw_only_newest(int(part.key_result.id), on)
                n += 1
        for health in goal.health:
            if isinstance(health.health.source, Bound):
                facts = about | {"reading": _health(health)}
                Measured.objects.update_or_create(health_id=int(health.health.id), day=on, defaults=facts)
                n += 1
    return n


def _draw_only_newest(key_result_id: int, on: date) -> None:
    """The weeks of a picture are all in the newest number: those before need not keep them again."""
    before = Measured.objects.filter(key_result_id=key_result_id, day__lt=on).order_by("-day").first()
    if before is not None and before.reading.pop("curve", None):
        before.save(update_fields=["reading"])


def _reading(part: KeyResultNow, curve: GoalCurve | None) -> dict[str, Any]:
    told = part.model_dump(mode="json", include=_KEPT)
    told["curve"] = curve.model_dump(mode="json") if curve else None
    if part.reading:
        told |= {"n": part.reading.n, "basis": part.reading.basis.model_dump_json()}
    told["forecast"] = part.forecast.model_dump(mode="json", exclude={"fan"}) if part.forecast else None
    return told


def _health(health: HealthNow) -> dict[str, Any]:
    return health.model_dump(mode="json", include={"number", "surely", "weeks_broken"})


__all__ = ["WORK", "NotMeasuredYet", "ask", "measure", "measure_cycle", "ruler"]
