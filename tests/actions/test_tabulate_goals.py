"""Graded goals as a table, and what makes a strict reader stop."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from otklik.actions.tabulate_goals import (
    HEADINGS,
    UnknownGradesFormat,
    is_likely_lost,
    is_lost,
    rows_of_goals,
    write_grades,
)
from otklik.schemas.forecasts import Chance, Forecast, Needed
from otklik.schemas.gaming import GamingCheck, GamingLook
from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow, ObjectiveNow, Ranged
from otklik.schemas.goals import Commitment, Cycle, Health, KeyResult, Objective
from otklik.schemas.grades import KeyResultGrade, ObjectiveGrade


def graded(key_result: KeyResult, verdict: str = "open", health: tuple[HealthNow, ...] = (),
           commitment: str | None = None) -> CycleNow:  # fmt: skip
    objective = Objective(id="1", title="=goal", key_results=(key_result,), commitment=commitment)  # type: ignore[arg-type]
    now = KeyResultNow(
        key_result=key_result, number=Ranged(value=0.6, low=0.5, high=0.7), at_start=Ranged(),
        grade=KeyResultGrade(value=0.3), needed=Needed(verdict=verdict, needed=0.9),  # type: ignore[arg-type]
        gaming=GamingLook(verdict="look", checks=(GamingCheck(kind="mix", suspicious=True),)),
    )  # fmt: skip
    cycle = Cycle(title="Q", start=date(2026, 1, 1), end=date(2026, 3, 31), objectives=(objective,))
    told = ObjectiveNow(objective=objective, grade=ObjectiveGrade(value=0.3), key_results=(now,), health=health)
    return CycleNow(cycle=cycle, on=date(2026, 2, 1), as_of=datetime(2026, 2, 1, tzinfo=UTC), objectives=(told,))


KR = KeyResult(id="1.1", title="share", unit="share", baseline=0.5, target=0.8, owners=("Anna",))


def test_a_row_has_everything_under_every_heading() -> None:
    (row,) = rows_of_goals(graded(KR))
    assert row.keys() == HEADINGS.keys()
    assert (row["value"], row["grade"], row["verdict"], row["looked"]) == (0.6, 0.3, "open", "mix")
    assert "Anna" not in row.values(), "a grade is no rating of a person"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_table_reads_back_and_no_text_becomes_a_formula(tmp_path: Path, language: str) -> None:
    path = tmp_path / "grades.csv"
    write_grades(graded(KR), path, language=language)
    heading, row = csv.reader(path.open(encoding="utf-8-sig"))
    assert len(heading) == len(HEADINGS) and heading[0] == ("Objective" if language == "en" else "Цель")
    assert not row[0].startswith("=") and row[5] == "0.6"
    with pytest.raises(UnknownGradesFormat):
        write_grades(graded(KR), tmp_path / "grades.doc")


def test_only_what_was_promised_is_lost() -> None:
    committed = KR.model_copy(update={"commitment": "committed"})
    assert is_lost(graded(committed, "lost")) and is_lost(graded(committed, "missed"))
    assert is_lost(graded(KR, "lost", commitment="committed")), "promised by its objective"
    assert not is_lost(graded(committed, "open"))
    assert not is_lost(graded(KR.model_copy(update={"commitment": "aspirational"}), "lost"))


@pytest.mark.parametrize(
    ("verdict", "chance", "likely"),
    [("open", 0.4, True), ("open", 0.6, False), ("open", None, False), ("lost", None, True), ("missed", 0.9, True),
     ("safe", 0.05, False), ("reached", 0.05, False)],
)  # fmt: skip
def test_what_was_promised_is_likely_lost_below_one_half(verdict: str, chance: float | None, likely: bool) -> None:
    def told(commitment: Commitment) -> CycleNow:
        now = graded(KR.model_copy(update={"commitment": commitment}), verdict)
        (one,) = now.objectives
        chances = () if chance is None else (Chance(mark="target", grade=0.7, raw=chance, shown=chance),)
        forecast = Forecast(model="full", as_of=date(2026, 2, 1), chances=chances)
        part = one.key_results[0].model_copy(update={"forecast": forecast})
        return now.model_copy(update={"objectives": (one.model_copy(update={"key_results": (part,)}),)})

    assert is_likely_lost(told("committed")) is likely
    assert not is_likely_lost(told("aspirational"))


def test_health_is_lost_only_when_it_is_broken_for_sure() -> None:
    for surely in (False, True):
        health = HealthNow(health=Health(title="h"), number=Ranged(value=1.0), broken=True, surely=surely)
        assert is_lost(graded(KR, health=(health,))) == surely
