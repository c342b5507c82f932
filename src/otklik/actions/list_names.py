"""The names that the records tell of teams and of people, those met most often first."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from otklik.base.errors import UserError

MOST_TEAMS: Final = 200
MOST_PEOPLE: Final = 20_000
SHOWN: Final = 12
_SHORTEST: Final = 3


def list_teams(folder: Path, most: int = MOST_TEAMS) -> list[str]:
    """Names of teams in the kept log; none where it is not there, is being made just now, or cannot be read here."""
    return _names(folder, "team", most)


def list_holders(folder: Path, most: int = MOST_PEOPLE) -> list[str]:
    """Every name under which requests were held: those that can be somebody's own; none as above."""
    return _names(folder, "assignee", most)


def looking_alike(names: Iterable[str], text: str, most: int = SHOWN) -> list[str]:
    """Those of the names that share a word with a text, in their order.

    >>> looking_alike(["Anna Orlova", "Boris", "a.orlova"], "Anna orlova@shop.example")
    ['Anna Orlova', 'a.orlova']
    """
    words = _words(text)
    return [name for name in names if words & _words(name)][:most]


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) >= _SHORTEST}


def _names(folder: Path, column: Literal["team", "assignee"], most: int) -> list[str]:
    from otklik.store import ServiceStore
    from otklik.store.engine import open_engine

    try:
        whole = ServiceStore(folder).snapshot().whole
    except UserError:
        return []
    files = [str(file.folder / file.name) for file in whole.files("events") if file.rows]
    if not files:
        return []
    query = (
        f"select {column} from read_parquet($files, hive_partitioning = false, union_by_name = true) "
        f"where trim({column}) <> '' group by {column} order by count(*) desc, {column} limit $most"
    )
    with open_engine() as sql:
        return [name for (name,) in sql.execute(query, {"files": files, "most": most}).fetchall()]
