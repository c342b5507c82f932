"""Keep requests no longer than wanted: those that ended long ago leave the log."""

from datetime import datetime, timedelta
from pathlib import Path

from otklik.schemas.people import Retained


def retain(folder: Path, keep_days: int, now: datetime) -> Retained:
    """Take out requests that were over more than `keep_days` days ago, with what was set aside before then.

    A request that is not over stays, however old. Nothing of it can be undone. Safe to begin again after a crash.
    """
    from otklik.store.erasing import ended_before, remove_requests
    from otklik.store.lock import writing
    from otklik.store.tables import Tables

    if keep_days < 1:
        raise ValueError("keep at least one day")
    tables = Tables(folder)
    if not tables.exists():
        return Retained(0)
    before = now - timedelta(days=keep_days)
    with writing(folder):
        keys = ended_before(tables.newest(), before)
        remove_requests(tables, keys, before)
    return Retained(len(keys))
