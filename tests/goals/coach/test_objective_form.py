"""O2, O5, O7 mark numbers, surplus words and empty reasons."""

import pytest

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import Finding, Objective

TITLE = "Nobody has to ask us twice"


def found(title: str = TITLE, why: str = "people leave while they wait") -> list[Finding]:
    return lint_objective(Objective(title=title, why=why), kinds=("objective",))


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Отвечать 90 % клиентов за час", "90 %"),
        ("Answer most customers in 15 minutes", "15"),
        ("Гости ждут столик в 2 раза меньше", "2"),
        ("Orders arrive 2x sooner than they did", "2"),
        ("Больший % людей доволен ответом", "%"),
    ],
)
def test_a_number_is_marked(title: str, number: str) -> None:
    [finding] = found(title)
    assert (finding.rule, title[slice(*finding.span)]) == ("O2", number)


@pytest.mark.parametrize("title", ["Our B2B buyers hear news first", "Бухгалтеры в 1С не ждут ответа часами"])
def test_a_digit_inside_a_name_is_no_number(title: str) -> None:
    assert found(title) == []


def test_surplus_words_are_marked() -> None:
    title = " ".join(f"word{chr(97 + n)}" for n in range(20))
    [finding] = found(title)
    assert (finding.key, title[slice(*finding.span)]) == ("o5.long", "words wordt")
    assert finding.facts == {"n": 20, "least": 4, "most": 18}


def test_no_words_at_all_have_no_place() -> None:
    assert [(one.key, one.span) for one in found("")] == [("o5.short", None)]


@pytest.mark.parametrize(
    ("why", "key", "span"),
    [("", "o7.empty", None), ("growth", "o7.short", (0, 6)), ("nobody has to ask us TWICE!", "o7.repeats", (0, 27))],
)
def test_an_empty_reason(why: str, key: str, span: tuple[int, int] | None) -> None:
    assert [(one.key, one.span, one.place) for one in found(why=why)] == [(key, span, "objective:1/why")]
