"""What kinds of work there are: each app registers its own in `<app>/work.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from otklik.base.progress import Progress


@dataclass(frozen=True)
class Asked:
    """What a piece of work gets to know: its arguments, who asked, and how to tell how far it is."""

    job_id: int
    arguments: dict[str, Any]
    asked_by_id: int | None
    progress: Progress


class Later(Exception):
    """The work cannot be done just now (another process writes): it waits its turn again and has not failed."""

    def __init__(self, seconds: float = 5.0) -> None:
        super().__init__(seconds)
        self.seconds = seconds


Work = Callable[[Asked], dict[str, Any] | None]
WORK: dict[str, Work] = {}
REGULAR: dict[str, tuple[timedelta, Callable[[], None]]] = {}


def work(kind: str) -> Callable[[Work], Work]:
    """Register what is to be done for jobs of a kind; it must be safe to begin again after a crash."""

    def register(function: Work) -> Work:
        WORK[kind] = function
        return function

    return register


def every(**period: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register something regular: `@every(minutes=5)`; one of all workers does it."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        REGULAR[f"{function.__module__}.{function.__qualname__}"] = (timedelta(**period), function)
        return function

    return register
