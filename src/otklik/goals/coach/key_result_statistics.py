"""Rules on key results about time: which statistic of the waits (K6), and not their mean (K7)."""

import re
from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.key_result_numbers import counts_things, is_metric
from otklik.goals.coach.numbers import aimed_at, from_to, numbers_of
from otklik.goals.coach.reading import Span, words_of
from otklik.goals.coach.rule import AboutKeyResult, Remark, Rule
from otklik.goals.coach.vocabulary import COUNTED, TIME_UNITS, TIME_WORDS
from otklik.schemas.goals import Bound, KeyResult

_MEAN: Final = re.compile(
    r"(?<![^\W_])(?:в\s+среднем|средн(?:ее|ий|яя|ие|его|ей|юю|им|ем)|average|avg|mean|on\s+average)(?![^\W_])",
    re.IGNORECASE,
)
_STATISTIC: Final = re.compile(
    r"(?<![^\W_])(?:медиан\w*|median|[pп]\s?\d{1,2}(?:[.,]\d)?|\w*перцентил\w*|процентил\w*|percentile|квантил\w*|quantile|"
    r"максим\w+|сам\w+\s+дол\w+|наибольш\w+|худш\w+|longest|maximum|max|worst|slowest)(?![^\W_])",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"%|(?<![^\W_])(?:процент\w*|дол[яюие]\w*|percent|share|fraction|кажд\w+|все[хм]?|ни\s+од\w+|никто|никому|no|nobody|every|each|all|half|половин\w*|"
    r"\w+\s+из\s+\w+|\w+\s+(?:in|out\s+of)\s+ten)(?![^\W_])",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    r"(?<![^\W_])(?:в|за|per|a|every)\s+(?:день|недел\w+|месяц\w*|квартал\w*|смен\w+|day|week|month|quarter|shift)(?![^\W_])|"
    r"(?<![^\W_])(?:суммарн\w+|общ(?:ее|ий|ая)|total|простой|простоя|downtime|трудозатрат\w*|effort)(?![^\W_])",
    re.IGNORECASE,
)


def is_about_time(key_result: KeyResult) -> bool:
    """Tell whether what shall change is a length of time."""
    title = key_result.title
    if key_result.unit.strip():
        return key_result.unit.strip().lower() in TIME_UNITS
    movement, aimed = from_to(title), aimed_at(title)
    unit = movement.unit if movement else aimed.unit if aimed else None
    if unit is None and aimed is not None:
        return _names_time(title) and not counts_things(title)
    return unit == "time"


def names_no_statistic(about: AboutKeyResult) -> Iterator[Remark]:
    """K6: "reply time" alone, or a measure that is only half described."""
    key_result, source = about.key_result, about.key_result.source
    if not is_metric(key_result):
        return
    if isinstance(source, Bound):
        if missing := _missing(source):
            yield Remark("k6.half-bound", {"missing": missing})
        return
    title = key_result.title
    if not is_about_time(key_result) or _STATISTIC.search(title) or _MEAN.search(title) or _TOTAL.search(title):
        return
    limited = any(number.within for number in numbers_of(title))
    if not (limited and _SHARE.search(title)):
        yield Remark("k6.no-statistic", span=_time_span(title))


def is_a_mean(about: AboutKeyResult) -> Iterator[Remark]:
    """K7: the mean of waits."""
    title = about.key_result.title
    found = _MEAN.search(title)
    if found and is_metric(about.key_result) and (is_about_time(about.key_result) or _names_time(title)):
        yield Remark("k7.mean", {"word": found[0]}, found.span())


def _missing(bound: Bound) -> str:
    if not bound.measure:
        return "measure"
    if bound.statistic == "share" and bound.within_s is None and bound.measure not in COUNTED:
        return "within_s"
    return "quantile" if bound.statistic == "quantile" and bound.quantile is None else ""


def _names_time(title: str) -> bool:
    return any(word.may_be(TIME_WORDS, ("NOUN", "GRND")) for word in words_of(title))


def _time_span(title: str) -> Span | None:
    """From "time" to the words that say of what: "Время ответа"."""
    words = [word for word in words_of(title) if word.may_be(TIME_WORDS, ("NOUN", "GRND"))]
    if words:
        joined = [words[0]]
        for word in words[1:]:
            if not title[joined[-1].end : word.start].strip():
                joined.append(word)
        return joined[0].start, joined[-1].end
    aimed = aimed_at(title)
    return aimed.span if aimed else None


RULES = (
    Rule("K6", "key_result", "error", of_key_result=names_no_statistic),
    Rule("K7", "key_result", "warning", of_key_result=is_a_mean),
)
