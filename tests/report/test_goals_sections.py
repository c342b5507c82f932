from collections.abc import Sequence
from typing import TypeVar

import pytest

from otklik.charts import Speech
from otklik.report.blocks import Block, Figure, Grid, Listing, Notice
from otklik.report.goals_sections import days_told, goal_cards, goal_sections, heading
from otklik.schemas.forecasts import Forecast
from otklik.schemas.goal_stories import CycleStory
from tests.charts.drawn_goals import ON
from tests.report.told_cycles import closed, standing, story

EN, RU = Speech("en"), Speech("ru")
Kind = TypeVar("Kind", bound=Block)


def of_kind(kind: type[Kind], told: CycleStory, speech: Speech = EN) -> Sequence[Kind]:
    return [block for part in goal_sections(told, speech) for block in part.blocks if isinstance(block, kind)]


def grid(told: CycleStory, title: str) -> list[list[tuple[str, str]]]:
    (found,) = [one for one in of_kind(Grid, told) if one.caption == title]
    return [[(plain(cell.text), plain(cell.note)) for cell in row] for row in found.rows]


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def test_each_key_result_has_its_start_its_number_its_target_and_its_grade():
    assert grid(story(), "Key results") == [
        [("First reply within an hour: from 55% to 73%", "Committed"), ("55%", ""), ("62%", "[57%; 67%]"), ("73%", ""),
         ("0.39", "[0.11; 0.67]")],
        [("A rota for weekends", ""), ("–", ""), ("1 of 2 steps", ""), ("–", ""), ("0.50", "")],
    ]  # fmt: skip


def test_arithmetic_first_then_the_chance_and_what_people_say_beside_it():
    first, second = grid(story(), "How likely the target is")
    assert first[1][0] == "It takes 78% from now on; the best week so far had 71%."
    assert first[2][0] == "18%" and "between 57% and 66%" in first[2][1]
    assert first[3][0] == "70%"
    assert [text for text, _ in second[1:]] == ["–", "–", "–"]


def test_why_there_is_no_forecast_is_said():
    none = standing(forecast=Forecast(model="none", why_none="too-few-weeks", as_of=ON))
    told = story()
    goal = told.now.objectives[0].model_copy(update={"key_results": (none,)})
    told = told.model_copy(update={"now": told.now.model_copy(update={"objectives": (goal,)})})
    assert "fewer than eight weeks" in grid(told, "How likely the target is")[0][2][1]


def test_what_is_broken_and_what_looks_odd_is_said_first():
    notices = [plain(one.text) for one in of_kind(Notice, story())]
    assert notices[0] == "Broken: Reopened, 8%."
    assert "Look here first: more replies than before come just below the limit." in notices[1]
    assert grid(story(), "What must not break") == [
        [("Reopened", ""), ("≤ 6%", ""), ("8%", ""), ("broken", "for 2 weeks")]
    ]


def test_the_picture_says_whose_it_is_and_what_it_shows():
    (figure,) = of_kind(Figure, story())
    assert plain(figure.picture.title).startswith("First reply within an hour: from 55% to 73%. If things go on")


def test_what_it_needs_from_other_teams_and_where_that_stands():
    rows = grid(story(), "What it needs from other teams")
    assert [[cell[0] for cell in row] for row in rows] == [
        ["Evenings", "Orders", "17 May 2026", "confirmed"],
        ["An owner", "Technical", "5 July 2026", "the risk is carried"],
    ]


def test_how_each_number_came_about_is_told():
    (basis,) = [one for one in of_kind(Listing, story()) if one.title == "How each number came about"]
    ((title, remark),) = basis.items
    assert title == "First reply within an hour: from 55% to 73%"
    assert "412 requests" in remark and "state of the log 7" in remark


def test_at_the_end_the_recorded_grades_stand_with_their_reasons():
    assert grid(closed(), "Grades that were recorded") == [
        [("First reply within an hour: from 55% to 73%", ""), ("0.39", "as first set 0.30"), ("0.50", ""),
         ("The outage of May", "We promised more than two can do")]
    ]  # fmt: skip
    assert grid(closed(), "Key results")[0][4] == ("0.50", "")


def test_the_retrospective_is_told_without_questions_nobody_answered():
    titles = [part.title for part in goal_sections(closed(), EN)]
    assert titles[1:] == ["What we learnt", "Not now"]
    learnt = goal_sections(closed(), EN)[1].blocks
    assert [(block.title, block.items) for block in learnt if isinstance(block, Listing)] == [
        ("What helped most?", [("The rota", "")])
    ]
    assert "What we learnt" not in [part.title for part in goal_sections(story(), EN)]


@pytest.mark.parametrize("speech", [EN, RU])
def test_nobody_is_named(speech: Speech):
    assert "example.org" not in repr(goal_sections(closed(), speech))


def test_the_lead_says_why_and_where_it_will_end():
    lead = goal_sections(story(), EN)[0].lead
    assert lead == [
        "Half of them wait an hour.", "Support; grade 0.45 [0.30; 0.60].",
        "The grade at the end, in 80 of 100 futures: 0.46 [0.30; 0.60].",
    ]  # fmt: skip


def test_cards_days_and_heading():
    assert [card.value for card in goal_cards(story(), EN)] == ["1", "2", "1", "1"]
    assert plain(days_told(story(), EN)) == "6 April 2026 – 5 July 2026; as of 17 May 2026"
    assert heading(story(), EN) == ("Q2 2026", "Otklik · Shop · Running", "")
    assert "simulated" in heading(story(is_simulated=True), EN)[2]
