"""How far long work is: a line that moves in a terminal, a line a step elsewhere; always on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from otklik.base.progress import Progress
from otklik.base.text import Words


@contextmanager
def shown_progress(words: Words) -> Iterator[Progress]:
    """Give the work something to report to."""
    if sys.stderr.isatty():
        with _moving(words) as progress:
            yield progress
    else:
        yield _lines(words)


def _lines(words: Words) -> Progress:
    said: set[str] = set()

    def progress(what: str, done: int, of: int | None) -> None:
        if what not in said:
            said.add(what)
            print(f"{words.say(what)} ...", file=sys.stderr, flush=True)

    return progress


@contextmanager
def _moving(words: Words) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def progress(what: str, done: int, of: int | None) -> None:
            if what not in tasks:
                for earlier in bars.tasks:
                    bars.update(earlier.id, visible=False)
                tasks[what] = bars.add_task(words.say(what), total=of)
            bars.update(tasks[what], completed=done, total=of)  # type: ignore[arg-type]

        yield progress
