"""Every example of every rule: what the catalogue shows and the tests try."""

from typing import Final

from otklik.goals.coach.data_examples import data_examples
from otklik.goals.coach.examples import Example
from otklik.goals.coach.key_result_examples import key_result_examples
from otklik.goals.coach.objective_examples import objective_examples
from otklik.goals.coach.structure_examples import structure_examples

EXAMPLES: Final[tuple[Example, ...]] = (
    *objective_examples(),
    *key_result_examples(),
    *structure_examples(),
    *data_examples(),
)


def examples_of(rule: str) -> list[Example]:
    """Give the examples of one rule, failing first."""
    return sorted((one for one in EXAMPLES if one.rule == rule), key=lambda one: one.passes)
