"""Examples of the rules on key results come in pairs."""

from collections import Counter

from otklik.goals.coach.key_result_examples import key_result_examples


def test_every_example_has_its_twin_in_the_other_language() -> None:
    counted = Counter((one.rule, one.passes, one.language) for one in key_result_examples())
    assert all(counted[rule, passes, "en"] == n for (rule, passes, language), n in counted.items() if language == "ru")
    assert {rule for rule, _, _ in counted} == {f"K{n}" for n in range(1, 10)}
