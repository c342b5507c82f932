"""O1, O3, O4, O6 mark the words that are at fault."""

import pytest

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import Objective


def marked(title: str) -> list[tuple[str, str]]:
    found = lint_objective(Objective(title=title, why="they wait too long today"), kinds=("objective",))
    return [(one.rule, title[slice(*one.span)]) for one in found if one.span]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Запустить чат-бот для клиентов к лету", [("O1", "Запустить")]),
        ("Мы хотим внедрить портал для пациентов", [("O1", "внедрить")]),
        ("We will roll out a portal for patients", [("O1", "roll")]),
        ("Launching a portal for all our patients", [("O1", "Launching")]),
        ("Поддерживать текущую скорость ответа клиентам", [("O3", "Поддерживать")]),
        ("Повысить качество обслуживания клиентов", [("O4", "Повысить качество обслуживания клиентов")]),
        ("To improve our customer service quality", [("O4", "improve our customer service quality")]),
        ("Ускорить ответы и перестроить склад", [("O6", "перестроить")]),
        ("Reduce waiting in chat and then rebuild our warehouse", [("O6", "rebuild")]),
    ],
)
def test_the_words_at_fault_are_marked(title: str, expected: list[tuple[str, str]]) -> None:
    assert marked(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Внедрение новой кассы не заставляет людей ждать",
        "Release notes calm people instead of alarming them",
        "Build trust with every patient we meet",
        "Остаётся больше времени на трудные разговоры",
        "Поддержка слышит человека с первой фразы",
        "Improve the morning of parents who call us",
        "Customers ask and get an answer in one place",
        "Пациент может записаться и отменить приём сам",
        "Guests come for the kitchen and stay for the speed",
    ],
)
def test_words_that_only_look_alike_are_left_alone(title: str) -> None:
    assert marked(title) == []
