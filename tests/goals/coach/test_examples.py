"""What examples are made of."""

import pytest

from otklik.goals.coach.examples import END, key_result_example, objective_example, sound_key_results


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_example_changes_one_thing_of_the_sound_objective(language) -> None:
    example = key_result_example("K1", language, False, "Less waiting", unit="share")
    [objective] = example.cycle.objectives
    early, late = sound_key_results(language)
    assert objective.key_results == (
        early.model_copy(update={"title": "Less waiting", "baseline": None, "target": None}),
        late,
    )
    assert example.cycle.end == END


def test_an_empty_text_is_shown_as_a_dash() -> None:
    assert objective_example("O5", "en", False, "").shown == "—"
