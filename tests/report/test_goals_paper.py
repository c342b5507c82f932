"""A cycle of goals on paper: numbers with their intervals, what is broken, both languages, nobody's name."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from otklik.charts.speech import Speech
from otklik.report.goals_paper import goals_paper, grade_text, render_goals_pdf, value_text
from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow, ObjectiveNow, Ranged
from otklik.schemas.goals import Cycle, Health, KeyResult, Objective, Step
from otklik.schemas.grades import KeyResultGrade, ObjectiveGrade

SHARE = KeyResult(title="Answered within 15 minutes", unit="share", baseline=0.48, target=0.8, owners=("a@e.org",))
GOAL = Objective(
    title="No customer ever feels forgotten", why="a third waited in silence", team="Support", owner="anna@example.org",
    commitment="committed", key_results=(SHARE,), health=(Health(title="Reopened", unit="share", high=0.06),),
)  # fmt: skip


def now(**changed: Any) -> CycleNow:
    parts = (
        KeyResultNow(
            key_result=SHARE, number=Ranged(value=0.64, low=0.6, high=0.68), at_start=Ranged(value=0.48),
            grade=KeyResultGrade(value=0.5, low=0.375, high=0.625),
        ),
        KeyResultNow(
            key_result=KeyResult(title="Opened", direction="milestone", steps=(Step(title="a", done=True), Step(title="b"))),
            number=Ranged(), at_start=Ranged(), grade=KeyResultGrade(value=0.5),
        ),
    )  # fmt: skip
    health = HealthNow(health=GOAL.health[0], number=Ranged(value=0.08), broken=True)
    goal = ObjectiveNow(objective=GOAL, grade=ObjectiveGrade(value=0.5), key_results=parts, health=(health,))
    cycle = Cycle(
        title="Q4", start=date(2026, 10, 1), end=date(2026, 12, 31), stage="active", not_now=("A phone line",)
    )
    told = {
        "cycle": cycle,
        "on": date(2026, 11, 26),
        "as_of": datetime(2026, 11, 26, tzinfo=UTC),
        "objectives": (goal,),
    }
    return CycleNow.model_validate(told | changed)


def test_a_goal_is_told_with_its_numbers() -> None:
    goal, later = goals_paper(now(), "en")["sections"]
    grid = next(block for block in goal["blocks"] if block["kind"] == "grid")
    cells = [[cell["text"] for cell in row] for row in grid["rows"]]
    assert cells == [
        ["Answered within 15 minutes", "48\xa0% – 80\xa0%", "64\xa0%", "0.50"],
        ["Opened", "1 of 2 steps", "–", "0.50"],
    ]
    assert grid["rows"][0][3]["note"] == "[0.38; 0.62]"
    assert any(block["kind"] == "notice" and block["tone"] == "bad" for block in goal["blocks"])
    assert later["blocks"][0]["items"][0]["text"] == [["A phone line", False]]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_names_goals_and_no_people(language: str) -> None:
    told = json.dumps(goals_paper(now(), language, company="Example"), ensure_ascii=False)
    assert "No customer ever feels forgotten" in told and "Example" in told
    assert "anna@" not in told and "a@e.org" not in told


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_drawn_the_same_each_time(language: str) -> None:
    pdf = render_goals_pdf(now(), language, simulated=True)
    assert pdf.startswith(b"%PDF-") and pdf == render_goals_pdf(now(), language, simulated=True)


@pytest.mark.slow
def test_a_cycle_without_goals_is_drawn_too() -> None:
    empty = now(objectives=())
    assert render_goals_pdf(empty, "en").startswith(b"%PDF-")


def test_numbers_are_written_in_their_units() -> None:
    english, russian = Speech("en"), Speech("ru")
    assert value_text(1200, "s", english) == "20\xa0min"
    assert (value_text(0.485, "share", russian), value_text(12.5, "points", english)) == ("48,5\xa0%", "12.5\xa0points")
    assert (grade_text(0.5, russian), grade_text(None, english)) == ("0,50", "–")
