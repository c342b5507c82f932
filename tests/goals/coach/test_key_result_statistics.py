"""K6 and K7: which of the waits, and not their mean."""

import pytest

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import Bound, KeyResult, Objective


def marked(title: str, **fields) -> list[tuple[str, str | None]]:
    objective = Objective(title="x", key_results=(KeyResult(title=title, **fields),))
    found = lint_objective(objective, kinds=("key_result",))
    return [(one.rule, title[slice(*one.span)] if one.span else None) for one in found]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Время ответа в мессенджере: с 60 до 15 минут", [("K6", "Время ответа")]),
        ("Reply time in messengers from 60 to 15 minutes", [("K6", "Reply time")]),
        ("Customers are seated from 30 to 10 minutes", [("K6", "10")]),
        ("Среднее время решения: с 30 до 20 часов", [("K7", "Среднее")]),
        ("Average resolution time from 30 to 20 hours", [("K7", "Average")]),
    ],
)
def test_the_words_about_time_are_marked(title: str, expected: list[tuple[str, str]]) -> None:
    assert marked(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Медиана ожидания: с 12 до 5 минут",
        "95th percentile of the wait from 30 to 10 minutes",
        "Самое долгое ожидание дня: с 90 до 30 минут",
        "9 из 10 звонков принимаем за 20 секунд вместо 60 секунд",
        "Share of orders delivered within 60 minutes from 50% to 75%",
        "Average rating from 4.1 to 4.6",
        "Downtime from 5 to 2 hours a month",
    ],
)
def test_a_named_statistic_is_enough(title: str) -> None:
    assert marked(title) == []


@pytest.mark.parametrize(
    ("bound", "rules"),
    [
        (Bound(measure="", quantile=0.9, statistic="quantile"), ["K6"]),
        (Bound(measure="first_reply"), ["K6"]),
        (Bound(measure="first_reply", within_s=900), []),
        (Bound(measure="first_reply", statistic="quantile"), ["K6"]),
        (Bound(measure="first_reply", statistic="quantile", quantile=0.9), []),
        (Bound(measure="reopens", statistic="count"), []),
        (Bound(measure="reopens"), []),
    ],
)
def test_a_measure_must_be_described_whole(bound: Bound, rules: list[str]) -> None:
    assert [rule for rule, _ in marked("Reply time from 60 to 15 minutes", source=bound)] == rules
