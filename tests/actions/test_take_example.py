"""An example of the library becomes a goal of one's own; nothing that is made up is taken for measured."""

from datetime import date

import pytest

from otklik.actions.coach_goals import KEPT, blocking, coach_cycle
from otklik.actions.take_example import NoSuchExample, list_examples, take_example
from otklik.schemas.goals import Bound, Cycle

START, END = date(2026, 1, 1), date(2026, 3, 31)
EVERY = [(language, one.business) for language in ("en", "ru") for one in list_examples(language, START, END)]


@pytest.mark.parametrize(("language", "business"), EVERY)
def test_where_it_starts_is_left_to_be_measured(language: str, business: str) -> None:
    taken = take_example(business, language, START, END, "anna@example.com")
    assert taken.owner == "anna@example.com" and taken.contributes_to == ()
    for one in taken.key_results:
        assert one.baseline is None and one.target is not None and one.owners == ("anna@example.com",)
        assert ": from " not in one.title and ": с " not in one.title and len(one.title) > 8


@pytest.mark.parametrize(("language", "business"), EVERY)
def test_the_coach_asks_only_for_starts_that_nobody_measures(language: str, business: str) -> None:
    taken = take_example(business, language, START, END, "anna@example.com")
    found = blocking(coach_cycle(Cycle(title="Q1", start=START, end=END, objectives=(taken,)), kinds=KEPT))
    typed = [f"objective:1/kr:{n}" for n, one in enumerate(taken.key_results, 1) if not isinstance(one.source, Bound)]
    assert [(one.rule, one.place) for one in found] == [("K2", place) for place in typed]


def test_an_example_that_is_not_there() -> None:
    with pytest.raises(NoSuchExample):
        take_example("circus", "en", START, END)
