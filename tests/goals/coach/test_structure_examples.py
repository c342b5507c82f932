"""Examples of the rules on structure come in pairs."""

from collections import Counter

from otklik.goals.coach.structure_examples import structure_examples


def test_every_example_has_its_twin_in_the_other_language() -> None:
    counted = Counter((one.rule, one.passes, one.language) for one in structure_examples())
    assert all(counted[rule, passes, "en"] == n for (rule, passes, language), n in counted.items() if language == "ru")
    assert {rule for rule, _, _ in counted} == {f"S{n}" for n in range(1, 9)}
