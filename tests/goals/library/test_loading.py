"""Every example of the library is as good as the coach asks for, in both languages."""

from datetime import date

import pytest

from otklik.goals.coach.linting import SAVED, lint_cycle
from otklik.goals.library.loading import LibraryExample, library
from otklik.measures.catalog import MEASURES
from otklik.schemas.goals import Bound, Cycle

START, END = date(2026, 1, 1), date(2026, 3, 31)
EVERY = [(language, one) for language in ("en", "ru") for one in library(language, START, END)]


def named(pair: object) -> str:
    return "-".join((pair[0], pair[1].business)) if isinstance(pair, tuple) else ""


@pytest.mark.parametrize("pair", EVERY, ids=named)
def test_the_coach_has_nothing_to_say(pair: tuple[str, LibraryExample]) -> None:
    cycle = Cycle(title="Q1", start=START, end=END, objectives=(pair[1].objective,))
    found = lint_cycle(cycle, kinds=SAVED)
    assert [(one.rule, one.place, one.key) for one in found] == []


@pytest.mark.parametrize("pair", EVERY, ids=named)
def test_what_is_bound_is_bound_to_a_measure_that_exists(pair: tuple[str, LibraryExample]) -> None:
    known = {measure.id for measure in MEASURES}
    objective = pair[1].objective
    sources = [one.source for one in (*objective.key_results, *objective.health)]
    assert {source.measure for source in sources if isinstance(source, Bound)} <= known
    assert any(isinstance(source, Bound) for source in sources) or pair[1].business in ("restaurant", "delivery")


def test_there_are_enough_kinds_of_business_each_once_in_both_languages() -> None:
    english, russian = library("en", START, END), library("ru", START, END)
    kinds = [one.business for one in english]
    assert len(kinds) >= 15 and len(set(kinds)) == len(kinds)
    assert [one.business for one in russian] == kinds
    assert {
        "support_desk",
        "it_service",
        "online_shop",
        "clinic",
        "delivery",
        "restaurant",
        "bank",
        "public_office",
    } <= set(kinds)


def test_numbers_are_the_same_in_both_languages_and_every_name_differs() -> None:
    for one, other in zip(library("en", START, END), library("ru", START, END), strict=True):
        numbers = [[(k.baseline, k.target, k.unit) for k in told.objective.key_results] for told in (one, other)]
        assert numbers[0] == numbers[1]
        assert one.name != other.name and one.objective.title != other.objective.title


def test_the_checkpoint_lies_in_the_middle_and_an_unknown_language_is_english() -> None:
    [first, *_] = library("fi", START, END)
    assert first.name == "Support desk"
    assert first.objective.key_results[0].checkpoints[0].day == date(2026, 2, 14)


def test_what_the_log_measures_is_in_seconds() -> None:
    for _, one in EVERY:
        for key_result in one.objective.key_results:
            if isinstance(key_result.source, Bound):
                assert key_result.unit == ("share" if key_result.source.statistic == "share" else "s")
    resolved = library("en", START, END)[0].objective.key_results[1]
    assert (resolved.baseline, resolved.target) == (52 * 3600, 24 * 3600)
