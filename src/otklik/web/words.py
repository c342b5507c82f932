"""Words in the language of whoever looks: the project's catalogue, for Python and for templates."""

from functools import cache
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from otklik.base.text import Words
from otklik.charts import Speech
from otklik.web.vocabulary import heard


@cache
def _words(language: str, vocabulary: str) -> Words:
    return Words(language, vocabulary)


def language() -> str:
    """The language of the person we are talking to: 'en' or 'ru'."""
    return (get_language() or "en").split("-")[0]


def words() -> Words:
    """Every sentence of that language, in the words of the company."""
    spoken = language()
    return _words(spoken, heard().nouns.get(spoken, ""))


def say(key: str, /, **facts: Any) -> str:
    """Translate a key and fill its places."""
    return words().say(key, **facts)


def count(one: str, many: str, n: int, /, **facts: Any) -> str:
    """Translate a key that depends on a number."""
    return words().count(one, many, n, **facts)


def with_method(title: str) -> str:
    """A title, with the short name of the method beside it where the company has chosen one."""
    method = heard().method
    return f"{title} ({method})" if method else title


say_later = lazy(say, str)
"""The same for labels that are written down before anybody looks."""


def speech(zone: str = "UTC", *, is_process: bool = False) -> Speech:
    """Figures, dates and names as the reader's language writes them."""
    return Speech(language(), is_process=is_process, zone=zone)
