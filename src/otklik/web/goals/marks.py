"""A cycle in marks of two weeks: where a number should be by then, and where it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from otklik.schemas.goals import LOWER_IS_BETTER
from otklik.web.goals.models import Cycle, Measured, SeriesValue
from otklik.web.goals.standing import KeyResultStands
from otklik.web.moments import our_zone, today

DAYS: Final = 14
VALUE: Final = "reading__number__value"
"""Of what was measured the number alone."""


@dataclass(frozen=True)
class Mark:
    """One mark: `value` is None before its day, and where nothing was known within its two weeks."""

    day: date
    expected: float
    value: float | None
    is_past: bool
    is_behind: bool


def marks_of(cycle: Cycle, part: KeyResultStands) -> list[Mark]:
    """The marks of a key result whose way is known; of others none."""
    row, start, target = part.row, part.told.baseline, part.row.target
    is_kept = row.direction.startswith("keep_")
    if row.direction == "milestone" or target is None or (start is None and not is_kept):
        return []
    way = [(cycle.start, target if start is None or is_kept else start)]
    way += [] if is_kept else sorted((one.day, one.value) for one in part.told.checkpoints)
    way.append((max(cycle.end, way[-1][0]), target))
    known = _known(part)
    is_lower_better = row.direction in LOWER_IS_BETTER
    return [_mark(day, _between(way, day), known, is_lower_better=is_lower_better) for day in days_of(cycle)]


def days_of(cycle: Cycle) -> list[date]:
    """The last day of every two weeks, and of the cycle."""
    found = [cycle.start + timedelta(days=n) for n in range(DAYS - 1, (cycle.end - cycle.start).days + 1, DAYS)]
    if not found or found[-1] != cycle.end:
        found.append(cycle.end)
    return found


def _mark(day: date, expected: float, known: Sequence[tuple[date, float]], *, is_lower_better: bool) -> Mark:
    value = next((value for at, value in reversed(known) if day - timedelta(days=DAYS) < at <= day), None)
    if day > today():
        value = None
    behind = value is not None and (value > expected if is_lower_better else value < expected)
    return Mark(day, expected, value, day <= today(), behind)


def _between(way: Sequence[tuple[date, float]], day: date) -> float:
    before = next((one for one in reversed(way) if one[0] <= day), way[0])
    after = next((one for one in way if one[0] >= day), way[-1])
    whole = (after[0] - before[0]).days
    return before[1] if not whole else before[1] + (after[1] - before[1]) * (day - before[0]).days / whole


def _known(part: KeyResultStands) -> list[tuple[date, float]]:
    source = part.row.source
    if source.get("how") == "measure":
        told = list(Measured.objects.filter(key_result=part.row).order_by("day").values_list("day", VALUE))
    elif source.get("how") == "pushed":
        sent = SeriesValue.objects.filter(series=source["series"]).order_by("at")
        zone = our_zone()
        told = [(one.at.astimezone(zone).date(), one.value) for one in sent]
    else:
        told = [(one.day, one.value) for one in reversed(part.check_ins)]
    return [(day, value) for day, value in told if value is not None]
