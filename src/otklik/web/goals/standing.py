"""How goals stand: the newest number of each, its grade, what was said of it, and what is broken or silent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from otklik.actions.grade_goals import Known, colour_of, grade_goal, grade_objective, in_time, value_of_each_week
from otklik.actions.school_of_goals import limits_of
from otklik.schemas import goals as told
from otklik.schemas.goal_results import Ranged
from otklik.schemas.grades import Colour, KeyResultGrade, ObjectiveGrade
from otklik.web.goals.converting import as_first_set, key_result_told
from otklik.web.goals.first_set import grade_as_first_set, is_of, with_start
from otklik.web.goals.health import HealthStands
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
from otklik.web.moments import end_of, our_zone, today


@dataclass(frozen=True)
class KeyResultStands:
    """One key result as of a day."""

    row: KeyResult
    told: told.KeyResult
    number: Ranged
    day: date | None
    """Of the number."""
    grade: KeyResultGrade
    shown_colour: Colour | None
    """Of what is shown: the recorded grade, before that the computed one."""
    as_first_set: KeyResultGrade | None
    """As it was promised first, where that was changed; its reason says why there is no grade."""
    check_ins: Sequence[CheckIn]
    """Newest first."""
    recorded: Grade | None
    measured: Measured | None
    """What the records said last, where it is bound to them still."""
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
    known = _Numbers(cycle, rows, on or today())
    return [_objective(cycle, row, known) for row in rows]


def of_cycle(cycle: Cycle, user: Any, on: date | None = None) -> list[ObjectiveStands]:
    """How the objectives stand that this person may see."""
    seen = Objective.objects.for_user(user).filter(cycle=cycle).select_related("owner", "reviewer")
    return stand(cycle, seen.prefetch_related("key_results__owner", "key_results__grade", "health"), on)


class _Numbers:
    """Everything that was said, sent and measured of some objectives up to a day."""

    def __init__(self, cycle: Cycle, rows: Sequence[Objective], on: date) -> None:
        self.on, self.zone = on, our_zone()
        ids = [row.pk for row in rows]
        self.check_ins: dict[int, list[CheckIn]] = defaultdict(list)
        said = CheckIn.objects.filter(key_result__objective__in=ids, day__lte=on).select_related("by")
        for one in said:
            self.check_ins[one.key_result_id].append(one)
        self.readings: dict[int, list[Reading]] = defaultdict(list)
        for reading in Reading.objects.filter(health__objective__in=ids, day__lte=on):
            self.readings[reading.health_id].append(reading)
        self.measured: dict[tuple[str, int], Measured] = {}
        for measured in _newest_measured(ids, on):
            key = ("key_result", measured.key_result_id) if measured.key_result_id else ("health", measured.health_id)
            self.measured.setdefault(key, measured)  # type: ignore[arg-type]
        self.series = _series(cycle, rows, end_of(min(on, cycle.end), self.zone))


def _newest_measured(objectives: Sequence[int], on: date) -> Iterable[Measured]:
    """Of each number the newest: days before hold as much, and nobody looks at them here."""
    known = Measured.objects.filter(objective__in=objectives, day__lte=on)
    of_part = known.filter(key_result=OuterRef("key_result")).order_by("-day", "-id").values("pk")[:1]
    of_health = known.filter(health=OuterRef("health")).order_by("-day", "-id").values("pk")[:1]
    return known.filter(
        Q(health=None, pk=Subquery(of_part)) | Q(key_result=None, pk=Subquery(of_health)),
    )


def _series(cycle: Cycle, rows: Sequence[Objective], until: datetime) -> dict[str, list[SeriesValue]]:
    """What programs sent before an instant; what comes after a cycle was closed moves nothing in it."""
    sources = [part.source for row in rows for part in (*row.key_results.all(), *row.health.all())]
    sources += [part.as_set["source"] for row in rows for part in row.key_results.all() if part.as_set]
    return series_of(cycle, {source["series"] for source in sources if source.get("how") == "pushed"}, until)


def series_of(cycle: Cycle, names: Collection[str], until: datetime) -> dict[str, list[SeriesValue]]:
    """The same of some series, by their names."""
    found: dict[str, list[SeriesValue]] = defaultdict(list)
    if names:
        sent = SeriesValue.objects.filter(series__in=names, at__lt=until)
        if cycle.is_closed and cycle.closed_at is not None:
            sent = sent.filter(received_at__lte=cycle.closed_at)
        for value in sent.order_by("at"):
            found[value.series].append(value)
    return found


def _objective(cycle: Cycle, row: Objective, known: _Numbers) -> ObjectiveStands:
    parts = [_key_result(cycle, one, known) for one in row.key_results.all()]
    live = [part for part in parts if part.row.stopped_on is None or part.recorded]
    grades = [_counted(part) for part in live]
    return ObjectiveStands(
        row=row, key_results=parts, health=[_health(cycle, one, known) for one in row.health.all()],
        grade=grade_objective([part.told for part in live], grades, cycle.school),
    )  # fmt: skip


def _counted(part: KeyResultStands) -> KeyResultGrade:
    return KeyResultGrade(value=part.recorded.grade) if part.recorded else part.grade


def _key_result(cycle: Cycle, row: KeyResult, known: _Numbers) -> KeyResultStands:
    newest = known.measured.get(("key_result", row.pk))
    now, first = key_result_told(row), as_first_set(row)
    measured = newest if newest is not None and is_of(newest, now.source) else None
    now = with_start(now, measured.reading.get("at_start") if measured else None)
    number, day, weeks = _number(cycle, row, now, measured, known)
    has = Known(number, weeks)
    said = known.check_ins.get(row.pk, [])
    last = said[0].day if said else None
    waits = (known.on - last).days if last else None

    def sent(one: told.KeyResult) -> Known:
        number, _, weeks = _number(cycle, row, one, None, known)
        return Known(number, weeks)

    grade, recorded = grade_goal(now, has, cycle.school), getattr(row, "grade", None)
    return KeyResultStands(
        row=row, told=now, number=number, day=day, grade=grade,
        shown_colour=colour_of(recorded.grade, cycle.school) if recorded else grade.colour,
        as_first_set=grade_as_first_set(first, now, has, newest, sent, cycle.school) if first else None,
        measured=measured,
        check_ins=said, recorded=recorded, is_silent=_is_silent(cycle, row, last, known.on),
        waits_days=waits,
    )  # fmt: skip


def _is_silent(cycle: Cycle, row: KeyResult, last: date | None, on: date) -> bool:
    if cycle.stage != ACTIVE or row.stopped_on is not None:
        return False
    since = max(last or cycle.start, cycle.start)
    return on - since > timedelta(days=cycle.check_in_days + limits_of(cycle.read_own()).check_in_grace_days)


def _number(
    cycle: Cycle, row: KeyResult, now: told.KeyResult, measured: Measured | None, known: _Numbers
) -> tuple[Ranged, date | None, tuple[float | None, ...]]:
    if isinstance(now.source, told.Bound):
        if measured is None:
            return Ranged(), None, ()
        return Ranged.model_validate(measured.reading["number"]), measured.day, tuple(measured.weeks)
    if isinstance(now.source, told.Pushed):
        return _sent(cycle, now.source, known, now.due)
    said = [one for one in known.check_ins.get(row.pk, []) if one.value is not None]
    typed = [(one.day, float(one.value or 0.0)) for one in in_time(said[::-1], now.due)]
    if not typed:
        return Ranged(), None, ()
    day, value = typed[-1]
    return Ranged(value=value), day, _weeks(cycle, typed, known.on)


def _weeks(cycle: Cycle, values: list[tuple[date, float]], on: date) -> tuple[float | None, ...]:
    return value_of_each_week(values, cycle.start, cycle.end, min(on, cycle.end))


def _sent(
    cycle: Cycle, source: told.Pushed, known: _Numbers, due: date | None = None
) -> tuple[Ranged, date | None, tuple[float | None, ...]]:
    sent = known.series.get(source.series, [])
    if due is not None:
        sent = [one for one in sent if one.at.astimezone(known.zone).date() <= due]
    if not sent:
        return Ranged(), None, ()
    days, last = [one.at.astimezone(known.zone).date() for one in sent], sent[-1]
    weeks = _weeks(cycle, [(day, one.value) for day, one in zip(days, sent, strict=True)], known.on)
    return Ranged(value=last.value, low=last.low, high=last.high), days[-1], weeks


def _health(cycle: Cycle, row: Health, known: _Numbers) -> HealthStands:
    source = row.read_source()
    if isinstance(source, told.Bound):
        measured = known.measured.get(("health", row.pk))
        if measured is None or not is_of(measured, source):
            return HealthStands(row, Ranged(), None)
        number = Ranged.model_validate(measured.reading["number"])
        return HealthStands(row, number, measured.day, measured.reading.get("weeks_broken", 0), measured)
    if isinstance(source, told.Pushed):
        number, day, weeks = _sent(cycle, source, known)
        return HealthStands(row, number, day, row.corridor.weeks_left(weeks))
    said = known.readings.get(row.pk, [])
    if not said:
        return HealthStands(row, Ranged(), None)
    weeks = _weeks(cycle, [(one.day, one.value) for one in said[::-1]], known.on)
    return HealthStands(row, Ranged(value=said[0].value), said[0].day, row.corridor.weeks_left(weeks))
