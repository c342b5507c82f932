"""Machine code from the plain functions, kept on disk and never older than its sources.

numba's own cache looks only at the file of the outermost function: a change in a function that it calls would go
unseen, and old machine code would give wrong numbers. So the code is kept in a folder named after the contents of
every file it can have come from.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[1]
_ALWAYS = ("base", "schemas", "clock")


def compile_function(function: Callable[..., Any], calls: Iterable[Callable[..., Any]] = ()) -> Any:
    """Return the same function compiled; it lets go of the interpreter lock while it runs.

    `calls` are the plain functions of ours that it calls, directly or not; those of the clock are known.
    """
    import numba
    from numba.extending import register_jitable

    from otklik.clock import compiled

    make_callable: Callable[[Any], Any] = register_jitable
    for plain in (compiled.position_us, compiled.moment_us, compiled.last_moment_us, compiled.deadline_us, *calls):
        make_callable(plain)
    settings: Any = numba.config
    folder = _cache_folder(settings.CACHE_DIR, function)
    with _kept_in(settings, folder):
        return numba.njit(nogil=True, cache=folder is not None)(function)


@contextmanager
def _kept_in(config: Any, folder: Path | None) -> Iterator[None]:
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder or before)
    try:
        yield
    finally:
        config.CACHE_DIR = before


def _cache_folder(chosen: str, function: Callable[..., Any]) -> Path | None:
    """Where machine code may be kept: as the user says, else beside the sources, else in the user's cache."""
    room = Path(sys.modules[function.__module__].__file__ or __file__).resolve().parent
    name = _digest((*(_PACKAGE / name for name in _ALWAYS), room))
    beside = _PACKAGE / "__pycache__"
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if chosen:
        return Path(chosen) / name
    if os.access(beside if beside.exists() else _PACKAGE, os.W_OK):
        return beside / name
    return own / "otklik" / name if os.access(own, os.W_OK) else None


@cache
def _digest(folders: tuple[Path, ...]) -> str:
    files = sorted({file for folder in folders for file in folder.rglob("*.py")})
    seen = hashlib.sha256()
    for file in files:
        seen.update(str(file).encode())
        seen.update(file.read_bytes())
    return f"machine-code-{seen.hexdigest()[:16]}"
