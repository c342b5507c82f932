"""A cycle in marks of two weeks: where a number should be by then, and where it was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from otklik.schemas.goals import LOWER_IS_BETTER
from otklik.web.goals.first_set import is_by
from otklik.web.goals.models import Cycle, Measured
from otklik.web.goals.standing import KeyResultStands, series_of
from otklik.web.moments import end_of, our_zone, today

DAYS: Final = 14
VALUE: Final = "reading__number__value"
"""Of what was measured the number alone."""
MEASURED_BY: Final = ("reading__basis", "reading__source")
"""And by what it was measured."""


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
    known = _known(cycle, part)
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


def _known(cycle: Cycle, part: KeyResultStands) -> list[tuple[date, float]]:
    source = part.row.source
    if source.get("how") == "measure":
        kept = Measured.objects.filter(key_result=part.row).order_by("day").values_list("day", VALUE, *MEASURED_BY)
        told = [(day, value) for day, value, *by in kept if is_by(_as_text(by[0]), by[1], part.told.source)]
    elif source.get("how") == "pushed":
        zone = our_zone()
        sent = series_of(cycle, {source["series"]}, end_of(min(today(), cycle.end), zone))
        told = [(one.at.astimezone(zone).date(), one.value) for one in sent[source["series"]]]
    else:
        told = [(one.day, one.value) for one in reversed(part.check_ins)]
    return [(day, value) for day, value in told if value is not None]


def _as_text(basis: Any) -> str | None:
    """SQLite reads what was picked out of JSON once more than PostgreSQL does."""
    return basis if basis is None or isinstance(basis, str) else json.dumps(basis)
