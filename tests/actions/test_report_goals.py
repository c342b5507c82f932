from datetime import date
from pathlib import Path

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.report_goals import UnknownReportFormat, report_goals, write_goals_report
from otklik.schemas.goal_stories import RecordedGrade
from otklik.schemas.goals import Bound, Cycle, KeyResult, Objective
from otklik.schemas.log import ServiceLog

SHARE = KeyResult(id="s", title="within an hour", baseline=0.5, target=0.7, unit="share",
                  source=Bound(measure="first_reply", within_s=3600))  # fmt: skip
STEPS = KeyResult(id="m", title="a rota", direction="milestone")
CYCLE = Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5),
              objectives=(Objective(id="o", title="Customers hear from us", key_results=(SHARE, STEPS)),))  # fmt: skip


@pytest.fixture
def grading(kept: tuple[Shelf, ServiceLog, Yardstick]) -> Grading:
    return Grading(GoalRuler(kept[0], "Europe/Moscow"), CYCLE, date(2026, 5, 17), with_gaming=False)


def test_what_is_measured_is_drawn_from_the_weeks_of_the_log(grading: Grading) -> None:
    story = report_goals(grading, company="Shop", grades=[RecordedGrade(key_result="s", grade=0.5)])
    assert list(story.curves) == ["s"], "steps have no weeks"
    curve = story.curves["s"]
    found = story.now.key_result("s")
    assert found is not None and found.reading is not None
    inside = [week.value for week in curve.weeks if week.first >= CYCLE.start]
    assert tuple(inside) == found.weeks, "the picture shows what the goal is graded by"
    assert len(curve.weeks) == 13 + 5 and len(curve.fan) == 8
    assert (story.zone, story.company, story.is_simulated) == ("Europe/Moscow", "Shop", True)
    assert story.recorded("s") is not None


def test_it_is_written_as_page_and_as_paper(grading: Grading, tmp_path: Path) -> None:
    story = report_goals(grading)
    for name, begins in (("a.HTML", b"<!doctype html>"), ("a.pdf", b"%PDF")):
        write_goals_report(story, tmp_path / name, language="ru")
        assert (tmp_path / name).read_bytes().lstrip().startswith(begins)


def test_another_ending_is_refused_before_anything_is_written(grading: Grading, tmp_path: Path) -> None:
    with pytest.raises(UnknownReportFormat):
        write_goals_report(report_goals(grading), tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()
