"""Read a bound goal as a vague wording would: by its mean, by another clock, without those who still wait."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.schemas.goal_readings import Kind, OneReading, SeveralReadings
from otklik.schemas.goals import LOWER_IS_BETTER, Bound, KeyResult

DAYS: Final = 28


@dataclass(frozen=True)
class _Aim:
    """What the goal asks: `share` of the waits within `within_s`; told as a share or as a wait."""

    bound: Bound
    within_s: float
    share: float

    @property
    def is_share(self) -> bool:
        return self.bound.statistic == "share"


@dataclass(frozen=True)
class _Taken:
    """What the facts say of one clock and one way of counting."""

    n: int
    k: int
    percentile: float | None
    ended: int
    ended_k: int
    ended_percentile: float | None
    mean: float | None
    middle: float | None


def read_otherwise(ruler: GoalRuler, key_result: KeyResult) -> SeveralReadings | None:
    """The goal and its vague neighbours over the last days that are whole; None of what is no wait with a target.

    Raises EmptyLog, and what `measure_goal` does.
    """
    aim = _aim(key_result)
    if aim is None:
        return None
    ruler = ruler.by(aim.bound)
    last = measure_goal(ruler, aim.bound, target=aim.within_s).basis.whole_until
    first = last - timedelta(days=(aim.bound.window_days or DAYS) - 1)
    own = _taken(ruler, aim, aim.bound, first, last)
    if not own.n:
        return None
    found = [_read(aim, "as_set", own.n, own.k, own.percentile), *_around(ruler, aim, own, first, last)]
    return SeveralReadings(first=first, last=last, within_s=aim.within_s, share=aim.share, readings=tuple(found))


def _aim(key_result: KeyResult) -> _Aim | None:
    from otklik.actions.count_days import measure_of

    bound, target = key_result.source, key_result.target
    if not isinstance(bound, Bound) or target is None or bound.which.cohort == "open":
        return None
    if measure_of(bound).unit == "count":
        return None
    if bound.statistic == "quantile" and bound.quantile and key_result.direction in LOWER_IS_BETTER:
        return _Aim(bound, target, bound.quantile)
    is_more_better = key_result.direction in ("raise", "keep_above")
    if bound.statistic == "share" and bound.within_s is not None and is_more_better and 0 < target < 1:
        return _Aim(bound, bound.within_s, target)
    return None


def _around(ruler: GoalRuler, aim: _Aim, own: _Taken, first: date, last: date) -> list[OneReading]:
    found = []
    if own.ended:
        found += [_timed(aim, "mean", own.ended, own.mean), _timed(aim, "median", own.ended, own.middle)]
    if aim.bound.which.cohort == "arrived":
        found.append(_read(aim, "ended_only", own.ended, own.ended_k, own.ended_percentile))
    else:
        which = aim.bound.which.model_copy(update={"cohort": "arrived"})
        all_ = _taken(ruler, aim, aim.bound.model_copy(update={"which": which}), first, last)
        found.append(_read(aim, "everybody", all_.n, all_.k, all_.percentile))
    clock = "elapsed" if aim.bound.clock == "business" else "business"
    other = _taken(ruler, aim, aim.bound.model_copy(update={"clock": clock}), first, last)
    if other.n:
        found.append(_read(aim, "other_clock", other.n, other.k, other.percentile, clock))
        found.append(_timed(aim, "mean_other_clock", other.ended, other.mean, clock))
    return [one for one in found if one.n]


def _read(aim: _Aim, kind: Kind, n: int, k: int, percentile: float | None, clock: Any = None) -> OneReading:
    from otklik.goals.day_counts import is_reached

    number = (k / n if n else None) if aim.is_share else percentile
    return OneReading(
        kind=kind, unit="share" if aim.is_share else "s", clock=clock or aim.bound.clock, number=number, n=n,
        reached=is_reached(n, k, aim.share),
    )  # fmt: skip


def _timed(aim: _Aim, kind: Kind, n: int, value: float | None, clock: Any = None) -> OneReading:
    reached = value is not None and value <= aim.within_s
    return OneReading(kind=kind, unit="s", clock=clock or aim.bound.clock, number=value, n=n, reached=reached)


def _taken(ruler: GoalRuler, aim: _Aim, bound: Bound, first: date, last: date) -> _Taken:
    from otklik.actions.count_days import rows_of
    from otklik.store.engine import open_engine

    rows = rows_of(ruler.shelf, bound, ruler.zone)
    counted = "value is not null and (state in ('done', 'never') or state = 'running' and value >= $within)"
    made = "state = 'done' and value <= $within"
    wait = "case when state = 'done' then cast(value as double) end"
    query = (
        f"select count(*) filter (where {counted}), count(*) filter (where {counted} and {made}), "
        f"quantile_disc(coalesce({wait}, 'infinity'::double), $share) filter (where {counted}), "
        f"count({wait}), count(*) filter (where {made}), quantile_disc({wait}, $share), avg({wait}), "
        f"quantile_disc({wait}, 0.5) from ({rows.text}) where counted_at > $begin and counted_at <= $end"
    )
    values = dict(rows.values) | {"within": aim.within_s, "share": aim.share}
    values |= {"begin": ruler.end_of(first - timedelta(days=1)), "end": ruler.end_of(last)}
    with open_engine() as sql:
        found = sql.execute(query, values).fetchone() or (0,) * 8
    n, k, percentile, ended, ended_k, ended_percentile, mean, middle = found
    return _Taken(n, k, _finite(percentile), ended, ended_k, _finite(ended_percentile), _finite(mean), _finite(middle))


def _finite(value: float | None) -> float | None:
    return None if value is None or value == float("inf") else float(value)
