"""Which word makes a line something shipped or somebody busy; nouns that only look like such verbs are left alone."""

from typing import Final

from otklik.goals.coach.numbers import from_to
from otklik.goals.coach.reading import Word, opening, words_of
from otklik.goals.coach.vocabulary import (
    ACTIVITY_NOUNS,
    ACTIVITY_VERBS,
    DELIVERABLE_NOUNS,
    DELIVERABLE_VERBS,
    MEASURED_NOUNS,
    NOUN_TOO,
    OUTCOME_NOUNS,
    PHRASES_OF_DELIVERY,
    WANTS,
)

_VERBAL: Final = ("VERB", "INFN", "GRND")
_RELATIVE: Final = frozenset(("который", "чтобы", "если", "когда", "что"))


def is_order(word: Word) -> bool:
    """Tell whether a word can open an order: an infinitive, "let us do", an English base form."""
    return any(form.orders for form in word.forms[:2])


def deliverable_at(text: str, *, sentence: bool = False) -> Word | None:
    """The first word, when it ships something; with `sentence`, a noun that is the subject of one does not count."""
    at = opening(text)
    if at is None:
        return None
    words = words_of(text)
    first, following = words[at], words[at + 1 : at + 3]
    if any(word.may_be(OUTCOME_NOUNS) for word in following):
        return None
    if following and PHRASES_OF_DELIVERY.get(first.text) == following[0].text:
        return first
    if first.may_be(DELIVERABLE_VERBS, _VERBAL) and not _is_noun(text, at):
        return first
    return first if first.may_be(DELIVERABLE_NOUNS, ("NOUN",)) and _stands_alone(text, at, sentence) else None


def activity_at(text: str) -> Word | None:
    """The word that says somebody is busy: first, joined to the first by "and", or after "to" in English."""
    at = opening(text)
    if at is None:
        return None
    words = words_of(text)
    first = words[at]
    if first.may_be(ACTIVITY_VERBS, _VERBAL) and not _is_noun(text, at):
        return first
    if first.may_be(ACTIVITY_NOUNS, ("NOUN",)) and from_to(text) is None:
        return first
    return _after_to(words, at) or (_joined(words, at) if is_order(first) else None)


def _after_to(words: tuple[Word, ...], first: int) -> Word | None:
    """English: "we plan to help"; not "time to review", which is a measure."""
    for number in range(max(first, 1), len(words) - 1):
        wanted = words[number - 1].text in WANTS
        if words[number].text == "to" and wanted and words[number + 1].text in ACTIVITY_VERBS:
            return words[number + 1]
    return None


def _joined(words: tuple[Word, ...], first: int) -> Word | None:
    for number in range(first + 1, len(words) - 1):
        word = words[number + 1]
        if words[number].text == "и" and word.may_be(ACTIVITY_VERBS, ("INFN",)):
            return word
    return None


def _is_noun(text: str, at: int) -> bool:
    """Tell whether an English word that could be an order is a noun here: "review score"."""
    words = words_of(text)
    word = words[at]
    if word.is_russian or not (word.text in NOUN_TOO or word.text.endswith("ing")):
        return False
    follows = words[at + 1] if at + 1 < len(words) else None
    between = text[word.end : follows.start if follows else None].strip()
    if between[:1].isdigit() and from_to(text) is None:
        return False
    if follows is None or between:
        return True
    return follows.text in MEASURED_NOUNS or follows.text in ("of", "is", "are") or from_to(text) is not None


def _stands_alone(text: str, at: int, sentence: bool) -> bool:
    """Tell whether a noun of delivery is what shall be done, and not the subject of a sentence or a thing measured."""
    words = words_of(text)
    if from_to(text) is not None:
        return False
    if not words[at].is_russian:
        return at + 1 < len(words) and words[at + 1].text == "of"
    if sentence:
        for word in words[at + 1 :]:
            if word.lemmas & _RELATIVE:
                return True
            if word.forms[0].part == "VERB":
                return False
    return True
