"""Which database the application lives in, and how it is spoken to.

SQLite by default (docs/decisions/web-database.md): a current one is taken in place of the system's where that still has
the WAL-reset bug, transactions begin IMMEDIATE, nothing is acknowledged before it is on the disk.
"""

import sqlite3
import sys
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from otklik.web.data_folder import DataFolder

SAFE_SQLITE = (3, 51, 3)
"""Before this version two connections that write and checkpoint at once may damage the file."""
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; PRAGMA mmap_size=0;"
WEB_TIMEOUTS = "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"


def take_current_sqlite() -> None:
    """Put a current SQLite in the place of an old one; call it before Django is loaded."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def database(url: str | None, folder: DataFolder) -> dict[str, Any]:
    """Settings for Django's DATABASES: SQLite in the data folder, or what DATABASE_URL names.

    Raises ValueError for a scheme that is neither postgresql nor sqlite.
    """
    if not url:
        return sqlite(str(folder.database))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL: {parts.scheme}:// is neither postgresql:// nor sqlite://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": WEB_TIMEOUTS, "connect_timeout": 5, **dict(parse_qsl(parts.query))},
    }


def sqlite(path: str) -> dict[str, Any]:
    """Settings for one SQLite file that a web process and a worker write to."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        "TEST": {"NAME": None},
    }
