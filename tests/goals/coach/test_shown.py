"""Every example finds exactly its rule, or nothing at all."""

import pytest

from otklik.goals.coach.catalogue import RULES
from otklik.goals.coach.examples import PARENTS, Example
from otklik.goals.coach.linting import lint_cycle
from otklik.goals.coach.rule import Around
from otklik.goals.coach.shown import EXAMPLES, examples_of
from otklik.schemas.goals import Finding


def findings(example: Example) -> list[Finding]:
    return lint_cycle(example.cycle, around=Around(parents=PARENTS, log=example.log, inactive=example.inactive))


def named(example: Example) -> str:
    return f"{example.rule}-{example.language}-{example.shown[:40]}"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.passes], ids=named)
def test_a_failing_example_finds_exactly_its_rule(example: Example) -> None:
    assert {finding.rule for finding in findings(example)} == {example.rule}


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.passes], ids=named)
def test_a_passing_example_finds_nothing(example: Example) -> None:
    assert findings(example) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("passes", [False, True])
def test_every_rule_is_shown_both_ways_in_both_languages(rule, language: str, passes: bool) -> None:
    assert any(one.language == language and one.passes == passes for one in examples_of(rule.id))
