"""K1, K2, K5: a number, its way, its unit."""

import pytest

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import KeyResult, Objective


def marked(title: str, **fields) -> list[tuple[str, str | None]]:
    objective = Objective(title="x", key_results=(KeyResult(title=title, **fields),))
    found = lint_objective(objective, kinds=("key_result",))
    return [(one.rule, title[slice(*one.span)] if one.span else None) for one in found]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Клиенты ждут ответа заметно меньше", [("K1", None)]),
        ("", [("K1", None)]),
        ("p90 времени первого ответа 20 минут", [("K2", "20")]),
        ("Share answered within 15 minutes is 80%", [("K2", "80")]),
        ("Halve the median of waits", [("K2", "Halve")]),
        ("Медиана времени ответа: с 45 до 12", [("K5", "12")]),
        ("p90 of resolution time stays at or below 30", [("K5", "30")]),
    ],
)
def test_what_is_missing_is_marked(title: str, expected: list[tuple[str, str | None]]) -> None:
    assert marked(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Доля решённых за день: 41 % → 60 %",
        "Share resolved within a day is 60% (now 41%)",
        "Share of lost calls stays under 5%",
        "Число жалоб: с 40 до 15",
        "From 40 to 15 complaints a week",
        "NPS from 31 to 45",
        "% of requests settled at once 41 -> 60",
        "Удовлетворённость (из 5): с 4,1 до 4,5",
        "Средний чек доставки: с 900 до 1 200 ₽",
        "Share of calls picked up at once from 0.4 to 0.6",
    ],
)
def test_a_whole_number_is_left_alone(title: str) -> None:
    assert marked(title) == []


def test_fields_may_say_what_the_text_does_not() -> None:
    assert marked("Satisfied customers", target=0.8) == [("K2", None), ("K5", None)]
    assert marked("Satisfied customers", target=0.8, baseline=0.5, unit="share") == []
    assert marked("Reopened requests", target=0.06, direction="keep_below", unit="share") == []


def test_a_milestone_needs_no_number() -> None:
    steps = ({"title": "pilot", "due": "2026-02-01"},)
    assert marked("The new queue works", direction="milestone", steps=steps) == []
