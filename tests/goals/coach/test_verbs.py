"""Which word ships something, which keeps busy, which is a noun after all."""

import pytest

from otklik.goals.coach.reading import words_of
from otklik.goals.coach.verbs import activity_at, deliverable_at, is_order


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Launch a bot", "launch"), ("Launch day is calm", None), ("Release notes: from 1% to 2%", None),
        ("Implementation of a bot", "implementation"), ("Implementation speed", None), ("Внедрили бот", "внедрили"),
        ("Создать доверие", None), ("Put in place a desk", "put"), ("Put people first", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_shipped(text: str, word: str | None) -> None:
    found = deliverable_at(text)
    assert (found and found.text) == word


def test_the_subject_of_a_sentence_ships_nothing() -> None:
    assert deliverable_at("Запуск кассы не пугает людей", sentence=True) is None
    assert deliverable_at("Запуск кассы, которая не пугает людей", sentence=True)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Help 20 shops", "help"),
        ("Help desk", None),
        ("We need to monitor queues", "monitor"),
        ("time to help a shop", None),
    ],
)
def test_what_keeps_busy(text: str, word: str | None) -> None:
    found = activity_at(text)
    assert (found and found.text) == word


def test_orders() -> None:
    assert [is_order(word) for word in words_of("запустить запустим запустил launch customers")] == [
        True, True, False, True, False,
    ]  # fmt: skip
