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
    room = Path(sys.modules[function.__module__].__file__ or __file__).resolve().parent
    folder = machine_code_folder(_digest((*(_PACKAGE / name for name in _ALWAYS), room)))
    with kept_in(folder):
        return numba.njit(nogil=True, cache=folder is not None)(function)


@contextmanager
def kept_in(folder: Path | None) -> Iterator[None]:
    """Let numba keep what is compiled meanwhile in this folder; None leaves its own setting."""
    import numba

    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder or before)
    try:
        yield
    finally:
        settings.CACHE_DIR = before


def machine_code_folder(name: str) -> Path | None:
    """Where machine code of this name is kept: OTKLIK_CACHE, else the user's cache; None if it cannot be written."""
    root = os.environ.get("OTKLIK_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "otklik"
    folder = Path(root) / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


@cache
def _digest(folders: tuple[Path, ...]) -> str:
    files = sorted({file for folder in folders for file in folder.rglob("*.py")})
    seen = hashlib.sha256()
    for file in files:
        seen.update(str(file).encode())
        seen.update(file.read_bytes())
    return f"machine-code-{seen.hexdigest()[:16]}"
