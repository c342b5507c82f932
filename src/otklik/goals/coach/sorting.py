"""Pasted lines sorted into objectives, key results, tasks and KPIs, each with the reason."""

import re
from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.numbers import from_to, multiple, numbers_of, stays
from otklik.goals.coach.reading import Word, opening, words_of
from otklik.goals.coach.verbs import activity_at, deliverable_at
from otklik.goals.coach.vocabulary import MEASURE_NOUNS, MOVEMENT
from otklik.schemas.coach import LineKind, SortedLine

_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·▪◦]|\(?\d{1,2}[.)](?!\d)|\[[ xхXХ]\])\s*")
_LABEL: Final = re.compile(
    r"^\s*(?:(?P<objective>objective|goal|цель|o)|(?P<key_result>key\s+result|ключевой\s+результат|kr|кр)|"
    r"(?P<task>task|initiative|задача|инициатива)|(?P<kpi>kpi|показатель|metric|метрика))\s*(?:№?\s*\d+(?:\.\d+)?)?\s*[:.–—-]\s+",
    re.IGNORECASE,
)
_SCORES: Final = re.compile(r"(?<![^\W_])(?:nps|csat|ces|fcr|aht|sla|kpi|p\d{2})(?![^\W_])", re.IGNORECASE)


def sort_lines(text: str) -> list[SortedLine]:
    r"""Sort each line that holds anything; bullets, numbers and labels before it are taken off.

    >>> [(line.kind, line.key) for line in sort_lines("- Launch a chat-bot\n- NPS from 31 to 45")]
    [('task', 'sort.ships'), ('key_result', 'sort.from-to')]
    """
    return list(_sorted(text))


def _sorted(text: str) -> Iterator[SortedLine]:
    for line in text.splitlines():
        bare = _bare(line)
        if not any(sign.isalnum() for sign in bare):
            continue
        if labelled := _LABEL.match(bare):
            kind = next(name for name, found in labelled.groupdict().items() if found)
            rest = bare[labelled.end() :].strip()
            yield SortedLine(text=rest or bare, kind=_KINDS[kind], key="sort.labelled")
        else:
            yield _line(bare)


def _bare(line: str) -> str:
    while found := _BULLET.match(line):
        if not found[0].strip():
            break
        line = line[found.end() :]
    return line.strip()


def _line(text: str) -> SortedLine:
    if from_to(text) is not None:
        return SortedLine(text=text, kind="key_result", key="sort.from-to")
    if found := deliverable_at(text, sentence=True):
        return _because(text, "task", "sort.ships", found)
    if found := activity_at(text):
        return _because(text, "task", "sort.busy", found)
    if stays(text):
        return SortedLine(text=text, kind="kpi", key="sort.stays")
    first = _first(text)
    numbered = bool(numbers_of(text)) or multiple(text) is not None
    if numbered and first is not None and first.may_be(MOVEMENT):
        return SortedLine(text=text, kind="key_result", key="sort.moves")
    if numbered:
        return SortedLine(text=text, kind="kpi", key="sort.level")
    if _names_a_measure(text, first):
        return SortedLine(text=text, kind="kpi", key="sort.measure")
    return SortedLine(text=text, kind="objective", key="sort.state")


def _because(text: str, kind: LineKind, key: str, word: Word) -> SortedLine:
    return SortedLine(text=text, kind=kind, key=key, facts={"word": word.text})


def _names_a_measure(text: str, first: Word | None) -> bool:
    """Tell whether a line only names something measured: "Response time", "Доля потерянных звонков"; no verb in it."""
    if _SCORES.search(text):
        return True
    words = words_of(text)
    if any(form.part == "VERB" and word.is_russian for word in words for form in word.forms[:1]):
        return False
    russian = first is not None and first.is_russian
    looked_at = ([first] if first is not None else []) if russian else list(words[:4])
    if russian and len(words) > 1 and words[0].forms[0].part in ("ADJF", "NUMR"):
        looked_at.append(words[1])
    return any(word.may_be(MEASURE_NOUNS) for word in looked_at) and len(words) <= _LONGEST_NAME


def _first(text: str) -> Word | None:
    at = opening(text)
    return None if at is None else words_of(text)[at]


_LONGEST_NAME: Final = 7
_KINDS: Final[dict[str, LineKind]] = {
    "objective": "objective", "key_result": "key_result", "task": "task", "kpi": "kpi",
}  # fmt: skip
