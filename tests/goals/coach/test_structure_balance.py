"""S4-S6: counterweights, early and late numbers, days on the way."""

from datetime import date

import pytest

from otklik.goals.coach.examples import END, sound_cycle, sound_key_results, sound_objective
from otklik.goals.coach.linting import lint_cycle, lint_objective
from otklik.schemas.goals import Bound, Health, KeyResult, Step

FAST = KeyResult(title="p90 of first reply: from 62 to 20 minutes")


def rules(*key_results: KeyResult, health: tuple[Health, ...] = ()) -> set[str]:
    objective = sound_objective("en", key_results=key_results, health=health)
    return {one.rule for one in lint_objective(objective, kinds=("structure",))} & {"S4", "S5"}


@pytest.mark.parametrize(
    "title",
    [
        "Reopened within 7 days: from 9% to 6%",
        "Доля возобновлённых за 7 дней: с 9 % до 6 %",
        "Средняя оценка ответа: с 4,1 до 4,6",
        "Complaints about late replies: from 40 to 15 a week",
        "Cost of a reply: from $4 to $3",
        "NPS from 31 to 45",
    ],
)
def test_a_counterweight_is_known_by_its_words(title: str) -> None:
    assert rules(FAST) == {"S4"}
    assert rules(FAST, KeyResult(title=title, leading=True)) == set()
    assert rules(FAST, health=(Health(title=title),)) == set()


@pytest.mark.parametrize("measure", ["reopens", "one_touch", "handoffs"])
def test_a_measure_that_counts_is_a_counterweight(measure: str) -> None:
    assert rules(FAST, health=(Health(title="x", source=Bound(measure=measure, statistic="count")),)) == set()
    assert rules(FAST, health=(Health(title="x", source=Bound(measure="resolution", within_s=60)),)) == {"S4"}


def test_a_goal_that_is_not_about_speed_needs_none() -> None:
    assert rules(KeyResult(title="Shops that order online: from 12 to 30")) == set()


def test_marks_tell_early_from_late_and_words_tell_late() -> None:
    churn, tally = KeyResult(title="Churn from 9% to 6%"), KeyResult(title="Shops from 12 to 30")
    assert rules(churn) == {"S5"}
    assert rules(churn.model_copy(update={"leading": True}), tally) == set()
    assert rules(*(one.model_copy(update={"leading": True}) for one in (churn, tally))) == {"S5"}
    assert rules(*(one.model_copy(update={"leading": False}) for one in (churn, tally))) == {"S5"}
    assert rules(tally) == set()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"due": END}, True),
        ({}, True),
        ({"due": date(2026, 2, 1)}, False),
        ({"steps": (Step(title="pilot", due=date(2026, 2, 1)),)}, False),
        ({"steps": (Step(title="pilot", due=END),)}, True),
    ],
)
def test_one_day_before_the_last_is_enough(changed: dict, found: bool) -> None:
    early, late = sound_key_results("en")
    early = early.model_copy(update={"checkpoints": ()} | changed)
    cycle = sound_cycle(sound_objective("en", key_results=(early, late)))
    assert ("S6" in {one.rule for one in lint_cycle(cycle, kinds=("structure",))}) == found


def test_without_a_cycle_no_day_is_the_last() -> None:
    early, late = sound_key_results("en")
    objective = sound_objective("en", key_results=(early.model_copy(update={"checkpoints": ()}), late))
    assert "S6" not in {one.rule for one in lint_objective(objective)}
