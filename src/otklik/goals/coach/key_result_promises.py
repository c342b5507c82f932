"""Rules on words that promise too little or too much: soon, promptly (K8), every, never, 100 % (K9)."""

import re
from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.key_result_numbers import is_metric
from otklik.goals.coach.numbers import from_to, numbers_of
from otklik.goals.coach.reading import Span, Word, words_of
from otklik.goals.coach.rule import AboutKeyResult, Remark, Rule
from otklik.goals.coach.vocabulary import ABSOLUTE, COMPARED, OF_WHOM, TURNS, VAGUE
from otklik.schemas.goals import KeyResult

_AS_SOON: Final = re.compile(
    r"(?<![^\W_])(?:как\s+можно\s+(?:скорее|быстрее|раньше)|в\s+кратчайш\w+\s+срок\w*|без\s+промедлени\w*|"
    r"as\s+(?:soon|quickly|fast)\s+as\s+possible|in\s+a\s+timely\s+manner|without\s+delay)(?![^\W_])",
    re.IGNORECASE,
)
_NONE_LEFT: Final = re.compile(
    r"(?<![^\W_])(?:ни\s+(?:один|одного|одна|одной|одному|разу)|no\s+one|no\s+(?=(?:[^\W\d_]+\s+){1,3}(?:longer|later|more|less)\b)[^\W\d_]+)(?![^\W_])",
    re.IGNORECASE,
)
_HUNDRED: Final = re.compile(r"(?<![\d.,])100(?:[.,]0+)?\s?(?:%|процент\w*|percent)", re.IGNORECASE)
_WHOLE: Final = 100.0


def says_no_measure(about: AboutKeyResult) -> Iterator[Remark]:
    """K8: everybody reads "promptly" differently."""
    title = about.key_result.title
    if found := _AS_SOON.search(title):
        yield Remark("k8.vague", {"word": found[0]}, found.span())
        return
    for word in words_of(title):
        if _is_vague(title, word):
            yield Remark("k8.vague", {"word": word.text}, word.span)
            return


def promises_all(about: AboutKeyResult) -> Iterator[Remark]:
    """K9: one unlucky case decides the grade; not said of what is committed."""
    key_result = about.key_result
    commitment = key_result.commitment or about.objective.commitment
    if commitment == "committed" or not is_metric(key_result) or key_result.direction.startswith("keep_"):
        return
    hundred, movement = _HUNDRED.search(key_result.title), from_to(key_result.title)
    if hundred and not (movement and movement.start.start == hundred.start()):
        yield Remark("k9.all", {"word": hundred[0]}, hundred.span())
    elif not _aims_lower(key_result):
        found = _absolute_word(key_result.title)
        if found:
            yield Remark("k9.all", {"word": key_result.title[slice(*found)]}, found)
        elif _is_whole(key_result):
            yield Remark("k9.all", {"word": "100 %"})


def _is_vague(title: str, word: Word) -> bool:
    if word.text in COMPARED:
        return not re.match(r"\W*(?:than|чем)?\W*(?:за\W+)?\d", title[word.end :])
    return word.forms[0].lemma in VAGUE or (word.text in VAGUE)


def _aims_lower(key_result: KeyResult) -> bool:
    """Tell whether a movement is given that ends below everything: then "every" only says of whom."""
    if key_result.target is not None and key_result.baseline is not None:
        return not _is_whole(key_result)
    movement = from_to(key_result.title)
    if movement is not None and movement.end.within:
        return False
    return movement is not None and not (movement.unit == "share" and movement.end.value >= _WHOLE)


def _is_whole(key_result: KeyResult) -> bool:
    unit = key_result.unit.strip().lower()
    return (unit == "share" and key_result.target == 1) or (unit in ("%", "percent") and key_result.target == _WHOLE)


def _absolute_word(title: str) -> Span | None:
    if found := _NONE_LEFT.search(title):
        return found.span()
    words = words_of(title)
    if not numbers_of(title):
        return words[0].span if words and words[0].may_be(ABSOLUTE) else None
    for number, word in enumerate(words):
        before = words[number - 1].text if number else ""
        follows = words[number + 1].lemmas if number + 1 < len(words) else frozenset()
        if word.may_be(ABSOLUTE) and before not in OF_WHOM and not follows & TURNS:
            return word.span
    return None


RULES = (
    Rule("K8", "key_result", "warning", of_key_result=says_no_measure),
    Rule("K9", "key_result", "warning", of_key_result=promises_all),
)
