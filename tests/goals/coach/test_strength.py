"""A sound objective has a hundred; each finding costs, those at key results their part."""

import pytest

from otklik.goals.coach.examples import PARENTS, sound_cycle, sound_key_results, sound_objective
from otklik.goals.coach.linting import lint_cycle, lint_objective
from otklik.goals.coach.rule import Around
from otklik.goals.coach.strength import strength_of
from otklik.goals.coach.thresholds import Weights
from otklik.schemas.goals import KeyResult, Objective, Waiver

AROUND = Around(parents=PARENTS)


def score(objective: Objective, weights: Weights | None = None) -> int:
    return strength_of(objective, lint_cycle(sound_cycle(objective), around=AROUND), weights).score


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_sound_objective_has_a_hundred_and_nothing_to_fix(language) -> None:
    strength = strength_of(sound_objective(language), lint_cycle(sound_cycle(sound_objective(language)), around=AROUND))
    assert (strength.score, strength.fixes) == (100, ())


def test_a_finding_costs_by_its_severity() -> None:
    assert score(sound_objective("en", title="Be fast")) == 96
    assert score(sound_objective("en", title="Launch a chat-bot for our customers")) == 88
    assert score(sound_objective("en", why="")) == 70
    assert score(sound_objective("en", why=""), Weights(error=50)) == 50


def test_a_finding_at_a_key_result_costs_its_part() -> None:
    early, late = sound_key_results("en")
    bare = early.model_copy(update={"owners": ()})
    assert score(sound_objective("en", key_results=(bare, late))) == 85
    assert score(sound_objective("en", key_results=(bare, late.model_copy(update={"owners": ()})))) == 70


def test_what_to_fix_comes_most_useful_first() -> None:
    objective = sound_objective("en", title="Launch it", why="")
    fixes = strength_of(objective, lint_objective(objective, around=AROUND)).fixes
    assert [(fix.finding.rule, fix.gain) for fix in fixes] == [("O7", 30), ("O1", 12), ("O5", 4)]


def test_what_is_waived_costs_nothing() -> None:
    waivers = (Waiver(rule="O1", reason="the law wants it"),)
    assert score(sound_objective("en", title="Launch a chat-bot for our customers", waivers=waivers)) == 100


def test_the_worst_has_nothing() -> None:
    worst = Objective(title="", key_results=(KeyResult(title="Launch"), KeyResult(title="Help")))
    assert score(worst) == 0
