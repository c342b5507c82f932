"""One writer at a time: a lock the system itself drops when its owner dies, so that it can never be stale."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from otklik.store.errors import StoreBusy

LOCK = "writer.lock"
_EVERY_S = 0.05


@contextmanager
def writing(folder: Path, wait_s: float = 10.0) -> Iterator[None]:
    """Be the only writer of the folder; raise StoreBusy with the owner's number after `wait_s`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+", encoding="utf-8") as file:
        _take(file, folder, time.monotonic() + wait_s)
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}, file)
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()
            _unlock(file)


def _take(file: IO[str], folder: Path, until_s: float) -> None:
    while not _try_lock(file):
        if time.monotonic() >= until_s:
            raise StoreBusy(folder=str(folder), **_owner(folder))
        time.sleep(_EVERY_S)


def _owner(folder: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        found = json.loads((folder / LOCK).read_text("utf-8"))
        return {"pid": found["pid"], "since": found["since"]}
    return {"pid": "?", "since": "?"}


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        try:
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]
else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
