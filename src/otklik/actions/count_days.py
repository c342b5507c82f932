"""Count a goal's requests day by day, by one question to the kept facts: how many are ripe, how many made it in time.

Who is counted, and on which day:

- `arrived`: on the day a request came (a wait: began), once it is as old as the time it is held against, whether it was
  answered or not. One that is old enough and still waits has failed; one that ended unanswered has failed. One whose
  clock was at rest (the customer's move, another team's night) and is not over yet is left out until it is decided.
- `answered`, `resolved`: on the day of its first answer, or of its end; nothing has to ripen.
- Merged requests, and those whose record cannot tell the measure, are never counted.

Against no time at all: of durations everybody with a value is counted and made it; of counts, those with at least one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from otklik.actions.cut_log import Asked, Shelf
from otklik.actions.ripen import ripen
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import NO_NAME, Bound, DayCount, Slice
from otklik.schemas.views import TOLD_APART_BY, View

if TYPE_CHECKING:
    from otklik.measures.catalog import Measure

SLOT_S: Final = 900
"""Zones are ahead of UTC by whole quarters of an hour: requests are counted by quarter, then by local day."""
Days = tuple[DayCount, ...]


class UnknownMeasure(UserError):
    """A goal bound to a measure that does not exist: facts `measure`, `known`."""

    code = "goal-unknown-measure"
    message = N_("There is no measure %(measure)s.")
    hint = N_("Choose one of: %(known)s.")


class NothingToHoldAgainst(UserError):
    """A share or quantile of durations without the time it is held against."""

    code = "goal-without-time"
    message = N_("This goal asks for a share or a percentile of a time, but not within which time or which percentile.")
    hint = N_("Write `within_s` for a share, `quantile` for a percentile.")


class NotYourName(UserError):
    """A number limited to one person's requests by names that do not count as theirs any more."""

    code = "goal-not-your-name"
    message = N_("The names by which this number was limited to your own requests no longer count as yours.")
    hint = N_("Ask whoever manages people to look at your names in the records, or take the limit off.")


@dataclass(frozen=True)
class Rows:
    """A query and its values: `counted_at`, `began`, `source`, `channel`, `team`, `state`, `value` of a thing counted.

    Beside them whose it is, `request`, and its wait by both clocks, `elapsed_s` and `business_s`; null for counts.
    """

    text: str
    values: Mapping[str, Any]


def count_days(shelf: Shelf, bound: Bound, zone: str, *, within: Sequence[float | None], as_of: datetime) -> list[Days]:
    """For each of the times, every day of the log up to `as_of` on which anybody was counted; local to `zone`.

    Not for requests that are open: see `count_open_days`. Raises UnknownMeasure, NothingToHoldAgainst, NoHours.
    """
    if not within:
        return []
    rows = rows_of(shelf, bound, zone)
    values = dict(rows.values) | {"as_of": as_of}
    told = []
    for place, within_s in enumerate(within):
        counted, hit = conditions(shelf, bound, within_s, as_of, f"t{place}", values)
        told += [f"count(*) filter (where {counted})", f"count(*) filter (where {counted} and {hit})"]
    query = (
        f"select cast(floor(epoch_us(counted_at) / {SLOT_S}e6) as bigint) as slot, {', '.join(told)} "
        f"from ({rows.text}) where counted_at <= $as_of group by slot order by slot"
    )
    found = asked(query, values)
    return [by_day(found[0], found[1 + 2 * i], found[2 + 2 * i], zone) for i in range(len(within))]


def asked(query: str, values: Mapping[str, Any]) -> list[np.ndarray[Any, np.dtype[np.int64]]]:
    """Ask the files of the facts; the columns of whole numbers that come back, nulls as 0."""
    from otklik.store.engine import open_engine

    with open_engine() as sql:
        table = sql.execute(query, dict(values)).to_arrow_table()
    return [np.asarray(column.fill_null(0).to_numpy(), np.int64) for column in table.columns]


def by_day(slot: Any, n: Any, k: Any, zone: str) -> Days:
    """Add up what was counted by quarters of an hour into the days of a zone; days with nobody are left out."""
    if not len(slot):
        return ()
    day = local_days(slot * SLOT_S, zone)
    found, place = np.unique(day, return_inverse=True)
    sums = [np.bincount(place, weights=column, minlength=len(found)).astype(np.int64) for column in (n, k)]
    rows = zip(found.tolist(), sums[0].tolist(), sums[1].tolist(), strict=True)
    return tuple(DayCount(day=day_at(one), n=many, k=made) for one, many, made in rows if many)


