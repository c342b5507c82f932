"""Count in the log behind a goal what could make its number better without making anybody wait less.

What the counts mean is judged in `otklik.goals.gaming`; a sign asks for a look, it accuses nobody.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from otklik.actions.count_days import chosen, columns_of, conditions, measure_of, rows_of
from otklik.actions.count_undone import count_merged, count_reopened
from otklik.schemas.coach import GamingKind
from otklik.schemas.goals import Bound

if TYPE_CHECKING:
    from otklik.actions.measure_goals import GoalRuler
    from otklik.goals.gaming import Channel
    from otklik.schemas.gaming import GamingCheck, GamingLook

BEFORE_DAYS: Final = 91
"""A sign is a change against so many days before the goal began."""
NEAR: Final = 0.1
"""Just below and just above a limit is a tenth of it either way."""
TOO_FAST_S: Final = 30.0
"""Nobody reads a request and writes an answer in less."""
Counts = dict[bool, Sequence[Any]]
"""Since the goal began (True), and before."""


def look_for_gaming(
    ruler: "GoalRuler",
    bound: Bound,
    *,
    start: date,
    last: date,
    within_s: float | None = None,
    lower_is_better: bool = False,
) -> "GamingLook | None":
    """Compare the days from `start` to `last` with those before; `within_s` is the time the goal is held against.

    None for a backlog, behind which nothing of the kind can be seen.
    """
    from otklik.goals.gaming import look_for_gaming as judge
    from otklik.goals.gaming import pile_up

    if bound.which.cohort == "open":
        return None
    checks: list[GamingCheck] = []
    channels: list[Channel] = []
    if within_s is not None and measure_of(bound).unit == "s":
        channels, sides = _near(ruler, bound, within_s, start, last)
        checks.append(pile_up(*sides[True], *sides[False]))
    checks += _of_requests(ruler, bound, start, last)
    checks += _of_events(ruler, bound, start, last)
    return judge(checks, channels, lower_is_better=lower_is_better)


def _period(ruler: "GoalRuler", start: date, last: date) -> dict[str, Any]:
    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(ruler.zone)).astimezone(UTC)

    return {
        "begin": midnight(start - timedelta(days=BEFORE_DAYS)),
        "start": midnight(start),
        "until": midnight(last + timedelta(days=1)),
    }


def _ask(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    from otklik.store.engine import open_engine

    with open_engine() as sql:
        return sql.execute(query, values).fetchall()


def _near(
    ruler: "GoalRuler", bound: Bound, within_s: float, start: date, last: date
) -> "tuple[list[Channel], dict[bool, tuple[int, int]]]":
    """Each channel before and since; and how many were served just below and just above the time."""
    from otklik.goals.gaming import Channel

    rows = rows_of(ruler.shelf, bound, ruler.zone)
    near = {"least": within_s * (1 - NEAR), "most": within_s * (1 + NEAR)}
    values = {**rows.values, **_period(ruler, start, last), **near}
    counted, made = conditions(ruler.shelf, bound, within_s, ruler.end_of(last), "g", values)
    told = _ask(
        f"select counted_at >= $start, coalesce(cast(channel as varchar), ''), count(*) filter (where {counted}), "
        f"count(*) filter (where {counted} and {made}), "
        "count(*) filter (where state = 'done' and value > $least and value <= $g_within), "
        "count(*) filter (where state = 'done' and value > $g_within and value <= $most) "
        f"from ({rows.text}) where counted_at >= $begin and counted_at < $until group by all",
        values,
    )
    by = {(since, name): (n, k) for since, name, n, k, _, _ in told}
    names = sorted({name for _, name in by})
    channels = [Channel(name, *by.get((False, name), (0, 0)), *by.get((True, name), (0, 0))) for name in names]
    sides = {
        since: (sum(row[4] for row in told if row[0] == since), sum(row[5] for row in told if row[0] == since))
        for since in (True, False)
    }
    return (channels if len(channels) > 1 else []), sides


def _of_requests(ruler: "GoalRuler", bound: Bound, start: date, last: date) -> "Iterator[GamingCheck]":
    """What became of the requests: taken out of the measure, laid aside, answered by no person."""
    from otklik.goals.gaming import Counted, grown_share, grown_time

    which = chosen(bound.which, ruler.zone)
    state = "longest_wait_state" if measure_of(bound).per == "wait" else columns_of(bound)[1]
    rest = "coalesce(waiting_on_customer_s, 0) + coalesce(waiting_on_third_party_s, 0)"
    ended = "ended_at is not null and resolution_s > 0"
    told = _ask(
        f"select opened_at >= $start, count(*), count(*) filter (where {state} = 'not_applicable'), "
        "count(*) filter (where first_reply_state = 'done'), "
        f"count(*) filter (where first_reply_state = 'done' and first_reply_s < {TOO_FAST_S}), "
        f"count(*) filter (where {ended}), sum(case when {ended} then {rest} else 0 end), "
        f"sum(case when {ended} then resolution_s else 0 end) "
        f"from ({ruler.shelf.kept.sql('facts')}) where {which.text} "
        "and opened_at >= $begin and opened_at < $until group by all",
        {**which.values, **_period(ruler, start, last)},
    )
    by: Counts = {bool(row[0]): row[1:] for row in told}
    if len(by) < 2:
        return
    now, before = by[True], by[False]
    yield grown_share("excluded", Counted(now[1], now[0]), Counted(before[1], before[0]))
    yield grown_share("auto_reply", Counted(now[3], now[2]), Counted(before[3], before[2]))
    yield grown_time(*_on_hold(now, before))


def _of_events(ruler: "GoalRuler", bound: Bound, start: date, last: date) -> "Iterator[GamingCheck]":
    """What was undone: merged into another request, reopened soon after it was called done."""
    from otklik.goals.gaming import Counted, grown_share

    nobody = Counted(0, 0)
    days = _period(ruler, start, last)
    counted: tuple[tuple[GamingKind, Any], ...] = (("merged", count_merged), ("reopened", count_reopened))
    for kind, count in counted:
        by = count(ruler, bound.which, **days)
        yield grown_share(kind, by.get(True, nobody), by.get(False, nobody))


def _on_hold(now: Sequence[float], before: Sequence[float]) -> tuple[float | None, float | None]:
    """The part of their life that ended requests lay aside, where they lay aside for longer at all.

    Requests that are served sooner are on hold for a larger part of a shorter life: that is no sign of anything.
    """
    if not (now[4] and before[4] and now[6] and before[6]) or now[5] / now[4] <= before[5] / before[4]:
        return None, None
    return min(1.0, now[5] / now[6]), min(1.0, before[5] / before[6])
