"""Words in the reader's language: one gettext catalogue for core, command line and web."""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

LANGUAGES = ("en", "ru")
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


def N_(text: str) -> str:  # the name that gettext tools look for
    """Mark a text for the catalogue and return it untouched; the door translates it."""
    return text


class Spoken(Protocol):
    """An error that knows its catalogue keys and its facts."""

    message: str
    hint: str

    @property
    def facts(self) -> Mapping[str, object]:
        """What the places in the texts are filled with."""


class Words:
    """Every sentence of one language; English is the key and the fallback. A vocabulary says some of them otherwise."""

    def __init__(self, language: str = "en", vocabulary: str = "") -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = _otherwise(self.language, vocabulary) if vocabulary else _catalogue(self.language)

    def say(self, key: str, /, **facts: object) -> str:
        """Translate a key and fill its `%(name)s` places."""
        text = self._catalogue.gettext(key) if key else ""
        return text % facts if facts else text

    def count(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """Translate a key that depends on a number; `%(n)s` is filled with it."""
        return self._catalogue.ngettext(one, many, n) % {"n": n, **facts}

    def error(self, error: Spoken) -> str:
        """Say what went wrong and what to try."""
        facts = {name: self.say(fact) if isinstance(fact, str) else fact for name, fact in error.facts.items()}
        return "\n".join(self.say(part) % facts for part in (error.message, error.hint) if part)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", str(LOCALE_FOLDER), [language], fallback=True)


@cache
def _otherwise(language: str, vocabulary: str) -> gettext.NullTranslations:
    """What a vocabulary does not say comes from the catalogue of its language."""
    with (LOCALE_FOLDER / "vocabulary" / f"{language}_{vocabulary}.mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)
    found.add_fallback(_catalogue(language))
    return found
