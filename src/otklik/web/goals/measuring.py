"""Measure running cycles, and keep what the records said, and what may come of told numbers, on each day."""

import contextlib
from datetime import date
from typing import Any, Final

from django.conf import settings

from otklik.actions.cut_log import NotMeasuredYet, Shelf
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.learn_calibration import learn_calibration
from otklik.actions.measure_first_set import measure_first_set
from otklik.actions.measure_goals import EmptyLog, GoalRuler
from otklik.actions.no_log import NoLog, NothingToMeasureBy
from otklik.actions.report_goals import curves_of
from otklik.schemas.goal_curves import GoalCurve
from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow
from otklik.schemas.goals import Bound
from otklik.web.accounts.models import Company
from otklik.web.calendars import current
from otklik.web.goals.converting import as_first_set, cycle_told, key_result_told
from otklik.web.goals.models import ACTIVE, CLOSING, Cycle, KeyResult, Measured, Objective
from otklik.web.goals.told_numbers import has_told_numbers, restarts_of, sent_of
from otklik.web.goals.track_record import ended_before, said_of
from otklik.web.jobs.models import Job
from otklik.web.moments import now, today

WORK: Final = "measure-goals"
_KEPT: Final = {"number", "at_start", "needed", "gaming", "visible_change"}


def ask() -> None:
    """Have running cycles measured, where any of their numbers comes from the records, or was told by somebody."""
    if any(_is_measured(cycle) for cycle in _running()):
        Job.add(WORK, {}, key=WORK)


def measure() -> int:
    """Measure every running cycle as of today; raises NotMeasuredYet, EmptyLog. Returns how many numbers were kept."""
    by = ruler() if settings.DATA.log.exists() else NoLog(zone=Company.ours().time_zone)
    return sum(measure_cycle(cycle, by, today()) for cycle in _running() if _is_measured(cycle))


def _is_measured(cycle: Cycle) -> bool:
    return (settings.DATA.log.exists() and _is_bound(cycle)) or has_told_numbers(cycle)


def _running() -> list[Cycle]:
    return list(Cycle.objects.filter(stage__in=(ACTIVE, CLOSING)))


def _is_bound(cycle: Cycle) -> bool:
    goals = Objective.objects.filter(cycle=cycle).prefetch_related("key_results", "health")
    return any(
        part.source.get("how") == "measure" for goal in goals for part in (*goal.key_results.all(), *goal.health.all())
    )


def ruler() -> GoalRuler:
    """By what goals are measured now; raises NotAStore, NotMeasuredYet."""
    yardstick = current.yardstick()
    return GoalRuler(Shelf.of(settings.DATA.log, yardstick), zone=Company.ours().time_zone, opens_files=False)


def measure_cycle(cycle: Cycle, by: GoalRuler, on: date) -> int:
    """Measure one cycle as of a day, and keep it; returns how many numbers were kept."""
    told = cycle_told(cycle, Objective.objects.all())
    learnt = learn_calibration(ended_before())
    grading = Grading(
        by, told, min(on, cycle.end), said=said_of(cycle), sent=sent_of(cycle), restarts=restarts_of(cycle),
        calibration=learnt,
    )  # fmt: skip
    with contextlib.suppress(EmptyLog):
        return _keep(grade_cycle(grading), on, learnt.key_results, _first_sets(grading, cycle))
    return 0


def _first_sets(grading: Grading, cycle: Cycle) -> dict[str, Any]:
    """The numbers of first versions that are counted otherwise since, by key result."""
    rows = KeyResult.objects.filter(objective__cycle=cycle, stopped_on=None).select_related("owner")
    pairs = ((row, as_first_set(row)) for row in rows)
    found = {str(row.pk): measure_first_set(grading, first, key_result_told(row)) for row, first in pairs if first}
    return {pk: one.model_dump(mode="json") for pk, one in found.items() if one is not None}


def _keep(found: CycleNow, on: date, learnt_from: int, first_sets: dict[str, Any]) -> int:
    n, curves = 0, curves_of(found)
    for goal in found.objectives:
        about = {"objective_id": int(goal.objective.id), "at": now()}
        if goal.key_results:
            told = goal.forecast.model_dump(mode="json") if goal.forecast and goal.forecast.moving else None
            facts = about | {"reading": {"forecast": told}}
            Measured.objects.update_or_create(
                objective_id=about["objective_id"], key_result=None, health=None, day=on, defaults=facts
            )
        for part in goal.key_results:
            if _is_known(part):
                reading = _reading(part, curves.get(part.key_result.id)) | {"learnt_from": learnt_from}
                reading["first_set"] = first_sets.get(part.key_result.id)
                facts = about | {"reading": reading, "weeks": list(part.weeks)}
                Measured.objects.update_or_create(key_result_id=int(part.key_result.id), day=on, defaults=facts)
                _draw_only_newest(int(part.key_result.id), on)
                n += 1
        for health in goal.health:
            if isinstance(health.health.source, Bound) and not _has_no_log(health):
                facts = about | {"reading": _health(health)}
                Measured.objects.update_or_create(health_id=int(health.health.id), day=on, defaults=facts)
                n += 1
    return n


def _is_known(part: KeyResultNow) -> bool:
    """What the records tell; of told numbers those of which there is any."""
    if isinstance(part.key_result.source, Bound):
        return not _has_no_log(part)
    return part.forecast is not None


def _has_no_log(part: KeyResultNow | HealthNow) -> bool:
    return part.problem is not None and part.problem.code == NothingToMeasureBy.code


def _draw_only_newest(key_result_id: int, on: date) -> None:
    """The weeks of a picture are all in the newest number: those before need not keep them again."""
    before = Measured.objects.filter(key_result_id=key_result_id, day__lt=on).order_by("-day").first()
    if before is not None and before.reading.pop("curve", None):
        before.save(update_fields=["reading"])


def _reading(part: KeyResultNow, curve: GoalCurve | None) -> dict[str, Any]:
    told = part.model_dump(mode="json", include=_KEPT)
    told["curve"] = curve.model_dump(mode="json") if curve else None
    told["source"] = part.key_result.source.model_dump(mode="json")
    if part.reading:
        told |= {"n": part.reading.n, "basis": part.reading.basis.model_dump_json()}
    told["forecast"] = part.forecast.model_dump(mode="json", exclude={"fan"}) if part.forecast else None
    return told


def _health(health: HealthNow) -> dict[str, Any]:
    told = health.model_dump(mode="json", include={"number", "surely", "weeks_broken"})
    return told | ({"basis": health.basis.model_dump_json(), "n": health.n} if health.basis else {})


__all__ = ["WORK", "NotMeasuredYet", "ask", "measure", "measure_cycle", "ruler"]
