"""The words of the company: what it calls its method and its goals; read once a request, heard on the pages of people.

Programs, mails, files and the command line keep the plain words.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

METHODS: Final = ("OKR", "ЦКР")
"""Short names of the method; they stand beside the title of the pages about goals and are never bent."""
NOUNS: Final[Mapping[str, tuple[str, ...]]] = {"en": ("objective",), "ru": ("task",)}
"""By language what a goal may be called otherwise; `locale/vocabulary/<language>_<noun>.po` says how."""


@dataclass(frozen=True)
class Vocabulary:
    """One choice of words; empty = the plain ones."""

    method: str = ""
    nouns: Mapping[str, str] = field(default_factory=dict)
    """By language."""

    @classmethod
    def read(cls, told: Any) -> "Vocabulary":
        """As it is kept; what is not known is not heard."""
        told = told if isinstance(told, dict) else {}
        method = told.get("method")
        nouns = {language: told[language] for language, known in NOUNS.items() if told.get(language) in known}
        return cls(method if method in METHODS else "", nouns)

    def kept(self) -> dict[str, str]:
        """As it is kept."""
        return {**({"method": self.method} if self.method else {}), **self.nouns}


PLAIN: Final = Vocabulary()
_HEARD: ContextVar[Vocabulary] = ContextVar("vocabulary", default=PLAIN)


@contextmanager
def speaking(vocabulary: Vocabulary) -> Iterator[None]:
    """Whatever is said meanwhile is said in these words."""
    before = _HEARD.set(vocabulary)
    try:
        yield
    finally:
        _HEARD.reset(before)


def heard() -> Vocabulary:
    """The words that are spoken just now."""
    return _HEARD.get()
