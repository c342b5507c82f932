"""The numbers of a key result: where they stand, their units, and whether they say "from - to" or "stay"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from otklik.goals.coach.reading import Span, words_of
from otklik.goals.coach.vocabulary import MONTHS, NO_UNIT

Unit = Literal["share", "time", "other"]
_N: Final = r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,12})?|\d{1,15}(?:[.,]\d{1,12}){0,4}"
_LONGEST: Final = 2_000
"""Nobody writes a longer key result; what stands behind is not searched for numbers."""
_NUMBER: Final = re.compile(rf"(?<![\w.,:/])(?:{_N})(?![:/]\d)(?!\d)")
_ORDINAL: Final = re.compile(r"-?(?:й|я|е|го|му|м|ом|th|st|nd|rd)\b")
_SHARE: Final = re.compile(r"\s*(?:%|процент\w*|percent\w*|per\s+cent|п\.\s?п\.|пп\b|pp\b)", re.IGNORECASE)
_KIND_OF_TIME: Final = r"(?:рабоч\w+\s+|календарн\w+\s+|business\s+|working\s+|calendar\s+|full\s+)?"
_TIME: Final = re.compile(
    rf"[\s-]*{_KIND_OF_TIME}(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|months?|сек\w*|с(?!\s*\d)|"
    r"минут\w*|мин|м|час\w*|ч|день|дня|дней|дни|дн|сут\w*|недел\w*|нед|месяц\w*|мес)(?![^\W_])",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\s*(?:₽|руб\w*|р\.|\$|€|£|usd|eur|rub|тыс\w*|млн|балл\w*|пункт\w*|points?|stars?|звезд\w*|звёзд\w*|раз[а]?\b|times?\b|"
    r"x\b|х\b|из\s+\d+|out\s+of\s+\d+|of\s+\d+|/\s?\d+)",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"(?:\b(?:за|в\s+течение|в\s+пределах|within|in|in\s+under|after|over|under|than|дольше|свыше|через|спустя|больше|"
    r"старше|быстрее|позднее|позже|раньше|чем)\s*)$",
    re.IGNORECASE,
)
_FROM_TO: Final = re.compile(
    rf"(?<![^\W_])(?:с|со|от|from)\s+(?:[^\d\s,;]+\s+){{0,2}}[$€£]?(?P<a>{_N})[^\d]{{0,40}}?(?<![^\W_])(?:до|to)\s+"
    rf"(?:[^\d\s,;]+\s+){{0,2}}[$€£]?(?P<b>{_N})",
    re.IGNORECASE,
)
_ARROW: Final = re.compile(rf"(?P<a>{_N})[^\d→>]{{0,20}}(?:→|->|=>|➜|⟶|➔)\s*[$€£]?(?P<b>{_N})")
_COLON: Final = re.compile(
    rf"[:–—]\s*[$€£]?(?P<a>{_N})[^\d]{{0,20}}?(?<![^\W_])(?:до|to)\s+[$€£]?(?P<b>{_N})", re.IGNORECASE
)
_BASED: Final = re.compile(
    r"(?<![^\W_])(?:сейчас|было|вместо|baseline|currently|today|now|up\s+from|down\s+from|instead\s+of)\W+"
    rf"(?:[^\W\d]+\W+){{0,2}}?[$€£]?(?P<a>{_N})",
    re.IGNORECASE,
)
_STAYS: Final = re.compile(
    r"(?<![^\W_])(?:не\s+(?:выше|ниже|больше|более|меньше|менее|дольше|превыш\w+|опуска\w+|пада\w+)|оста[её]тся|держится|"
    r"удержива\w+|держать|stays?|remains?|keeps?|kept|at\s+or\s+(?:below|above|under|over)|no\s+(?:more|less|longer|fewer)"
    r"\s+than|not\s+(?:more|less|longer)\s+than|at\s+(?:least|most)|never\s+(?:above|below|more|less))(?![^\W_])|[≤≥]|<=|>=",
    re.IGNORECASE,
)
_MULTIPLES: Final = re.compile(
    r"(?<![^\W_])(?:вдвое|втрое|вчетверо|наполовину|пополам|двукратно|halv\w+|half|double\w*|triple\w*|twice)(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number of a text; `within` says that it limits a wait ("within 15 minutes") and is not what shall change."""

    value: float
    start: int
    end: int
    unit: Unit | None
    within: bool

    @property
    def span(self) -> Span:
        """Where its digits stand."""
        return self.start, self.end


