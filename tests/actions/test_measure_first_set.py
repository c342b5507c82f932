"""A key result counted otherwise since has a number of its own for what was first set."""

from datetime import date

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.measure_first_set import counts_alike, measure_first_set
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goals import Bound, Cycle, KeyResult, Manual, Objective, Pushed
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
FIRST = KeyResult(id="a", title="a", unit="share", target=0.8, source=Bound(measure="first_reply", within_s=3600))
MONTH = FIRST.model_copy(update={"source": Bound(measure="first_reply", within_s=86_400)})


def grading(kept: Kept, *key_results: KeyResult) -> Grading:
    goal = Objective(title="o", key_results=key_results)
    cycle = Cycle(title="c", start=date(2026, 4, 1), end=date(2026, 6, 28), objectives=(goal,))
    return Grading(GoalRuler(kept[0], "Europe/Moscow"), cycle, cycle.end)


@pytest.mark.parametrize("weekly", [False, True])
def test_it_is_the_number_it_would_have_had(kept: Kept, weekly: bool) -> None:
    first = FIRST.model_copy(update={"source": FIRST.source.model_copy(update={"weekly": weekly})})
    by = grading(kept, first)
    found = measure_first_set(by, first, MONTH)
    would = grade_cycle(by).key_result("a")
    assert found is not None and would is not None
    assert (found.number, found.at_start, found.weeks) == (
        would.number, would.at_start, would.weeks if weekly else ()
    )  # fmt: skip
    assert found.bound == first.source


def test_counted_alike_nothing_is_measured_twice(kept: Kept) -> None:
    assert measure_first_set(grading(kept), FIRST, FIRST.model_copy(update={"target": 0.9})) is None
    assert measure_first_set(grading(kept), FIRST.model_copy(update={"source": Manual()}), MONTH) is None


def test_what_no_log_can_tell_has_no_number(kept: Kept) -> None:
    bygone = FIRST.model_copy(update={"source": Bound(measure="bygone", within_s=1)})
    assert measure_first_set(grading(kept), bygone, MONTH) is None


@pytest.mark.parametrize(("changed", "alike"), [
    ({"target": 0.9, "title": "b"}, True), ({"due": date(2026, 5, 1)}, False), ({"unit": "s"}, False),
    ({"source": Pushed(series="nps")}, False),
])  # fmt: skip
def test_what_makes_two_numbers_of_one(changed: dict[str, object], alike: bool) -> None:
    assert counts_alike(FIRST, FIRST.model_copy(update=changed)) is alike


def test_a_typed_number_is_the_same_by_any_day() -> None:
    typed = FIRST.model_copy(update={"source": Manual()})
    assert counts_alike(typed, typed.model_copy(update={"due": date(2026, 5, 1)}))
