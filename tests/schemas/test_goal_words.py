"""Words of proposed goals: titles without digits, places that their facts can fill."""

import re

import pytest

from otklik.measures.catalog import BY_ID
from otklik.schemas.goal_words import ANYBODY, HEALTH, MEASURED, SETTLED, SHARES, TAKEN, WHEN, WHO, GoalWords

EVERY = [*WHO.values(), ANYBODY, *WHEN.values(), TAKEN, SETTLED]


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words.title[:40])
def test_a_title_has_no_digits_and_is_neither_short_nor_long(words: GoalWords) -> None:
    assert not re.search(r"\d", words.title)
    assert 4 <= len(words.title.replace("%(value)s", "email").split()) <= 18
    assert "%(" in words.why, "a reason is a measured one"


def test_measures_exist() -> None:
    assert {*MEASURED, *SHARES, *HEALTH} <= BY_ID.keys()
