"""Who holds requests by the records, as they name them: the names that can be somebody's own."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MOST: Final = 20_000
SHOWN: Final = 12
_SHORTEST: Final = 3


def list_holders(folder: Path, most: int = MOST) -> list[str]:
    """Every name under which requests were held, the most frequent first; none where there is no log."""
    import duckdb

    from otklik.store.tables import Tables

    tables = Tables(folder)
    whole = tables.newest() if tables.exists() else None
    files = [str(file.folder / file.name) for file in whole.files("events") if file.rows] if whole else []
    if not files:
        return []
    with duckdb.connect(config={"threads": 2}) as sql:
        found = sql.execute(
            "select assignee from read_parquet($files, hive_partitioning = false, union_by_name = true) "
            "where assignee is not null group by assignee order by count(*) desc, assignee limit $most",
            {"files": files, "most": most},
        ).fetchall()
    return [name for (name,) in found]


def looking_alike(names: Iterable[str], text: str, most: int = SHOWN) -> list[str]:
    """Those of the names that share a word with a text, in their order.

    >>> looking_alike(["Anna Orlova", "Boris", "a.orlova"], "Anna orlova@shop.example")
    ['Anna Orlova', 'a.orlova']
    """
    words = _words(text)
    return [name for name in names if words & _words(name)][:most]


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) >= _SHORTEST}
