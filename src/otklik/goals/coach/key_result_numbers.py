"""Rules on the numbers of a key result: there is one (K1), it moves or stays (K2), it has a unit (K5)."""

import re
from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.numbers import Number, aimed_at, from_to, multiple, numbers_of, stays
from otklik.goals.coach.reading import words_of
from otklik.goals.coach.rule import AboutKeyResult, Remark, Rule
from otklik.goals.coach.vocabulary import TIME_WORDS
from otklik.schemas.goals import Bound, KeyResult

_SCORE: Final = re.compile(
    r"(?<![^\W_])(?:nps|csat|ces|нпс|оценк\w*|рейтинг\w*|балл\w*|rating|score|stars?|индекс\w*|index|процент\w*|percent\w*|(?:из|out\s+of|of)\s+(?:5|10|100))(?![^\W_])|%",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"(?<![^\W_])(?:количеств\w*|числ[оаеу]\w*|number\s+of|count\s+of|how\s+many)(?![^\W_])", re.I
)
_STATISTIC: Final = re.compile(r"медиан|median|(?<![^\W_])[pп]\s?\d\d|центил|percentile|средн|average|mean", re.I)
_PREPOSITIONS: Final = frozenset(("с", "со", "от", "from"))
_SHARE: Final = re.compile(r"(?<![^\W_])(?:дол[яюие]\w*|share|fraction)(?![^\W_])", re.IGNORECASE)


def is_metric(key_result: KeyResult) -> bool:
    """Tell whether a key result is a number and not a milestone of steps."""
    return key_result.direction != "milestone"


def counts_things(title: str) -> bool:
    """Tell whether the number counts something that is named: "number of calls", "open complaints from 140 to 20"."""
    if _COUNT.search(title):
        return True
    movement = from_to(title)
    if movement is None or _STATISTIC.search(title):
        return False
    before = [word for word in words_of(title) if word.end <= movement.start.start and word.text not in _PREPOSITIONS]
    if not before or any(word.may_be(TIME_WORDS, ("NOUN", "GRND")) for word in before):
        return False
    last = before[-1].forms[0]
    return last.part == "NOUN" and last.plural


def has_no_number(about: AboutKeyResult) -> Iterator[Remark]:
    """K1: nothing in the text and no target beside it."""
    key_result = about.key_result
    if is_metric(key_result) and key_result.target is None and not _has_number(key_result.title):
        yield Remark("k1.no-number")


def cannot_be_graded(about: AboutKeyResult) -> Iterator[Remark]:
    """K2: a number, but neither "from - to" nor "stay"."""
    key_result = about.key_result
    title = key_result.title
    if not is_metric(key_result) or _moves_or_stays(key_result):
        return
    if key_result.target is not None or _has_number(title):
        aimed = aimed_at(title)
        yield Remark("k2.no-start", {"number": title[slice(*aimed.span)] if aimed else ""}, _place_of(title, aimed))


def has_no_unit(about: AboutKeyResult) -> Iterator[Remark]:
    """K5: twelve of what."""
    key_result, title = about.key_result, about.key_result.title
    aimed = aimed_at(title)
    if not is_metric(key_result) or key_result.unit.strip() or _SCORE.search(title) or counts_things(title):
        return
    if aimed is None:
        if key_result.target is not None:
            yield Remark("k5.no-unit", {"number": f"{key_result.target:g}"})
        return
    movement = from_to(title)
    unit = movement.unit if movement else aimed.unit
    if unit is None and not (_SHARE.search(title) and aimed.value <= 1):
        yield Remark("k5.no-unit", {"number": title[slice(*aimed.span)]}, aimed.span)


def _has_number(title: str) -> bool:
    return bool(numbers_of(title)) or multiple(title) is not None


def _moves_or_stays(key_result: KeyResult) -> bool:
    is_measured = isinstance(key_result.source, Bound)  # where it starts is measured as well
    has_start = key_result.baseline is not None or is_measured or key_result.direction.startswith("keep_")
    if key_result.target is not None and has_start:
        return True
    return from_to(key_result.title) is not None or stays(key_result.title)


def _place_of(title: str, aimed: Number | None) -> tuple[int, int] | None:
    return aimed.span if aimed else multiple(title)


RULES = (
    Rule("K1", "key_result", "error", of_key_result=has_no_number),
    Rule("K2", "key_result", "error", of_key_result=cannot_be_graded),
    Rule("K5", "key_result", "error", of_key_result=has_no_unit),
)
