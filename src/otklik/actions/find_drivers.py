"""Find where the requests are that miss a goal: channel, team, day of the week, time of day, and in which step."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Final

from otklik.actions.count_days import Rows, conditions, rows_of
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.split_waiting import split_waiting
from otklik.schemas.goal_changes import By, Driver, Drivers
from otklik.schemas.goals import LOWER_IS_BETTER, Bound, KeyResult

DAYS: Final = 28
MOST: Final = 3
"""So many groups of each kind are told."""
HOURS: Final = 4
"""Times of day are told in stretches of so many hours."""
_SLOT_S: Final = 900


def find_drivers(ruler: GoalRuler, key_result: KeyResult, last: date | None = None) -> Drivers | None:
    """Where the misses of a key result lie over its last days that are known whole; None of what has no misses to tell.

    The same requests are counted as the key result counts. Raises EmptyLog, and what `measure_goal` does.
    """
    bound = key_result.source
    if not isinstance(bound, Bound) or bound.which.cohort == "open" or bound.statistic == "count":
        return None
    within_s = key_result.target if bound.statistic == "quantile" else bound.within_s
    if within_s is None:
        return None
    ruler = ruler.by(bound)
    whole = measure_goal(ruler, bound, target=key_result.target).basis.whole_until
    last = min(last, whole) if last else whole
    first = last - timedelta(days=(bound.window_days or DAYS) - 1)
    hits_are_misses = bound.statistic == "share" and key_result.direction in LOWER_IS_BETTER
    counted = _counted(ruler, bound, within_s, first, last, hits_are_misses=hits_are_misses)
    rows = _rows(counted)
    n, misses = sum(row[3] for row in rows), sum(row[4] for row in rows)
    if not misses:
        return None
    groups = tuple(_groups(rows, ruler.zone))
    splits = tuple(split_waiting(ruler.shelf, bound, counted))
    return Drivers(first=first, last=last, within_s=within_s, n=n, misses=misses, groups=groups, splits=splits)


Row = tuple[int, str, str, int, int]


def _counted(
    ruler: GoalRuler, bound: Bound, within_s: float, first: date, last: date, *, hits_are_misses: bool
) -> Rows:
    """What the goal counts over these days, each with whether it is `missed`."""
    rows = rows_of(ruler.shelf, bound, ruler.zone)
    values: dict[str, Any] = dict(rows.values)
    counted, hit = conditions(ruler.shelf, bound, within_s, ruler.end_of(last), "d", values)
    missed = hit if hits_are_misses else f"not coalesce({hit}, false)"
    values |= {"begin": ruler.end_of(first - timedelta(days=1)), "end": ruler.end_of(last)}
    text = f"select *, {missed} as missed from ({rows.text}) "
    return Rows(f"{text} where counted_at > $begin and counted_at <= $end and {counted}", values)


def _rows(counted: Rows) -> list[Row]:
    from otklik.store.engine import open_engine

    query = (
        f"select cast(floor(epoch_us(began) / {_SLOT_S}e6) as bigint) as slot, coalesce(cast(channel as varchar), ''), "
        "coalesce(cast(team as varchar), ''), count(*), count(*) filter (where missed) "
        f"from ({counted.text}) group by all order by slot"
    )
    with open_engine() as sql:
        return sql.execute(query, dict(counted.values)).fetchall()


def _groups(rows: list[Row], zone: str) -> list[Driver]:
    import numpy as np

    from otklik.clock.zones import LocalTime

    at_s = np.array([row[0] for row in rows], dtype=np.int64) * _SLOT_S
    walls = LocalTime(zone, int(at_s[0]), int(at_s[-1])).walls(at_s)
    weekday = (walls // 86_400 + 3) % 7
    hour = walls % 86_400 // 3_600 // HOURS * HOURS
    told: list[Driver] = []
    columns: dict[By, list[str]] = {
        "channel": [row[1] for row in rows], "team": [row[2] for row in rows],
        "weekday": [str(int(one)) for one in weekday], "hour": [str(int(one)) for one in hour],
    }  # fmt: skip
    for by, values in columns.items():
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for value, row in zip(values, rows, strict=True):
            sums[value][0] += row[3]
            sums[value][1] += row[4]
        if len(sums) < 2:
            continue
        largest = sorted(sums.items(), key=lambda one: (-one[1][1], one[0]))[:MOST]
        told += [Driver(by=by, value=value, n=n, misses=misses) for value, (n, misses) in largest if misses]
    return told
