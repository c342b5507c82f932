"""The number of a goal in each whole week of a cycle: for goals that are kept week by week, and for their picture."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from otklik.schemas.goal_results import Reading
from otklik.schemas.goals import Bound, DayCount

if TYPE_CHECKING:
    from otklik.actions.measure_goals import GoalRuler
    from otklik.goals.weeks import Days


def take_weeks(
    ruler: "GoalRuler", bound: Bound, reading: Reading, weeks: Sequence["Days"], until: date
) -> tuple[float | None, ...]:
    """A number for each of the weeks that are over by a day, as the goal counts; None for a week that knows nothing.

    Percentiles are those of everybody who came in the week and is old enough for the goal; who still waits has the
    longest wait of all, so a week is within the goal exactly when enough of its requests are.
    """
    over = [week for week in weeks if week.last <= until]
    if not over:
        return ()
    if bound.statistic == "quantile":
        return _percentiles(ruler, bound, reading, over)
    return tuple(_of_days(bound, [day for day in reading.days if day.day in week]) for week in over)


def _of_days(bound: Bound, days: Sequence[DayCount]) -> float | None:
    if not days:
        return 0.0 if bound.statistic == "count" and bound.which.cohort != "open" else None
    if bound.which.cohort == "open":
        days = days[-1:]
    n, k = sum(day.n for day in days), sum(day.k for day in days)
    if bound.statistic == "count":
        return float(k)
    return k / n if n else None


def _percentiles(
    ruler: "GoalRuler", bound: Bound, reading: Reading, weeks: Sequence["Days"]
) -> tuple[float | None, ...]:
    from otklik.actions.count_days import conditions, measure_of, rows_of
    from otklik.store.engine import open_engine

    rows = rows_of(ruler.shelf, bound, ruler.zone)
    within_s, end = reading.within_s, reading.basis.as_of
    values: dict[str, Any] = {**rows.values, "quantile": bound.quantile, "end": end}
    if within_s is None:
        counted = "value is not null and state in ('done', 'never')"
    else:
        counted, _ = conditions(ruler.shelf, bound, within_s, end, "w", values)
        if "$w_within" not in counted:
            del values["w_within"]
    made = "true" if measure_of(bound).unit == "count" else "state = 'done'"
    told = " ".join(_when(number, week, ruler.zone, values) for number, week in enumerate(weeks))
    query = (
        f"select week, quantile_disc(case when {made} then cast(value as double) else 'infinity'::double end, "
        f"$quantile) from (select *, case {told} end as week from ({rows.text})) "
        f"where week is not null and counted_at <= $end and {counted} group by week"
    )
    with open_engine() as sql:
        found = dict(sql.execute(query, values).fetchall())
    return tuple(found.get(number) for number in range(len(weeks)))


def _when(number: int, week: "Days", zone: str, values: dict[str, Any]) -> str:
    for name, day in (("from", week.first), ("until", week.last + timedelta(days=1))):
        values[f"{name}{number}"] = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    return f"when counted_at >= $from{number} and counted_at < $until{number} then {number}"
