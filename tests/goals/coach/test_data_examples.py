"""Examples of the rules on data come in pairs and bring what the log says."""

from collections import Counter

from otklik.goals.coach.data_examples import data_examples


def test_every_example_has_its_twin_in_the_other_language() -> None:
    counted = Counter((one.rule, one.passes, one.language) for one in data_examples())
    assert all(counted[rule, passes, "en"] == n for (rule, passes, language), n in counted.items() if language == "ru")
    assert {rule for rule, _, _ in counted} == {f"D{n}" for n in range(1, 7)}
    assert all(one.log for one in data_examples())
