"""The teams that the records name, those with most requests first."""

from pathlib import Path
from typing import Final

MOST: Final = 200


def list_teams(folder: Path, most: int = MOST) -> list[str]:
    """Names of teams in the kept log; raise NotAStore where there is none."""
    import duckdb

    from otklik.store import ServiceStore

    whole = ServiceStore(folder).snapshot().whole
    files = [str(file.folder / file.name) for file in whole.files("events") if file.rows]
    if not files:
        return []
    with duckdb.connect() as sql:
        sql.execute("set threads = 2")
        found = sql.execute(_TEAMS, {"files": files, "most": most}).fetchall()
    return [name for (name,) in found]


_TEAMS = """
select team from read_parquet($files, hive_partitioning = false)
where team is not null and trim(team) <> '' group by team order by count(*) desc, team limit $most
"""
