"""K3 and K4: being busy, shipping things, and milestones without days or proof."""

import pytest

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import KeyResult, Objective


def marked(title: str, **fields) -> list[tuple[str, str | None]]:
    objective = Objective(title="x", key_results=(KeyResult(title=title, **fields),))
    found = lint_objective(objective, kinds=("key_result",))
    return [(one.rule, title[slice(*one.span)] if one.span else None) for one in found]


MOVES = {"baseline": 0, "target": 20, "unit": "pcs"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Проанализировать 20 заявок", [("K3", "Проанализировать")]),
        ("Выбрать и изучить 20 жалоб", [("K3", "изучить")]),
        ("Анализ 20 жалоб", [("K3", "Анализ")]),
        ("We plan to help 20 shops", [("K3", "help")]),
        ("Review 20 late orders", [("K3", "Review")]),
        ("Внедрить 20 шаблонов ответов", [("K4", "Внедрить")]),
        ("Set up 20 new terminals", [("K4", "Set")]),
        ("Запуск 20 терминалов", [("K4", "Запуск")]),
    ],
)
def test_the_verb_is_marked(title: str, expected: list[tuple[str, str]]) -> None:
    assert marked(title, **MOVES) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Reviews answered within 4 hours: from 35% to 90%",
        "Review score from 4.1 to 4.6 stars",
        "Help desk: share answered within 15 minutes from 48% to 80%",
        "p90 of time to review a claim from 5 to 2 days",
        "Support: p90 of first reply from 4 to 2 hours",
        "Подключение интернета: p90 срока с 9 до 4 дней",
        "Shipping: p90 of time from order to door from 6 to 3 days",
    ],
)
def test_a_noun_that_looks_like_a_verb_is_left_alone(title: str) -> None:
    assert marked(title) == []


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, ["K4"]),
        ({"steps": ({"title": "pilot"},)}, ["K4"]),
        ({"steps": ({"title": "pilot"},), "due": "2026-03-01"}, []),
        ({"steps": ({"title": "pilot", "due": "2026-02-01", "done": True},)}, ["K4"]),
        ({"steps": ({"title": "pilot", "due": "2026-02-01", "done": True, "evidence": "wiki/1"},)}, []),
    ],
)
def test_a_milestone_needs_days_and_proof(fields: dict, rules: list[str]) -> None:
    assert [rule for rule, _ in marked("The new queue works", direction="milestone", **fields)] == rules
