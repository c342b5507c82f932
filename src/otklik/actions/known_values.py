"""What the kept log tells requests apart by: its channels, teams, priorities ... the most frequent first."""

from collections.abc import Collection
from typing import Final

from otklik.actions.cut_log import Shelf
from otklik.actions.refresh_facts import TOLD_APART_BY

MOST: Final = 200


def known_values(shelf: Shelf, columns: Collection[str], most: int = MOST) -> dict[str, list[str]]:
    """The values of columns that lie beside the facts; other columns have none."""
    from otklik.store.engine import open_engine

    found: dict[str, list[str]] = {name: [] for name in columns}
    with open_engine() as sql:
        for name in (one for one in columns if one in TOLD_APART_BY):
            rows = sql.execute(
                f'select cast("{name}" as varchar) as value from ({shelf.kept.sql("facts")}) '
                "where value is not null group by value order by count(*) desc, value limit ?",
                [most],
            ).fetchall()
            found[name] = [value for (value,) in rows]
    return found