@dataclass(frozen=True)
class FromTo:
    """A movement: from one number to another; the unit may stand at either."""

    start: Number
    end: Number

    @property
    def unit(self) -> Unit | None:
        """The unit of the movement."""
        return self.end.unit or self.start.unit


@lru_cache(512)
def numbers_of(text: str) -> tuple[Number, ...]:
    """Every number that can be an aim: no percentile names (p90), ordinals, dates, hours of the day or years."""
    return tuple(_number(text, found) for found in _NUMBER.finditer(text, 0, _LONGEST) if not _is_name(text, found))


@lru_cache(512)
def from_to(text: str) -> FromTo | None:
    """The movement a text speaks of, if any."""
    by_start = {number.start: number for number in numbers_of(text)}
    for pattern in (_FROM_TO, _ARROW, _COLON):
        for found in pattern.finditer(text, 0, _LONGEST):
            start, end = by_start.get(found.start("a")), by_start.get(found.start("b"))
            if start and end:
                return FromTo(start, end)
    for found in _BASED.finditer(text, 0, _LONGEST):
        start = by_start.get(found.start("a"))
        rest = [number for number in by_start.values() if number is not start]
        others = [number for number in rest if not number.within] or rest
        if start and others:
            return FromTo(start, others[-1])
    return None


def stays(text: str) -> bool:
    """Tell whether a text says that a number shall not be left: "stays under", "не выше"."""
    found = _STAYS.search(text)
    return bool(found and numbers_of(text[found.start() :]))


def multiple(text: str) -> Span | None:
    """Where a text says "half" or "twice" in words."""
    found = _MULTIPLES.search(text)
    return found.span() if found else None


def aimed_at(text: str) -> Number | None:
    """The number that shall be reached: the end of a movement, else the last one that is no limit of a wait."""
    if movement := from_to(text):
        return movement.end
    numbers = numbers_of(text)
    free = [number for number in numbers if not number.within]
    chosen = free or list(numbers)
    return chosen[-1] if chosen else None


def _number(text: str, found: re.Match[str]) -> Number:
    before, after = text[max(0, found.start() - 30) : found.start()], text[found.end() : found.end() + 40]
    unit: Unit | None = None
    if _SHARE.match(after):
        unit = "share"
    elif _TIME.match(after):
        unit = "time"
    elif _OTHER.match(after) or before[-1:] in ("$", "€", "£", "№") or _counts_things(after):
        unit = "other"
    return Number(_value(found[0]), found.start(), found.end(), unit, bool(unit == "time" and _WITHIN.search(before)))


def _value(written: str) -> float:
    plain = re.sub(r"[ \u00a0\u202f]", "", written).replace(",", ".")
    head, *rest = plain.split(".")
    return float(f"{head}.{rest[0]}" if rest else head)


def _counts_things(after: str) -> bool:
    """Tell whether a noun follows at once: "12 complaints", "12 жалоб"."""
    words = words_of(after[:40])
    if not words or after[: words[0].start].strip():
        return False
    first = words[0]
    if first.is_russian:
        return bool(first.forms) and first.forms[0].part in ("NOUN", "ADJF", "PRTF", "ADJS")
    return first.text not in NO_UNIT


def _is_name(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 20]
    if _ORDINAL.match(after) or re.match(r"-\d", after):
        return True
    following = words_of(after)
    if following and not after[: following[0].start].strip() and following[0].lemmas & MONTHS:
        return True
    before = words_of(text[max(0, found.start() - 12) : found.start()])
    if before and before[-1].lemmas & MONTHS and not re.match(r"\s*[%\w]", after):
        return True
    return bool(re.fullmatch(r"(?:19|20)\d\d", found[0])) and not _SHARE.match(after) and not _TIME.match(after)
