"""Results that are worked out once and kept as files; any of them may be deleted at any time."""

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from otklik.base.files import whole_file

KEPT_FOR = timedelta(days=14)
_LOCKS: dict[str, threading.Lock] = {}
_LOCKS_LOCK = threading.Lock()


def remembered(key: str, make: Callable[[], str]) -> str:
    """Give what was worked out before under a key, else work it out; two who ask at once wait for one."""
    found = recall(key)
    if found is not None:
        return found
    with _one_at_a_time(key):
        found = recall(key)
        if found is None:
            found = make()
            with whole_file(_place(key)) as temporary:
                temporary.write_bytes(zlib.compress(found.encode(), 3))
    return found


def recall(key: str) -> str | None:
    """What was worked out before, or None."""
    try:
        return zlib.decompress(_place(key).read_bytes()).decode()
    except (FileNotFoundError, zlib.error):
        return None


def forget_old(now: datetime) -> int:
    """Delete what nobody has worked out anew for a long time; say how many."""
    gone = 0
    for path in settings.DATA.remembered.glob("*/*.z"):
        if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _place(key: str) -> Path:
    folder: Path = settings.DATA.remembered / key[:2]
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{key}.z"


@contextmanager
def _one_at_a_time(key: str) -> Iterator[None]:
    with _LOCKS_LOCK:
        lock = _LOCKS.setdefault(key, threading.Lock())
    try:
        with lock:
            yield
    finally:
        with _LOCKS_LOCK:
            _LOCKS.pop(key, None)
