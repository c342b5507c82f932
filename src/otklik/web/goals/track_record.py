"""What was said of key results while they ran, and how they ended: read from what was kept day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from otklik.actions.learn_calibration import was_reached
from otklik.schemas.goal_results import CheckIn as Said
from otklik.schemas.track_records import Ended, SaidThen
from otklik.web.goals.converting import as_first_set, key_result_told
from otklik.web.goals.models import CLOSED, CheckIn, Cycle, KeyResult, Measured

FRESH_DAYS: Final = 7
"""What was said so many days ago still stands: by the data beside a check-in, by the last number for the end."""
LEARNT_CYCLES: Final = 12
"""Only the newest closed cycles are learnt from."""

Kept = Mapping[int, Sequence[Measured]]


def said_of(cycle: Cycle) -> dict[str, list[Said]]:
    """What people said of each key result of a cycle, and beside it what the data said on that day."""
    rows = list(CheckIn.objects.filter(key_result__objective__cycle=cycle).order_by("day", "id"))
    kept = _kept({row.key_result_id for row in rows})
    found: dict[str, list[Said]] = {}
    for row in rows:
        key = str(row.key_result_id)
        then = _measured_by(kept.get(row.key_result_id, ()), row.day)
        told = Said(
            key_result=key, day=row.day, value=row.value, confidence=row.confidence,
            probability=chance_of(then, "shown"),
        )  # fmt: skip
        found.setdefault(key, []).append(told)
    return found


def ended_before() -> list[Ended]:
    """Key results of closed cycles, with what the data said of each in every week."""
    cycles = list(Cycle.objects.filter(stage=CLOSED)[:LEARNT_CYCLES])
    found = []
    for row, measured, happened in _over(cycles):
        weeks = {(one.day - row.objective.cycle.start).days // 7: one for one in reversed(measured)}
        told = [SaidThen(day=one.day, raw=chance_of(one, "raw")) for one in weeks.values()]
        found.append(
            Ended(key_result=str(row.pk), happened=happened, said=tuple(one for one in told if one.raw is not None))
        )
    return [one for one in found if one.said]


def ended_in(cycle: Cycle) -> dict[int, Ended]:
    """Graded key results of a cycle that are over, with what people and data said at each check-in."""
    over = list(_over([cycle]))
    said: dict[int, list[CheckIn]] = defaultdict(list)
    for one in CheckIn.objects.filter(key_result__in=[row.pk for row, _, _ in over]).exclude(confidence=None):
        said[one.key_result_id].append(one)
    return {
        row.pk: Ended(
            key_result=str(row.pk), happened=happened, said=tuple(_said_then(one, measured) for one in said[row.pk])
        )
        for row, measured, happened in over
    }


def chance_of(measured: Measured | None, how: str) -> float | None:
    """The chance that a measured day gave the target, `raw` or as `shown`."""
    forecast = (measured.reading.get("forecast") if measured else None) or {}
    return next((one[how] for one in forecast.get("chances", ()) if one["mark"] == "target"), None)


def _said_then(one: CheckIn, measured: Sequence[Measured]) -> SaidThen:
    shown = chance_of(_measured_by(measured, one.day), "shown")
    return SaidThen(day=one.day, shown=shown, confidence=one.confidence)


def _measured_by(measured: Sequence[Measured], day: date) -> Measured | None:
    """The newest of them on or before a day, if it is fresh; they come newest first."""
    found = next((one for one in measured if one.day <= day), None)
    return found if found is not None and day - found.day <= timedelta(days=FRESH_DAYS) else None


def _over(cycles: Iterable[Cycle]) -> Iterable[tuple[KeyResult, Sequence[Measured], bool]]:
    """Graded key results measured up to their end; what was given up or aimed elsewhere on the way teaches nothing."""
    rows = KeyResult.objects.filter(objective__cycle__in=list(cycles), stopped_on=None).exclude(grade=None)
    shared = list(rows.exclude(objective__level="personal").select_related("objective__cycle", "owner"))
    kept = _kept(row.pk for row in shared)
    for row in shared:
        measured, cycle = kept.get(row.pk, ()), row.objective.cycle
        if not measured or _aimed_elsewhere(row) or measured[0].day < cycle.end - timedelta(days=FRESH_DAYS):
            continue
        number = measured[0].reading["number"]["value"]
        happened = was_reached(key_result_told(row), number, measured[0].weeks, school=cycle.school)
        if happened is not None:
            yield row, measured, happened


def _aimed_elsewhere(row: KeyResult) -> bool:
    first = as_first_set(row)
    now = key_result_told(row)
    return first is not None and any(_aim(first)[name] != value for name, value in _aim(now).items())


def _aim(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in ("target", "direction", "source")}


def _kept(key_results: Iterable[int]) -> Kept:
    found: dict[int, list[Measured]] = defaultdict(list)
    for one in Measured.objects.filter(key_result__in=list(key_results)):
        found[one.key_result_id or 0].append(one)
    return found
