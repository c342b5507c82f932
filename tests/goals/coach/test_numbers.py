"""Numbers, units, movements and limits in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.coach.numbers import aimed_at, from_to, multiple, numbers_of, stays


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p90: с 62 мин до 20 мин", [(62, "time", False), (20, "time", False)]),
        ("Answer 90% of customers in 15 minutes", [(90, "share", False), (15, "time", True)]),
        ("from 12 to 3 complaints", [(12, None, False), (3, "other", False)]),
        ("с 1 200 до 800 руб.", [(1200, None, False), (800, "other", False)]),
        ("4,5 балла из 5", [(4.5, "other", False), (5, None, False)]),
        ("90-й перцентиль за 4 рабочих часа", [(4, "time", True)]),
        ("the 95th percentile by 31 March 2026 at 14:30, 24/7", []),
        ("к 31 марта", []),
        ("costs $12", [(12, "other", False)]),
    ],
)
def test_numbers_with_their_units(text: str, expected: list) -> None:
    assert [(number.value, number.unit, number.within) for number in numbers_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 62 до 20 минут", (62, 20, "time")),
        ("от 62 минут до 20 минут", (62, 20, "time")),
        ("up from 48% to 80%", (48, 80, "share")),
        ("48 → 80 %", (48, 80, "share")),
        ("48% -> 80%", (48, 80, "share")),
        ("80 % вместо 48 %", (48, 80, "share")),
        ("80% within 15 minutes (now 48%)", (48, 80, "share")),
        ("с 1 марта до 31 мая", None),
        ("20 минут", None),
        ("", None),
    ],
)
def test_movements(text: str, expected: tuple | None) -> None:
    movement = from_to(text)
    assert (movement and (movement.start.value, movement.end.value, movement.unit)) == expected


@pytest.mark.parametrize(
    "text", ["не выше 6 %", "stays under 5%", "остаётся ниже 6 %", "≤ 10 мин", "no more than 3 a day"]
)
def test_limits_to_keep(text: str) -> None:
    assert stays(text)


@pytest.mark.parametrize("text", ["быть не хуже", "6 % is what stays", "с 5 до 3 %"])
def test_no_limit_to_keep(text: str) -> None:
    assert not stays(text)


def test_what_is_aimed_at() -> None:
    assert aimed_at("85 % звонков за 20 секунд").value == 85
    assert aimed_at("ответ за 20 секунд").value == 20
    assert aimed_at("скоро") is None
    assert multiple("сократить вдвое") == (10, 15)
    assert multiple("сократить") is None


@given(st.text(alphabet="0123456789 .,%сдоfromt->→", max_size=120))
def test_every_number_stands_where_it_says(text: str) -> None:
    for number in numbers_of(text):
        assert any(sign.isdigit() for sign in text[slice(*number.span)])
