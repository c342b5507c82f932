"""The pages on the coach are fresh, and the coach agrees with those who labelled the corpus."""

from pathlib import Path

import pytest

from otklik.goals.coach.catalogue import RULES
from tools.coach_corpus import Line, agreement, at_first_sight, lines
from tools.coach_pages import pages
from tools.coach_prose import CELLS, LIMITS

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_page_is_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == PAGES[path], "run: make docs"


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.name == "okr-rules.md"], ids=lambda path: path.parts[-3]
)
def test_every_rule_stands_on_the_page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [f"\n### {rule.id}. " in text for rule in RULES] == [True] * 30


def test_the_prose_is_whole_in_both_languages() -> None:
    assert LIMITS["en"].keys() == LIMITS["ru"].keys() and CELLS["en"].keys() == CELLS["ru"].keys()


def test_the_corpus_is_large_and_in_both_languages() -> None:
    told = [one for batch in at_first_sight() for one in lines(batch)]
    russian = [one for one in told if any("а" <= sign <= "я" for sign in one.text.lower())]
    assert len(told) >= 80 and min(len(russian), len(told) - len(russian)) >= 40
    assert len({one.text for one in told}) == len(told)


@pytest.mark.parametrize("batch", at_first_sight())
def test_the_coach_agrees_with_the_readers(batch: str) -> None:
    whole = agreement(batch)[""]
    assert whole.precision >= 0.9 and whole.recall >= 0.9


def test_a_sound_line_is_mostly_left_alone() -> None:
    sound: list[Line] = [one for batch in at_first_sight() for one in lines(batch) if not one.labelled]
    assert len(sound) >= 60
    assert sum(bool(one.found) for one in sound) <= 0.05 * len(sound)
