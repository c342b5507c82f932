"""The coach through the door: findings in words, errors that block, waivers that hold."""

import re
from datetime import date

import pytest

from otklik.actions.coach_goals import (
    ALL,
    blocking,
    coach_cycle,
    coach_key_result,
    coach_objective,
    finding_told,
    list_rules,
)
from otklik.base.text import Words
from otklik.schemas.goals import Cycle, KeyResult, Objective, Waiver

WEAK = Objective(title="Launch a chat-bot for our customers", why="growth")


def cycle(*objectives: Objective) -> Cycle:
    return Cycle(title="Q1", start=date(2027, 1, 1), end=date(2027, 3, 31), objectives=objectives)


def test_words_are_judged_gravest_first() -> None:
    found = coach_objective(WEAK)
    assert [one.rule for one in found][:2] == ["O7", "O1"]
    assert {one.rule[0] for one in found} == {"O"}


def test_a_key_result_is_judged_whatever_goal_it_belongs_to() -> None:
    assert "K1" in {one.rule for one in coach_key_result(KeyResult(title="Customers wait less for a reply"))}
    sound = KeyResult(title="Share answered within 15 minutes: from 48% to 80%", unit="share")
    assert coach_key_result(sound) == []


def test_errors_block_until_they_are_waived() -> None:
    assert "O7" in {one.rule for one in blocking(coach_cycle(cycle(WEAK)))}
    waived = WEAK.model_copy(update={"waivers": (Waiver(rule="O7", reason="everybody here knows"),)})
    assert "O7" not in {one.rule for one in blocking(coach_cycle(cycle(waived)))}
    without_reason = WEAK.model_copy(update={"waivers": (Waiver(rule="O7", reason=" "),)})
    assert "O7" in {one.rule for one in blocking(coach_cycle(cycle(without_reason)))}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_finding_has_words_without_holes(language: str) -> None:
    words = Words(language)
    for finding in coach_cycle(cycle(WEAK, Objective(title="Скорость")), kinds=ALL):
        told = finding_told(finding, words)
        assert all(told.values())
        assert not re.search(r"%\(|%%", " ".join(told.values()))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_rule_comes_with_weak_and_strong_examples(language: str) -> None:
    rules = list_rules(Words(language))
    assert {rule.rule[0] for rule in rules} == set("OKSD")
    assert len({rule.rule for rule in rules}) == len(rules)
    assert all(rule.weak and rule.strong for rule in rules)
