"""Find people in the kept log: customers and those who answer, by a part of their name."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from otklik.schemas.people import PersonTrace

if TYPE_CHECKING:
    from otklik.store.tables import Whole

MOST: Final = 50
SHORTEST: Final = 2


def find_person(folder: Path, like: str, most: int = MOST) -> list[PersonTrace]:
    """Everyone whose name holds the text, in small or large letters; the history of the log is looked through too."""
    from otklik.store.engine import open_engine

    text = like.strip()
    if len(text) < SHORTEST:
        return []
    whole = _newest(folder)
    if whole is None:
        return []
    sources = {name: _scan(whole, name) for name in ("events", "requests")}
    with open_engine() as sql:
        found = sql.execute(_FIND.format(**sources), {"like": text, "most": most}).fetchall()
    return [PersonTrace(*row) for row in found]


def _newest(folder: Path) -> "Whole | None":
    from otklik.store.tables import Tables

    tables = Tables(folder)
    return tables.newest() if tables.exists() else None


def _scan(whole: "Whole", name: str) -> str:
    columns = {"events": "source, request, actor, assignee", "requests": "source, request, customer"}[name]
    files = [file for table in (name, f"history_{name}") for file in whole.files(table)]
    if not files:
        return f"(select {columns} from (select null::text as {columns.replace(', ', ', null::text as ')}) where false)"
    paths = ", ".join("'" + str(file.folder / file.name).replace("'", "''") + "'" for file in files)
    return f"(select {columns} from read_parquet([{paths}], hive_partitioning = false, union_by_name = true))"


_FIND = """
with named as (
    select customer as name, count(distinct (source, request)) as requests, 0 as wrote, 0 as held
        from {requests} where contains(lower(customer), lower($like)) group by customer
    union all select actor, 0, count(*), 0 from {events} where contains(lower(actor), lower($like)) group by actor
    union all select assignee, 0, 0, count(*) from {events}
        where contains(lower(assignee), lower($like)) group by assignee
)
select name, sum(requests)::bigint, sum(wrote)::bigint, sum(held)::bigint from named
group by name order by lower(name) = lower($like) desc, sum(requests) + sum(wrote) + sum(held) desc, name limit $most
"""
