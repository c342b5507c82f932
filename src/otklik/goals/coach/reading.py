"""A text as the coach reads it: words with their places, and what each word can be."""

import logging
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from otklik.goals.coach.vocabulary import ACTION_VERBS, NOUN_TOO, SKIPPED_FIRST

Span = tuple[int, int]
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_COUNTED: Final = re.compile(r"[^\W_]+(?:[-'’.,/:][^\W_]+)*")
_UNLIKELY: Final = 0.08
_LONGEST: Final = 60
"""No word is longer; what is, is noise."""


@dataclass(frozen=True)
class Form:
    """One thing a written word can be: lemma, part of speech; `orders`: an infinitive, "let us", a base form."""

    lemma: str
    part: str
    orders: bool = False
    plural: bool = False


@dataclass(frozen=True)
class Word:
    """A word of a text, in lower case, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def forms(self) -> tuple[Form, ...]:
        """What it can be."""
        return forms_of(self.text)

    @property
    def lemmas(self) -> frozenset[str]:
        """Every lemma it can have."""
        return frozenset(form.lemma for form in self.forms)

    @property
    def is_russian(self) -> bool:
        """Tell whether it is written in Cyrillic."""
        return bool(_CYRILLIC.search(self.text))

    def may_be(self, lemmas: frozenset[str], parts: tuple[str, ...] = ()) -> bool:
        """Tell whether one of its forms has one of the lemmas (and is one of the parts of speech, where given)."""
        return any(form.lemma in lemmas and (not parts or form.part in parts) for form in self.forms)


@lru_cache(512)
def words_of(text: str) -> tuple[Word, ...]:
    """Every word of a text in order; numbers are no words."""
    return tuple(Word(found[0].lower().replace("ё", "е"), found.start(), found.end()) for found in _WORD.finditer(text))


def count_words(text: str) -> int:
    """How many words people would count: numbers too, a dash is none."""
    return len(_COUNTED.findall(text))


def opening(text: str) -> int | None:
    """Number of the first word that counts: past "we will", "мы хотим", "to"; None when there is none."""
    words = words_of(text)
    for number, word in enumerate(words):
        if word.text not in SKIPPED_FIRST:
            return number
    return 0 if words else None


@lru_cache(16384)
def forms_of(word: str) -> tuple[Form, ...]:
    """What a lower-case word can be, likeliest first."""
    if len(word) > _LONGEST:
        return (Form(word, "X"),)
    return _russian(word) if _CYRILLIC.search(word) else _english(word)


@cache
def _analyzer() -> Any:
    import pymorphy3

    logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # it tells of its dictionary at every start
    return pymorphy3.MorphAnalyzer(lang="ru")


def _russian(word: str) -> tuple[Form, ...]:
    found: dict[Form, None] = {}
    for parse in _analyzer().parse(word):
        if parse.score >= _UNLIKELY or not found:
            part = str(parse.tag.POS or "X")
            orders = part == "INFN" or (part == "VERB" and {"1per", "plur"} <= parse.tag.grammemes)
            plural = "plur" in parse.tag.grammemes
            found.setdefault(Form(parse.normal_form.replace("ё", "е"), part, orders, plural))
    return tuple(found)


def _english(word: str) -> tuple[Form, ...]:
    if word in ACTION_VERBS:
        verb = Form(word, "VERB", orders=True)
        return (verb, Form(word, "NOUN")) if word in NOUN_TOO else (verb,)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and (base := _base(stem)):
            return (Form(base, "GRND" if ending == "ing" else "VERB"), Form(word, "NOUN"))
    singular = _singular(word)
    if singular == word:
        return (Form(word, "NOUN"),)
    return (Form(word, "NOUN", plural=True), Form(singular, "NOUN", plural=True))


def _singular(word: str) -> str:
    if len(word) <= 4 or word.endswith("ss") or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _base(stem: str) -> str | None:
    """The verb a stem belongs to: launch-ing, introduc-ing, cut-t-ing."""
    halved = stem[:-1] if len(stem) > 2 and stem[-1:] == stem[-2:-1] else stem
    return next((verb for verb in (stem, f"{stem}e", halved) if verb in ACTION_VERBS), None)
