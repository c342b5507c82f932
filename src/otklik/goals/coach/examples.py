"""Examples that a rule is shown and tested with: one sound objective, and what of it an example changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from otklik.schemas.coach import LogSays
from otklik.schemas.goals import Checkpoint, Cycle, Health, KeyResult, Objective

Language = Literal["en", "ru"]
START: Final = date(2026, 1, 1)
END: Final = date(2026, 3, 31)
PARENTS: Final = {
    "company-en": "People choose us because we keep our word",
    "company-ru": "Нас выбирают, потому что мы держим слово",
}
"""The objectives of the company that the examples contribute to."""

_SOUND: Final[dict[str, dict[str, str]]] = {
    "en": {
        "title": "No customer ever feels forgotten",
        "why": "a third of cancelled orders waited over an hour in silence",
        "leading": "Share of requests answered within 15 minutes: from 48% to 80%",
        "lagging": "Share of customers who buy again: from 31% to 40%",
        "health": "Reopened within 7 days",
        "anna": "Anna Orlova",
        "boris": "Boris Lind",
        "team": "Support",
    },
    "ru": {
        "title": "Ни один клиент не чувствует себя забытым",
        "why": "каждый третий отменённый заказ молча ждал ответа больше часа",
        "leading": "Доля обращений с ответом за 15 минут: с 48 % до 80 %",
        "lagging": "Доля клиентов, купивших повторно: с 31 % до 40 %",
        "health": "Возобновлено за 7 дней",
        "anna": "Анна Орлова",
        "boris": "Борис Линд",
        "team": "Поддержка",
    },
}


@dataclass(frozen=True)
class Example:
    """A case for one rule: what a page shows of it, the whole cycle, what the log says, and whether it passes."""

    rule: str
    language: Language
    passes: bool
    shown: str
    cycle: Cycle
    log: Mapping[str, LogSays] = field(default_factory=dict)
    inactive: frozenset[str] = frozenset()


def sound_key_results(language: Language) -> tuple[KeyResult, KeyResult]:
    """One early and one late number that no rule objects to."""
    say = _SOUND[language]
    early = KeyResult(
        id="early", title=say["leading"], unit="share", baseline=0.48, target=0.8, owners=(say["anna"],), leading=True,
        checkpoints=(Checkpoint(day=date(2026, 2, 15), value=0.65),),
    )  # fmt: skip
    late = KeyResult(
        id="late", title=say["lagging"], unit="share", baseline=0.31, target=0.4, owners=(say["boris"],), leading=False
    )
    return early, late


def sound_objective(language: Language, **changed: Any) -> Objective:
    """An objective that no rule objects to, with what an example changes."""
    say = _SOUND[language]
    plain: dict[str, Any] = {
        "title": say["title"], "why": say["why"], "team": say["team"], "owner": say["anna"],
        "commitment": "aspirational", "contributes_to": (f"company-{language}",),
        "key_results": sound_key_results(language),
        "health": (Health(title=say["health"], unit="share", high=0.06),),
    }  # fmt: skip
    return Objective.model_validate(plain | changed)


def sound_cycle(*objectives: Objective) -> Cycle:
    """A quarter with these objectives."""
    return Cycle(title="Q1 2026", start=START, end=END, objectives=objectives)


def objective_example(rule: str, language: Language, passes: bool, title: str, **changed: Any) -> Example:
    """An example about the text of an objective."""
    cycle = sound_cycle(sound_objective(language, title=title, **changed))
    return Example(rule, language, passes, title or "—", cycle)


def key_result_example(rule: str, language: Language, passes: bool, title: str, **changed: Any) -> Example:
    """An example about the text of a key result: it takes the place of the early one and keeps its owner and day."""
    early, late = sound_key_results(language)
    plain = early.model_dump(exclude={"baseline", "target", "unit", "title"}) | {"title": title} | changed
    cycle = sound_cycle(sound_objective(language, key_results=(KeyResult.model_validate(plain), late)))
    return Example(rule, language, passes, title, cycle)
