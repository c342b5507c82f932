"""K8 and K9: soon and promptly; every, never, 100 %."""

import pytest

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import KeyResult, Objective


def marked(title: str, **fields) -> list[tuple[str, str | None]]:
    objective = Objective(title="x", key_results=(KeyResult(title=title, **fields),))
    found = lint_objective(objective, kinds=("key_result",))
    return [(one.rule, title[slice(*one.span)] if one.span else None) for one in found]


MOVES = {"baseline": 0.5, "target": 1.0, "unit": "share"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Доля оперативных ответов: с 40 % до 60 %", [("K8", "оперативных")]),
        ("Share of requests closed as soon as possible: from 40% to 60%", [("K8", "as soon as possible")]),
        ("Share of faster replies: from 40% to 60%", [("K8", "faster")]),
        ("Share of replies faster than 15 minutes: from 40% to 60%", []),
        ("Доля ответов быстрее чем за 15 минут: с 40 % до 60 %", []),
        ("Доля звонков за 20 секунд: с 68 % до 100 %", [("K9", "100 %")]),
        ("Доля потерь: со 100 % до 80 %", []),
        ("Share of orders checked every day from 40% to 60%", []),
    ],
)
def test_words_without_measure_or_mercy(title: str, expected: list[tuple[str, str]]) -> None:
    assert marked(title) == expected


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Принять каждый звонок за 20 секунд", "каждый"),
        ("Ни одного звонка дольше 20 секунд", "Ни одного"),
        ("Never let a caller wait longer than 20 seconds", "Never"),
        ("Share of calls picked up within 20 seconds", None),
    ],
)
def test_all_or_nothing(title: str, word: str | None) -> None:
    assert marked(title, **MOVES) == [("K9", word)]


def test_what_is_committed_or_kept_may_be_whole() -> None:
    assert marked("Принять каждый звонок за 20 секунд", commitment="committed", **MOVES) == []
    assert marked("Все звонки приняты за 20 секунд", direction="keep_above", target=1.0, unit="share") == []
