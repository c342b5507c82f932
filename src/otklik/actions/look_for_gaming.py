"""Look in the log behind a goal for what makes its number better without making anybody wait less.

Only what grew since the goal began, by more than chance, is told; a sign asks for a look, it accuses nobody.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from otklik.actions.count_days import chosen, columns_of, conditions, measure_of, rows_of
from otklik.schemas.coach import GamingKind, GamingSign
from otklik.schemas.goals import Bound

if TYPE_CHECKING:
    from otklik.actions.measure_goals import GoalRuler

BEFORE_DAYS: Final = 91
"""A sign is a change against so many days before the goal began."""
NEAR: Final = 0.1
"""Just below and just above a limit is a tenth of it either way."""
FEWEST: Final = 30
SURE: Final = 2.58
"""A change by so many standard errors is not chance: 99 of 100."""
TOO_FAST_S: Final = 30.0
"""Nobody reads a request and writes an answer in less."""
LONGER_ON_HOLD: Final = 1.25
WORTH_TELLING: Final = 0.1
"""A change between channels that explains less of a gain is left aside."""


@dataclass(frozen=True)
class Part:
    """What was counted in one channel, before the goal began or since."""

    since: bool
    channel: str
    n: int
    k: int
    below: int
    above: int


def look_for_gaming(
    ruler: "GoalRuler",
    bound: Bound,
    *,
    start: date,
    last: date,
    within_s: float | None = None,
    lower_is_better: bool = False,
) -> tuple[GamingSign, ...]:
    """Compare the days from `start` to `last` with those before; `within_s` is the time the goal is held against."""
    if bound.which.cohort == "open":
        return ()
    signs: list[GamingSign] = []
    if within_s is not None and measure_of(bound).unit == "s":
        parts = _parts(ruler, bound, within_s, start, last)
        signs += [*_pile_up(parts), *_mix(parts, lower_is_better)]
    return (*signs, *_of_facts(ruler, bound, start, last))


def _period(ruler: "GoalRuler", start: date, last: date) -> dict[str, Any]:
    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(ruler.zone)).astimezone(UTC)

    return {
        "begin": midnight(start - timedelta(days=BEFORE_DAYS)),
        "start": midnight(start),
        "until": midnight(last + timedelta(days=1)),
    }


def _ask(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect(config={"threads": 2}) as sql:
        sql.execute("set timezone = 'UTC'")
        return sql.execute(query, values).fetchall()


def _parts(ruler: "GoalRuler", bound: Bound, within_s: float, start: date, last: date) -> list[Part]:
    rows = rows_of(ruler.shelf, bound, ruler.zone)
    values = {
        **rows.values,
        **_period(ruler, start, last),
        "least": within_s * (1 - NEAR),
        "most": within_s * (1 + NEAR),
    }
    counted, made = conditions(ruler.shelf, bound, within_s, ruler.end_of(last), "g", values)
    told = _ask(
        f"select counted_at >= $start, coalesce(cast(channel as varchar), ''), count(*) filter (where {counted}), "
        f"count(*) filter (where {counted} and {made}), "
        "count(*) filter (where state = 'done' and value > $least and value <= $g_within), "
        "count(*) filter (where state = 'done' and value > $g_within and value <= $most) "
        f"from ({rows.text}) where counted_at >= $begin and counted_at < $until group by all",
        values,
    )
    return [Part(*row) for row in told]


def _pile_up(parts: Sequence[Part]) -> Iterator[GamingSign]:
    """More lie just below the limit than just above it, and the difference is new."""
    sides = {since: _sum([part for part in parts if part.since == since]) for since in (True, False)}
    (below, above), (below0, above0) = ((s.below, s.above) for s in (sides[True], sides[False]))
    if grew(below, below + above, below0, below0 + above0):
        yield GamingSign(kind="pile_up", now=_ratio(below, above), before=_ratio(below0, above0))


def _mix(parts: Sequence[Part], lower_is_better: bool) -> Iterator[GamingSign]:
    """Which part of the gain there would be had every channel stayed as it was, and only their shares changed."""
    now, before = ([p for p in parts if p.since == since] for since in (True, False))
    whole, whole0 = _sum(now), _sum(before)
    if min(whole.n, whole0.n) < FEWEST or len({part.channel for part in parts}) == 1:
        return
    gain = (whole.k / whole.n - whole0.k / whole0.n) * (-1 if lower_is_better else 1)
    share0 = {part.channel: part.k / part.n for part in before if part.n}
    overall = whole0.k / whole0.n
    shifted = sum(part.n * share0.get(part.channel, overall) for part in now) / whole.n - overall
    explained = shifted * (-1 if lower_is_better else 1)
    if gain > 0 and explained > WORTH_TELLING * gain:
        yield GamingSign(kind="mix", now=min(1.0, explained / gain))


def _sum(parts: Sequence[Part]) -> Part:
    return Part(True, "", *(sum(getattr(part, name) for part in parts) for name in ("n", "k", "below", "above")))


def _of_facts(ruler: "GoalRuler", bound: Bound, start: date, last: date) -> Iterator[GamingSign]:
    """What became of the requests themselves: taken out of the measure, reopened, laid aside, answered by no person."""
    which = chosen(bound.which, ruler.zone)
    state = "longest_wait_state" if measure_of(bound).per == "wait" else columns_of(bound)[1]
    rest = "coalesce(waiting_on_customer_s, 0) + coalesce(waiting_on_third_party_s, 0)"
    told = _ask(
        f"select opened_at >= $start, count(*), count(*) filter (where {state} = 'not_applicable'), "
        "count(*) filter (where ended_at is not null and reopens is not null), "
        "count(*) filter (where ended_at is not null and reopens > 0), "
        "count(*) filter (where first_reply_state = 'done'), "
        f"count(*) filter (where first_reply_state = 'done' and first_reply_s < {TOO_FAST_S}), "
        f"sum(case when ended_at is not null and resolution_s > 0 then {rest} else 0 end), "
        "sum(case when ended_at is not null and resolution_s > 0 then resolution_s else 0 end) "
        f"from ({ruler.shelf.kept.sql('facts')}) where {which.text} "
        "and opened_at >= $begin and opened_at < $until group by all",
        {**which.values, **_period(ruler, start, last)},
    )
    by = {bool(row[0]): row[1:] for row in told}
    if len(by) == 2:
        now, before = by[True], by[False]
        yield from _grown("excluded", (now[1], now[0]), (before[1], before[0]))
        yield from _grown("reopened", (now[3], now[2]), (before[3], before[2]))
        yield from _grown("auto_reply", (now[5], now[4]), (before[5], before[4]))
        yield from _on_hold(now, before)


def _grown(kind: GamingKind, now: tuple[int, int], before: tuple[int, int]) -> Iterator[GamingSign]:
    if grew(*now, *before):
        yield GamingSign(kind=kind, now=now[0] / now[1], before=before[0] / before[1])


def _on_hold(now: Sequence[float], before: Sequence[float]) -> Iterator[GamingSign]:
    """Ended requests were laid aside for a quarter longer, and for a larger part of their life."""
    if min(now[2], before[2]) >= FEWEST and now[7] and before[7]:
        share, share0 = (min(1.0, side[6] / side[7]) for side in (now, before))
        if share > share0 and now[6] / now[2] > LONGER_ON_HOLD * before[6] / before[2] > 0:
            yield GamingSign(kind="on_hold", now=share, before=share0)


def grew(hits: int, n: int, hits_before: int, n_before: int) -> bool:
    """Whether a share is larger than before by more than chance; of too few nobody can say."""
    if min(n, n_before) < FEWEST:
        return False
    both = (hits + hits_before) / (n + n_before)
    error = math.sqrt(both * (1 - both) * (1 / n + 1 / n_before))
    return error > 0 and (hits / n - hits_before / n_before) / error > SURE


def _ratio(below: int, above: int) -> float:
    return (below + 0.5) / (above + 0.5)
