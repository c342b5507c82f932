"""Words, their lemmas and what opens a line."""

import pytest

from otklik.goals.coach.reading import count_words, forms_of, opening, words_of


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("проанализируем", "проанализировать"), ("внедрения", "внедрение"), ("решённых", "решить"),
        ("launching", "launch"), ("introduced", "introduce"), ("cutting", "cut"), ("replies", "reply"),
        ("processes", "process"), ("business", "business"),
    ],
)  # fmt: skip
def test_lemmas(word: str, lemma: str) -> None:
    assert lemma in {form.lemma for form in forms_of(word.replace("ё", "е"))}


def test_the_plural_noun_is_no_verb() -> None:
    assert {form.part for form in forms_of("reviews")} == {"NOUN"}
    assert forms_of("review")[0].orders


@pytest.mark.parametrize(
    ("text", "first"),
    [("We will launch a bot", "launch"), ("1. Мы хотим запустить бот", "запустить"), ("To help", "help"), ("We", "we")],
)
def test_the_opening_word(text: str, first: str) -> None:
    assert words_of(text)[opening(text)].text == first


def test_no_words_no_opening() -> None:
    assert opening("12 % — !") is None


def test_words_are_counted_as_people_count() -> None:
    assert count_words("Чат-бот — отвечает за 15 минут, 24/7") == 6
    assert count_words(" — ") == 0


def test_a_word_without_end_is_noise() -> None:
    assert forms_of("я" * 500)[0].part == "X"
