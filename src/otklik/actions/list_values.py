"""The values by which the requests of the kept log can be picked, most frequent first."""

from typing import Final

from otklik.actions.cut_log import Shelf
from otklik.schemas.views import NOTHING, TOLD_APART_BY

SHOWN: Final = 200


def list_values(shelf: Shelf) -> dict[str, list[tuple[str, int]]]:
    """For each column (value, requests); NOTHING = those without a value; columns with one value are left out."""
    from otklik.store.engine import open_engine

    found: dict[str, list[tuple[str, int]]] = {}
    with open_engine() as sql:
        facts = shelf.kept.sql("facts")
        for name in TOLD_APART_BY:
            rows = sql.execute(
                f"select coalesce(cast({name} as varchar), '{NOTHING}') as value, count(*) as n from ({facts}) "
                f"group by 1 order by n desc, value limit {SHOWN}"
            ).fetchall()
            if len(rows) > 1:
                found[name] = [(value, n) for value, n in rows]
    return found
