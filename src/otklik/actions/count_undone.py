"""Count in the events behind a goal what its facts alone do not tell: requests merged away, and reopened soon after."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from otklik.actions.count_days import chosen
from otklik.schemas.goals import Slice

if TYPE_CHECKING:
    from otklik.actions.measure_goals import GoalRuler
    from otklik.goals.gaming import Counted

REOPENED_WITHIN: Final = timedelta(days=7)
"""Reopened so soon after it was called done, a request was not done."""
Sides = Mapping[bool, "Counted"]
"""Since the goal began (True), and before."""


def count_merged(ruler: "GoalRuler", which: Slice, begin: datetime, start: datetime, until: datetime) -> "Sides":
    """Of all who came from `begin` to `until`, those who were merged into another request."""
    query = (
        "select opened_at >= $start, count(*), count(m.request) from chosen left join "
        "(select distinct source, request from read_parquet($files, hive_partitioning = false) "
        "where kind = 'merged') m "
        "using (source, request) group by all"
    )
    return _ask(ruler, which, query, {"begin": begin, "start": start, "until": until})


def count_reopened(ruler: "GoalRuler", which: Slice, begin: datetime, start: datetime, until: datetime) -> "Sides":
    """Of all whose first resolution is old enough to tell, those that were reopened within seven days of one."""
    return _ask(
        ruler, which, _REOPENED, {"begin": begin, "start": start, "until": until, "ripe": until - REOPENED_WITHIN,
                                  "soon": REOPENED_WITHIN},
    )  # fmt: skip


_REOPENED: Final = """
, ripe as (
    select * from chosen where first_resolution_state = 'done' and reopens is not null
    and opened_at + to_microseconds(cast(first_resolution_s * 1e6 as bigint)) <= $ripe
),
told as (
    select e.source, e.request, e."at" as moment, e.seq, e.status in ('resolved', 'closed') as done
    from read_parquet($files, hive_partitioning = false) e
    semi join (select source, request from ripe where reopens > 0) using (source, request)
    where e.status is not null
),
steps as (
    select *, coalesce(lag(done) over (partition by source, request order by moment, seq), false) as was from told
),
since as (
    select *, max(case when done and not was then moment end) over (
        partition by source, request order by moment, seq rows between unbounded preceding and 1 preceding
    ) as done_at from steps
),
soon as (select distinct source, request from since where was and not done and moment - done_at <= $soon)
select opened_at >= $start, count(*), count(soon.request) from ripe left join soon using (source, request) group by all
"""


def _ask(ruler: "GoalRuler", which: Slice, query: str, values: dict[str, Any]) -> "Sides":
    from otklik.goals.gaming import Counted
    from otklik.store.engine import open_engine

    files = [str(file.folder / file.name) for file in ruler.shelf.snapshot.whole.files("events") if file.rows]
    if not files:
        return {}
    picked = chosen(which, ruler.zone)
    head = (
        f"with chosen as (select * from ({ruler.shelf.kept.sql('facts')}) where {picked.text} "
        "and opened_at >= $begin and opened_at < $until) "
    )
    with open_engine() as sql:
        found = sql.execute(head + query, {**picked.values, **values, "files": files}).fetchall()
    return {bool(since): Counted(int(hits), int(n)) for since, n, hits in found}
