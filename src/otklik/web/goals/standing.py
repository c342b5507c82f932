"""How goals stand: the newest number of each, its grade, what was said of it, and what is broken or silent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from otklik.actions.grade_goals import Known, grade_goal, grade_objective, grade_twice, value_of_each_week
from otklik.schemas import goals as told
from otklik.schemas.goal_results import Ranged
from otklik.schemas.grades import KeyResultGrade, ObjectiveGrade
from otklik.web.goals.converting import as_first_set, key_result_told
from otklik.web.goals.models import (
    ACTIVE,
    CheckIn,
    Cycle,
    Grade,
    Health,
    KeyResult,
    Measured,
    Objective,
    Reading,
    SeriesValue,
)
from otklik.web.moments import today

GRACE_DAYS: Final = 3
"""A check-in may be so late before its goal counts as silent."""


@dataclass(frozen=True)
class KeyResultStands:
    """One key result as of a day."""

    row: KeyResult
    told: told.KeyResult
    number: Ranged
    day: date | None
    """Of the number."""
    grade: KeyResultGrade
    as_first_set: KeyResultGrade | None
    """By the target it began with, where that was changed."""
    check_ins: Sequence[CheckIn]
    """Newest first."""
    recorded: Grade | None
    measured: Measured | None
    """What the records said last, where it is bound to them."""
    is_silent: bool
    waits_days: int | None
    """Since somebody last said something; None = nobody ever did."""

    @property
    def confidence(self) -> float | None:
        """What was said last."""
        return next((one.confidence for one in self.check_ins if one.confidence is not None), None)

    @property
    def obstacle(self) -> str:
        """What stood in the way at the last check-in."""
        return self.check_ins[0].obstacle if self.check_ins else ""

    @property
    def shown_grade(self) -> float | None:
        """What was recorded; before that what is computed."""
        return self.recorded.grade if self.recorded else self.grade.value


@dataclass(frozen=True)
class HealthStands:
    """One health number as of a day."""

    row: Health
    value: float | None
    day: date | None

    @property
    def is_broken(self) -> bool:
        """It lies outside its band."""
        return self.row.is_broken_by(self.value)


@dataclass(frozen=True)
class ObjectiveStands:
    """One objective as of a day."""

    row: Objective
    key_results: Sequence[KeyResultStands]
    health: Sequence[HealthStands]
    grade: ObjectiveGrade

    @property
    def is_broken(self) -> bool:
        """Something that should not break is broken."""
        return any(one.is_broken for one in self.health)

    @property
    def is_silent(self) -> bool:
        """Nobody has said anything of one of its key results for too long."""
        return any(one.is_silent for one in self.key_results)

    @property
    def confidence(self) -> float | None:
        """The least confidence in any of its key results: a chain holds as its weakest link does."""
        return min((one.confidence for one in self.key_results if one.confidence is not None), default=None)


def stand(cycle: Cycle, objectives: Iterable[Objective], on: date | None = None) -> list[ObjectiveStands]:
    """How these objectives of a cycle stand; by default today."""
    rows = list(objectives)
    known = _Numbers(rows, on or today())
    return [_objective(cycle, row, known) for row in rows]


def of_cycle(cycle: Cycle, user: Any, on: date | None = None) -> list[ObjectiveStands]:
    """How the objectives stand that this person may see."""
    seen = Objective.objects.for_user(user).filter(cycle=cycle).select_related("owner", "reviewer")
    return stand(cycle, seen.prefetch_related("key_results__owner", "key_results__grade", "health"), on)


class _Numbers:
    """Everything that was said, sent and measured of some objectives up to a day."""

    def __init__(self, rows: Sequence[Objective], on: date) -> None:
        self.on = on
        ids = [row.pk for row in rows]
        self.check_ins: dict[int, list[CheckIn]] = defaultdict(list)
        said = CheckIn.objects.filter(key_result__objective__in=ids, day__lte=on).select_related("by")
        for one in said:
            self.check_ins[one.key_result_id].append(one)
        self.readings: dict[int, Reading] = {}
        for reading in Reading.objects.filter(health__objective__in=ids, day__lte=on):
            self.readings.setdefault(reading.health_id, reading)
        self.measured: dict[tuple[str, int], Measured] = {}
        for measured in Measured.objects.filter(objective__in=ids, day__lte=on):
            key = ("key_result", measured.key_result_id) if measured.key_result_id else ("health", measured.health_id)
            self.measured.setdefault(key, measured)  # type: ignore[arg-type]
        self.series = _series(rows, on)


def _series(rows: Sequence[Objective], on: date) -> dict[str, list[SeriesValue]]:
    sources = [part.source for row in rows for part in (*row.key_results.all(), *row.health.all())]
    names = {source["series"] for source in sources if source.get("how") == "pushed"}
    found: dict[str, list[SeriesValue]] = defaultdict(list)
    if names:
        for value in SeriesValue.objects.filter(series__in=names, at__date__lte=on).order_by("at"):
            found[value.series].append(value)
    return found


def _objective(cycle: Cycle, row: Objective, known: _Numbers) -> ObjectiveStands:
    parts = [_key_result(cycle, one, known) for one in row.key_results.all()]
    live = [part for part in parts if part.row.stopped_on is None or part.recorded]
    grades = [_counted(part) for part in live]
    return ObjectiveStands(
        row=row, key_results=parts, health=[_health(one, known) for one in row.health.all()],
        grade=grade_objective([part.told for part in live], grades, cycle.profile),
    )  # fmt: skip


def _counted(part: KeyResultStands) -> KeyResultGrade:
    return KeyResultGrade(value=part.recorded.grade) if part.recorded else part.grade


def _key_result(cycle: Cycle, row: KeyResult, known: _Numbers) -> KeyResultStands:
    measured = known.measured.get(("key_result", row.pk))
    now, first = key_result_told(row), as_first_set(row)
    if now.baseline is None and measured is not None:
        now = now.model_copy(update={"baseline": measured.reading.get("at_start", {}).get("value")})
    number, day, weeks = _number(cycle, row, now, known)
    has = Known(number, weeks)
    said = known.check_ins.get(row.pk, [])
    last = said[0].day if said else None
    waits = (known.on - last).days if last else None
    return KeyResultStands(
        row=row, told=now, number=number, day=day, grade=grade_goal(now, has, cycle.profile),
        as_first_set=grade_twice(first, now, has, cycle.profile).as_set if first else None,
        measured=measured,
        check_ins=said, recorded=getattr(row, "grade", None), is_silent=_is_silent(cycle, row, last, known.on),
        waits_days=waits,
    )  # fmt: skip


def _is_silent(cycle: Cycle, row: KeyResult, last: date | None, on: date) -> bool:
    if cycle.stage != ACTIVE or row.stopped_on is not None:
        return False
    since = max(last or cycle.start, cycle.start)
    return on - since > timedelta(days=cycle.check_in_days + GRACE_DAYS)


def _number(
    cycle: Cycle, row: KeyResult, now: told.KeyResult, known: _Numbers
) -> tuple[Ranged, date | None, tuple[float | None, ...]]:
    if isinstance(now.source, told.Bound):
        measured = known.measured.get(("key_result", row.pk))
        if measured is None:
            return Ranged(), None, ()
        return Ranged.model_validate(measured.reading["number"]), measured.day, tuple(measured.weeks)
    if isinstance(now.source, told.Pushed):
        sent = known.series.get(now.source.series, [])
        if not sent:
            return Ranged(), None, ()
        last = sent[-1]
        weeks = _weeks(cycle, [(one.at.date(), one.value) for one in sent], known.on)
        return Ranged(value=last.value, low=last.low, high=last.high), last.at.date(), weeks
    typed = [(one.day, one.value) for one in known.check_ins.get(row.pk, []) if one.value is not None]
    if not typed:
        return Ranged(), None, ()
    day, value = typed[0]
    return Ranged(value=value), day, _weeks(cycle, typed[::-1], known.on)


def _weeks(cycle: Cycle, values: list[tuple[date, float]], on: date) -> tuple[float | None, ...]:
    return value_of_each_week(values, cycle.start, cycle.end, min(on, cycle.end))


def _health(row: Health, known: _Numbers) -> HealthStands:
    source = row.read_source()
    if isinstance(source, told.Bound):
        measured = known.measured.get(("health", row.pk))
        value = measured.reading["number"]["value"] if measured else None
        return HealthStands(row, value, measured.day if measured else None)
    if isinstance(source, told.Pushed):
        sent = known.series.get(source.series, [])
        return HealthStands(row, sent[-1].value, sent[-1].at.date()) if sent else HealthStands(row, None, None)
    reading = known.readings.get(row.pk)
    return HealthStands(row, reading.value if reading else None, reading.day if reading else None)