def day_at(number: int) -> date:
    """The day of a number from 1970-01-01."""
    return date.fromordinal(_EPOCH + number)


_EPOCH: Final = date(1970, 1, 1).toordinal()


def local_days(at_s: Any, zone: str) -> Any:
    """The number of the local day, from 1970-01-01, of instants in rising order."""
    from otklik.clock.zones import LocalTime

    return LocalTime(zone, int(at_s[0]), int(at_s[-1])).walls(at_s) // 86_400


def measure_of(bound: Bound) -> "Measure":
    """The measure a goal is bound to; raises UnknownMeasure."""
    from otklik.measures.catalog import BY_ID

    if bound.measure not in BY_ID:
        raise UnknownMeasure(measure=bound.measure, known=", ".join(BY_ID))
    return BY_ID[bound.measure]


def chosen(which: Slice, zone: str, waits: str = "") -> Asked:
    """The condition that picks the requests of a slice; raises NotYourName."""
    view = View(**{name: getattr(which, name) for name in TOLD_APART_BY})
    return Asked.of(view, zone, None, waits, held_by(which))


def held_by(which: Slice) -> tuple[str, ...]:
    """The names of the one person whose requests are meant; empty = everybody's. Raises NotYourName."""
    if NO_NAME in which.assignee:
        raise NotYourName
    return which.assignee


def columns_of(bound: Bound) -> tuple[str, str]:
    """The columns of the facts (of waits, for `waits`) with the value and the state a goal looks at."""
    measure = measure_of(bound)
    if measure.per == "wait":
        return ("wait_business_s" if bound.clock == "business" else "wait_s"), "state"
    if measure.unit == "count":
        return measure.id, f"{measure.id}_state"
    return f"{measure.id}_{'business_s' if bound.clock == 'business' else 's'}", f"{measure.id}_state"


def rows_of(shelf: Shelf, bound: Bound, zone: str) -> Rows:
    """Everything a goal could count, from the facts alone (from the waits too where it asks for each of them)."""
    value, state = columns_of(bound)
    facts, waits = shelf.kept.sql("facts"), shelf.kept.sql("waits")
    which = chosen(bound.which, zone)
    told = f"select * from ({facts}) where {which.text}"
    if measure_of(bound).per == "wait":
        at = {"arrived": 'w."start"', "answered": 'w."end"', "resolved": "f.ended_at"}[bound.which.cohort]
        only = " where w.state = 'done'" if bound.which.cohort == "answered" else ""
        return Rows(
            f'select {at} as counted_at, w."start" as began, f.source, f.channel, f.team, w.{state} as state, '
            f"w.{value} as value, request, w.wait_s as elapsed_s, w.wait_business_s as business_s "
            f"from ({waits}) w join ({told}) f using (source, request){only}",
            which.values,
        )
    at = {"arrived": "opened_at", "answered": "answered_at", "resolved": "ended_at"}[bound.which.cohort]
    if bound.which.cohort == "answered":
        first = f"select source, request, min(\"end\") as answered_at from ({waits}) where state = 'done' group by all"
        told = f"select f.*, w.answered_at from ({told}) f join ({first}) w using (source, request)"
    is_count = measure_of(bound).unit == "count"
    clocks = ("null", "null") if is_count else (f"{bound.measure}_s", f"{bound.measure}_business_s")
    return Rows(
        f"select {at} as counted_at, opened_at as began, source, channel, team, {state} as state, {value} as value, "
        f"request, {clocks[0]} as elapsed_s, {clocks[1]} as business_s from ({told})",
        which.values,
    )


def conditions(
    shelf: Shelf, bound: Bound, within_s: float | None, as_of: datetime, name: str, values: dict[str, Any]
) -> tuple[str, str]:
    """Who is counted and who of them made it, in SQL."""
    counts = measure_of(bound).unit == "count"
    there = "value is not null and state in ('done', 'running', 'never')"
    if within_s is None and not counts and bound.statistic != "count":
        raise NothingToHoldAgainst
    if within_s is None:
        over = f"{there} and state <> 'running'" if counts else there
        return over, "value >= 1" if counts else "true"
    values[f"{name}_within"] = within_s
    within = f"value <= ${name}_within"
    if counts:
        return f"{there} and state <> 'running'", within
    decided = f"{there} and (state <> 'running' or value >= ${name}_within)"
    if bound.which.cohort == "arrived":
        ripe, told = ripen(shelf, bound.clock, within_s, as_of).sql(name, "began")
        values.update(told)
        decided = f"{decided} and {ripe}"
    return decided, f"state = 'done' and {within}"
