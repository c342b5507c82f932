"""How long work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called now and then with (what is done, a catalogue key; how much; of how much, or None)."""


def no_progress(what: str, done: int, of: int | None) -> None:
    """Say nothing; the default."""
