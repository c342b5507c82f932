"""Failing and passing examples of the rules on structure, in Russian and English."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from otklik.goals.coach.examples import (
    END,
    PARENTS,
    Example,
    Language,
    sound_cycle,
    sound_key_results,
    sound_objective,
)
from otklik.schemas.goals import Bound, Checkpoint, Cycle, KeyResult, Objective, Slice

_TEXTS = {
    "en": {
        "too_many": "four objectives for one team",
        "one_kr": "one key result",
        "none": "no key result at all",
        "six": "six key results",
        "fine": "one objective with two key results",
        "both": "owner: “support, warehouse”",
        "nobody": "owner: nobody",
        "gone": "owner: Boris Lind, who has left",
        "named": "owner: Anna Orlova",
        "unmarked": "no mark",
        "marked": "committed: p90 of the reply in an outage stays under 10 minutes",
        "only_speed": "only p90 of first reply and p90 of resolution",
        "weighted": "the same, and as a health measure: reopened within 7 days stays at or below 6%",
        "only_late": "only “share of customers who buy again 31% → 40%” and NPS",
        "only_early": "only shares answered within a time, all marked as early",
        "early_too": "and the share answered within 15 minutes 48% → 80%, an early number",
        "last_day": "both due on 31 March, nothing before",
        "marks": "checkpoints in weeks 4, 8 and 12: 60%, 70%, 80%",
        "orphan": "contributes to nothing",
        "copy": "word for word the company's “People choose us because we keep our word”",
        "own_part": "contributes to the company's objective, in words of its own",
        "twice": "two teams both own “p90 of replies across all channels”",
        "apart": "one owns the chat, the other the phone",
        "p90_first": "p90 of first reply: from 62 to 20 minutes",
        "p90_end": "p90 of resolution: from 30 to 12 hours",
        "nps": "NPS after a request: from 31 to 45",
        "resolved": "Share of requests resolved within a day: from 50% to 75%",
        "channels": "p90 of replies across all channels: from 62 to 20 minutes",
        "other_team": "Sales",
        "other_title": "A question before buying never goes stale",
    },
    "ru": {
        "too_many": "четыре цели у одной команды",
        "one_kr": "один ключевой результат",
        "none": "ни одного ключевого результата",
        "six": "шесть ключевых результатов",
        "fine": "одна цель, два ключевых результата",
        "both": "отвечает: «поддержка, склад»",
        "nobody": "отвечает: никто",
        "gone": "отвечает: Борис Линд, который уволился",
        "named": "отвечает: Анна Орлова",
        "unmarked": "отметки нет",
        "marked": "обязательство: p90 ответа при аварии остаётся не выше 10 минут",
        "only_speed": "только p90 первого ответа и p90 решения",
        "weighted": "то же и контрольный показатель: возобновлено за 7 дней не выше 6 %",
        "only_late": "только «доля клиентов, купивших повторно: 31 % → 40 %» и NPS",
        "only_early": "только доли ответов за время, все отмечены как ранние",
        "early_too": "и ранний показатель: доля ответов за 15 минут 48 % → 80 %",
        "last_day": "оба к 31 марта, раньше ничего",
        "marks": "отметки на неделях 4, 8 и 12: 60 %, 70 %, 80 %",
        "orphan": "ни к чему не ведёт",
        "copy": "слово в слово цель компании «Нас выбирают, потому что мы держим слово»",
        "own_part": "ведёт к цели компании, но сказано своими словами",
        "twice": "две команды обе отвечают за «p90 ответа по всем каналам»",
        "apart": "одна отвечает за чат, другая за телефон",
        "p90_first": "p90 первого ответа: с 62 до 20 минут",
        "p90_end": "p90 решения: с 30 до 12 часов",
        "nps": "NPS после обращения: с 31 до 45",
        "resolved": "Доля обращений, решённых за день: с 50 % до 75 %",
        "channels": "p90 ответа по всем каналам: с 62 до 20 минут",
        "other_team": "Продажи",
        "other_title": "Вопрос перед покупкой никогда не остывает",
    },
}


def structure_examples() -> list[Example]:
    """Every example of the rules S1-S8."""
    return [one for language in ("en", "ru") for one in _in(language)]


def _in(language: str) -> Iterator[Example]:
    spoken: Language = "ru" if language == "ru" else "en"
    say = _TEXTS[language]
    for makers in (_counts, _people, _balance, _days, _links):
        for rule, passes, text, cycle, inactive in makers(spoken, say):
            yield Example(rule, spoken, passes, say[text], cycle, inactive=inactive)


_Made = tuple[str, bool, str, Cycle, frozenset[str]]
_NOBODY: frozenset[str] = frozenset()


def _one(language: Language, **changed: Any) -> Cycle:
    return sound_cycle(sound_objective(language, **changed))


def _changed(language: Language, **changed: Any) -> tuple[KeyResult, KeyResult]:
    early, late = sound_key_results(language)
    return early.model_copy(update=changed), late


def _counts(language: Language, say: dict[str, str]) -> Iterator[_Made]:
    early, late = sound_key_results(language)
    many = tuple(_numbered(early, n) for n in range(5))
    crowd = tuple(
        sound_objective(language, key_results=(_numbered(early, 2 * n), _numbered(late, 2 * n + 1))) for n in range(4)
    )
    yield "S1", False, "too_many", sound_cycle(*crowd), _NOBODY
    yield "S1", False, "one_kr", _one(language, key_results=(early.model_copy(update={"leading": None}),)), _NOBODY
    yield "S1", False, "none", _one(language, key_results=()), _NOBODY
    yield "S1", False, "six", _one(language, key_results=(*many, late)), _NOBODY
    yield "S1", True, "fine", _one(language), _NOBODY


def _numbered(key_result: KeyResult, n: int) -> KeyResult:
    """The same number of another channel, so that nothing is counted twice."""
    bound = Bound(measure="first_reply", within_s=900, which=Slice(channel=(f"channel {n}",)))
    return key_result.model_copy(update={"source": bound})


def _people(language: Language, say: dict[str, str]) -> Iterator[_Made]:
    shared = "поддержка, склад" if language == "ru" else "support, warehouse"
    boris = sound_key_results(language)[1].owners
    yield "S2", False, "both", _one(language, key_results=_changed(language, owners=(shared,))), _NOBODY
    yield "S2", False, "nobody", _one(language, key_results=_changed(language, owners=())), _NOBODY
    yield "S2", False, "gone", _one(language), frozenset(boris)
    yield "S2", True, "named", _one(language), _NOBODY
    yield "S3", False, "unmarked", _one(language, commitment=None), _NOBODY
    marked = _changed(language, commitment="committed")
    late = marked[1].model_copy(update={"commitment": "aspirational"})
    yield "S3", True, "marked", _one(language, commitment=None, key_results=(marked[0], late)), _NOBODY


def _balance(language: Language, say: dict[str, str]) -> Iterator[_Made]:
    early, late = sound_key_results(language)
    fast = (_titled(early, say["p90_first"], "min"), _titled(late, say["p90_end"], "h"))
    fast = (fast[0], fast[1].model_copy(update={"leading": None}))
    yield "S4", False, "only_speed", _one(language, key_results=fast, health=()), _NOBODY
    yield "S4", True, "weighted", _one(language, key_results=fast), _NOBODY
    proof = _titled(early, say["nps"], "points").model_copy(update={"leading": None})
    yield "S5", False, "only_late", _one(language, key_results=(proof, late)), _NOBODY
    soon = _titled(late, say["resolved"], "share").model_copy(update={"leading": True})
    yield "S5", False, "only_early", _one(language, key_results=(early, soon)), _NOBODY
    yield "S5", True, "early_too", _one(language), _NOBODY


def _titled(key_result: KeyResult, title: str, unit: str) -> KeyResult:
    return key_result.model_copy(update={"title": title, "unit": unit})


def _days(language: Language, say: dict[str, str]) -> Iterator[_Made]:
    bare = _changed(language, checkpoints=(), due=END)
    yield "S6", False, "last_day", _one(language, key_results=bare), _NOBODY
    days = (date(2026, 1, 28), date(2026, 2, 25), date(2026, 3, 25))
    marks = tuple(Checkpoint(day=day, value=value) for day, value in zip(days, (0.6, 0.7, 0.8), strict=True))
    yield "S6", True, "marks", _one(language, key_results=_changed(language, checkpoints=marks, due=END)), _NOBODY


def _links(language: Language, say: dict[str, str]) -> Iterator[_Made]:
    yield "S7", False, "orphan", _one(language, contributes_to=()), _NOBODY
    yield "S7", False, "copy", _one(language, title=PARENTS[f"company-{language}"]), _NOBODY
    yield "S7", True, "own_part", _one(language), _NOBODY
    yield "S8", False, "twice", sound_cycle(*_two_teams(language, say, ("", ""))), _NOBODY
    yield "S8", True, "apart", sound_cycle(*_two_teams(language, say, ("chat", "phone"))), _NOBODY


def _two_teams(language: Language, say: dict[str, str], channels: tuple[str, str]) -> Iterator[Objective]:
    for n, channel in enumerate(channels):
        which = Slice(channel=(channel,) if channel else ())
        source = Bound(measure="first_reply", statistic="quantile", quantile=0.9, which=which)
        early = _changed(language, title=say["channels"], unit="min", source=source)[0]
        late = sound_key_results(language)[1]
        if n:
            late = _titled(late, say["nps"], "points")
            yield sound_objective(language, title=say["other_title"], team=say["other_team"], key_results=(early, late))
        else:
            yield sound_objective(language, key_results=(early, late))
