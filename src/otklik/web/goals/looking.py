"""Look at goals beside the records: nightly for the coach, for the past of a key result when somebody asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings

from otklik.actions.backtest_goal import backtest_goal
from otklik.actions.count_due_dates import count_due_dates
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.learn_calibration import learn_calibration
from otklik.actions.measure_goals import EmptyLog
from otklik.actions.tell_coach import tell_coach
from otklik.schemas.coach import LogSays
from otklik.schemas.goal_results import Backtest
from otklik.web.goals import measuring
from otklik.web.goals.converting import cycle_told, key_result_told
from otklik.web.goals.models import CLOSED, Cycle, History, KeyResult, Look, Objective
from otklik.web.goals.track_record import ended_before, said_of
from otklik.web.jobs.models import Job
from otklik.web.moments import now, our_zone, today

WORK: Final = "look-at-goals"
TRY: Final = "try-on-the-past"


def ask() -> None:
    """Have goals looked at that were not looked at today, or whose number comes from elsewhere since."""
    if settings.DATA.log.exists() and any(_waits(cycle) for cycle in _alive()):
        Job.add(WORK, {}, key=WORK)


def ask_to_try(row: KeyResult, by: Any) -> Job:
    """Have a key result graded on the cycles before it."""
    return Job.add(TRY, {"key_result": row.pk}, key=f"{TRY}-{row.pk}", asked_by=by)


def look() -> int:
    """Look at what waits for it; raises NotMeasuredYet. Returns how many key results were looked at."""
    return sum(_look(cycle) for cycle in _alive() if _waits(cycle))


def try_on_the_past(key_result_id: int) -> bool:
    """Grade a bound key result on the cycles before its own and keep what came of it; raises NotMeasuredYet."""
    rows = KeyResult.objects.exclude(objective__cycle__stage=CLOSED)
    row = rows.select_related("objective__cycle", "owner").filter(pk=key_result_id).first()
    if row is None:
        return False
    cycle = row.objective.cycle
    told = cycle_told(cycle, Objective.objects.none())
    found = backtest_goal(Grading(measuring.ruler(), told, today()), key_result_told(row))
    if found is not None:
        facts = {"past": found.model_dump(mode="json"), "tried_at": now()}
        Look.objects.update_or_create(key_result=row, defaults={"objective_id": row.objective_id, **facts})
    return found is not None


def tried(row: KeyResult) -> Backtest | None:
    """What the past said of a key result, if it is still the same."""
    kept = Look.objects.filter(key_result=row).first()
    if kept is None or not kept.past:
        return None
    found = Backtest.model_validate(kept.past)
    now_told = key_result_told(row)
    same = ("source", "target", "direction", "commit", "stretch", "scale")
    if any(getattr(found.key_result, name) != getattr(now_told, name) for name in same):
        return None
    return None if now_told.baseline not in (None, found.key_result.baseline) else found


def says_of(objectives: Iterable[int]) -> dict[str, LogSays]:
    """What the records say to the coach of key results, by their numbers; of another source nothing."""
    looks = Look.objects.filter(objective__in=list(objectives)).exclude(day=None).select_related("key_result")
    return {
        str(one.key_result_id): LogSays.model_validate(one.says)
        for one in looks
        if one.says and one.source == one.key_result.source
    }


def looks_of(objectives: Iterable[int]) -> dict[int, Look]:
    """The newest look at each key result of some objectives."""
    return {one.key_result_id: one for one in Look.objects.filter(objective__in=list(objectives))}


def _alive() -> list[Cycle]:
    return list(Cycle.objects.exclude(stage=CLOSED))


def _waits(cycle: Cycle) -> bool:
    rows = list(KeyResult.objects.filter(objective__cycle=cycle).select_related("look"))
    if not any(row.source.get("how") == "measure" for row in rows):
        return False
    return any(_is_old(getattr(row, "look", None), row, today()) for row in rows)


def _is_old(seen: Look | None, row: KeyResult, on: date) -> bool:
    return seen is None or seen.day != on or seen.source != row.source


def _look(cycle: Cycle) -> int:
    told = cycle_told(cycle, Objective.objects.all())
    on = min(today(), cycle.end)
    calibration = learn_calibration(ended_before())
    grading = Grading(measuring.ruler(), told, on, said=said_of(cycle), calibration=calibration)
    try:
        says = tell_coach(grading, grade_cycle(grading))
    except EmptyLog:
        return 0
    promises = due_dates_before(today())
    for row in KeyResult.objects.filter(objective__cycle=cycle):
        facts: dict[str, Any] = {"objective_id": row.objective_id, "day": today(), "source": row.source, "at": now()}
        said = says.get(str(row.pk))
        facts["says"] = said.model_dump(mode="json") if said else {}
        kept = count_due_dates(promises, today()) if row.direction == "milestone" else None
        facts["due_dates"] = kept.model_dump(mode="json") if kept else {}
        Look.objects.update_or_create(key_result=row, defaults=facts)
    return len(says)


def due_dates_before(on: date) -> list[tuple[date, date | None]]:
    """Due dates of steps gone by in goals of company and teams, each with the day its step was first seen done."""
    rows = KeyResult.objects.filter(direction="milestone").exclude(objective__level="personal")
    found: list[tuple[date, date | None]] = []
    zone = our_zone()
    for row in rows:
        due = [step for step in row.read_steps() if step.due is not None and step.due <= on]
        days = _done_on(row, zone) if due else {}
        found += [
            (step.due, days.get(step.title)) for step in due if step.due and (step.title in days or not step.done)
        ]
    return found


def _done_on(row: KeyResult, zone: ZoneInfo) -> dict[str, date]:
    """When each step was first written down as done; one that was done when it was written down tells nothing."""
    days: dict[str, date] = {}
    lines = History.objects.filter(what="keyresult", row=row.pk, field="steps").order_by("at", "id")
    for line in lines:
        done = {step["title"] for step in line.after or [] if step.get("done")}
        for title in done - days.keys():
            days[title] = line.at.astimezone(zone).date()
    return days
