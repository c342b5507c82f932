"""The engine that asks the files of the log: two threads, and instants in UTC as the files have them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def open_engine() -> "Iterator[DuckDBPyConnection]":
    """Open DuckDB in memory for one question or a few, and close it after them."""
    import duckdb

    with duckdb.connect(config={"threads": 2}) as sql:
        sql.execute("set timezone = 'UTC'")
        yield sql
