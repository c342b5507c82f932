"""The words are written as they are looked up: lower case, е for ё, lemmas."""

import pytest

from otklik.goals.coach import vocabulary
from otklik.goals.coach.reading import forms_of
from otklik.measures.catalog import COUNTS

SETS = {name: value for name, value in vars(vocabulary).items() if isinstance(value, frozenset)}
LEMMAS = ("DELIVERABLE_VERBS", "DELIVERABLE_NOUNS", "ACTIVITY_VERBS", "ACTIVITY_NOUNS", "KEEP_VERBS", "MOVEMENT")


@pytest.mark.parametrize("name", SETS)
def test_lower_case_without_yo(name: str) -> None:
    assert SETS[name] and all(word == word.lower() and "ё" not in word for word in SETS[name])


@pytest.mark.parametrize("name", LEMMAS)
def test_every_word_is_a_lemma_of_its_own(name: str) -> None:
    assert [word for word in SETS[name] if word not in {form.lemma for form in forms_of(word)}] == []


def test_the_measures_that_count_are_those_of_the_catalogue() -> None:
    assert {measure.id for measure in COUNTS} == vocabulary.COUNTED
