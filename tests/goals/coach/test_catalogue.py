"""The catalogue is whole: every rule has its words in both languages, a check, and limits that exist."""

from dataclasses import fields

import pytest

from otklik.base.text import Words
from otklik.goals.coach.catalogue import BY_ID, RULES
from otklik.goals.coach.thresholds import Thresholds
from otklik.schemas.coach_words import SOURCES, TITLES, WHYS


def test_the_rules_stand_in_the_order_of_their_titles() -> None:
    assert [rule.id for rule in RULES] == [id for id in TITLES if id in BY_ID]
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_can_say_what_it_is_why_and_whose(rule) -> None:
    russian = Words("ru")
    for words in (TITLES, WHYS, SOURCES):
        assert words[rule.id] and russian.say(words[rule.id]) != words[rule.id]
    assert rule.of_objective or rule.of_key_result or rule.of_cycle


def test_every_limit_belongs_to_a_rule_and_every_rule_names_real_ones() -> None:
    named = {limit for rule in RULES for limit in rule.limits}
    assert named == {field.name for field in fields(Thresholds)}
