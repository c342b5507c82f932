"""Tell the coach of goals what the log and the check-ins say of each key result."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from otklik.actions.count_days import chosen
from otklik.actions.grade_cycle import stand_of
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.schemas.coach import Health, LogSays, SaidAtCheckIn
from otklik.schemas.goal_results import CheckIn, CycleNow, KeyResultNow
from otklik.schemas.goals import NO_NAME, Bound, Cycle, KeyResult, Slice

if TYPE_CHECKING:
    from collections.abc import Sequence

SILENT_DAYS: Final = 14
"""A channel that brought a request a day before, and none in so many days, is missing."""
USUAL_DAYS: Final = 56
COMPARED: Final = 2
"""So many of the last check-ins are held against what the log said on their days."""


def tell_coach(grading: Grading, now: CycleNow) -> dict[str, LogSays]:
    """What the records say, by the id of the key result; of those that no log measures, only what people said."""
    return {
        one.key_result.id: _says(grading, one)
        for objective in now.objectives
        for one in objective.key_results
        if one.key_result.id
    }


def _says(grading: Grading, now: KeyResultNow) -> LogSays:
    said = _check_ins(grading, now.key_result, now.check_ins)
    last = said[-1].day if said else None
    told = LogSays(on=grading.on, check_ins=said, last_check_in=last, status=status_of(grading.cycle, now.confidence))
    source = now.key_result.source
    if not isinstance(source, Bound):
        return told
    from otklik.goals.gaming import signs_of

    count = grading.ruler.shelf.snapshot.count
    return told.model_copy(
        update={
            "measured": now.number.value,
            "measured_low": now.number.low,
            "measured_high": now.number.high,
            "at_start": now.at_start.value,
            "at_start_low": now.at_start.low,
            "at_start_high": now.at_start.high,
            "visible_change": now.visible_change,
            "last_record_age_days": age_days(grading.ruler, source.which, grading.on),
            "unusable_share": count.quarantined / count.read if count.read else None,
            "missing_channels": missing_channels(grading.ruler, source.which, grading.on),
            "gaming": () if now.gaming is None else signs_of(now.gaming),
        }
    )


def status_of(cycle: Cycle, confidence: float | None) -> Health | None:
    """How people see it by what they said last: green from the confidence on that the coach calls sure."""
    from otklik.goals.coach.thresholds import settings_of

    limits = settings_of(cycle).thresholds
    if confidence is None:
        return None
    return "green" if confidence >= limits.confident else "red" if confidence <= limits.unlikely else "amber"


def _check_ins(grading: Grading, key_result: KeyResult, said: "Sequence[CheckIn]") -> tuple[SaidAtCheckIn, ...]:
    first = len(said) - COMPARED
    return tuple(
        SaidAtCheckIn(
            day=one.day,
            confidence=one.confidence,
            probability=one.probability if one.probability is not None or place < first else chance_on(
                grading, key_result, one.day
            ),
        )
        for place, one in enumerate(said)
    )  # fmt: skip


def chance_on(grading: Grading, key_result: KeyResult, day: date) -> float | None:
    """How likely the target was by what the log knew on a day; None where there was no forecast."""
    if not isinstance(key_result.source, Bound) or day < grading.cycle.start:
        return None
    told, _ = stand_of(replace(grading, on=day, with_gaming=False), key_result)
    return told.forecast.shown("target") if told.forecast else None


def age_days(ruler: GoalRuler, which: Slice, on: date) -> float | None:
    """How many days before the end of a day the records of a slice end; 0 where they reach it."""
    horizons = [at for source, at in ruler.shelf.horizon.items() if not which.source or source in which.source]
    if not horizons:
        return None
    end = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(ruler.zone)).astimezone(UTC)
    return max(0.0, (end - min(horizons)) / timedelta(days=1) - 1.0)


def missing_channels(ruler: GoalRuler, which: Slice, on: date) -> tuple[str, ...]:
    """Channels that used to bring a request a day and have fallen silent, and those of the slice that bring none.

    Of requests of a person whose names count no more there are none to tell.
    """
    from otklik.store.engine import open_engine

    if NO_NAME in which.assignee:
        return ()
    asked = chosen(which, ruler.zone)
    last = ruler.end_of(on)
    values = {
        **asked.values,
        "last": last,
        "silent": last - timedelta(days=SILENT_DAYS),
        "begin": last - timedelta(days=SILENT_DAYS + USUAL_DAYS),
    }
    query = (
        "select cast(channel as varchar), count(*) filter (where opened_at > $silent), "
        "count(*) filter (where opened_at <= $silent) "
        f"from ({ruler.shelf.kept.sql('facts')}) where {asked.text} and channel is not null "
        "and opened_at > $begin and opened_at <= $last group by all"
    )
    with open_engine() as sql:
        found = {name: (lately, before) for name, lately, before in sql.execute(query, values).fetchall()}
    fallen = {name for name, (lately, before) in found.items() if not lately and before >= USUAL_DAYS}
    never = {name for name in which.channel if name not in found and name != "—"}
    return tuple(sorted(fallen | never))
