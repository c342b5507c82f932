"""A pasted list becomes goals: what is a task is told and not made."""

import pytest

from otklik.actions.sort_goals import MOST_LINES, TooManyLines, WithoutObjective, make_goals, reason_told, sort_goals
from otklik.base.text import Words

LIST = "Клиент не чувствует себя забытым\n- p90 ответа: с 62 до 20 минут\n- Внедрить CRM\n- Возвраты не выше 6 %"


def test_every_line_has_a_kind_and_a_reason() -> None:
    lines = sort_goals(LIST)
    assert [one.kind for one in lines] == ["objective", "key_result", "task", "kpi"]
    assert reason_told(lines[2], Words("ru")).startswith("«внедрить»")


def test_a_list_that_nobody_can_look_through() -> None:
    with pytest.raises(TooManyLines):
        sort_goals("x\n" * (MOST_LINES + 1))


def test_numbers_belong_to_the_objective_before_them() -> None:
    lines = [("objective", "A goal"), ("key_result", "NPS from 31 to 45"), ("health", "Returns stay under 6%"),
             ("objective", "Another"), ("key_result", "p90 from 62 to 20 minutes")]  # fmt: skip
    first, second = make_goals(lines, "anna@example.com")  # type: ignore[arg-type]
    assert (first.title, first.owner, second.title) == ("A goal", "anna@example.com", "Another")
    assert (first.key_results[0].baseline, first.key_results[0].target) == (31, 45)
    assert first.health[0].high == 0.06
    assert (second.key_results[0].direction, second.key_results[0].unit) == ("lower", "s")


def test_a_number_without_an_objective_asks_for_one() -> None:
    with pytest.raises(WithoutObjective):
        make_goals([("key_result", "NPS from 31 to 45")])
    (made,) = make_goals([("key_result", "NPS from 31 to 45")], above="People stay")
    assert made.title == "People stay" and len(made.key_results) == 1
