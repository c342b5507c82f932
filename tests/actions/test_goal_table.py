"""Rows are gathered into objectives; what is wrong is told with file, row and column."""

from datetime import date

import pytest

from otklik.actions.goal_table import NoGoalsInTable, UnknownGoalColumn, UnreadableGoalCell, cycle_of_rows
from otklik.base.text import Words
from otklik.schemas.goals import Bound, Cycle, Manual, Pushed

START, END = date(2026, 1, 1), date(2026, 3, 31)


def cycle_of(text: str) -> Cycle:
    rows = [
        (n, [cell.strip() for cell in line.split("|")]) for n, line in enumerate(text.strip().splitlines(), start=1)
    ]
    return cycle_of_rows(rows, "goals.csv", START, END)


def test_rows_of_one_objective_are_one_objective() -> None:
    cycle = cycle_of("""
    Цель | Зачем это нужно | Ключевой результат | Кто отвечает
    Никто не ждёт | уходят | первый | Анна
     | | второй | Борис
    Заказ вовремя | теряем | третий | Вера
    Никто не ждёт | | четвёртый | Глеб
    """)
    titles = [(one.title, one.why, [kr.title for kr in one.key_results]) for one in cycle.objectives]
    assert titles == [
        ("Никто не ждёт", "уходят", ["первый", "второй", "четвёртый"]),
        ("Заказ вовремя", "теряем", ["третий"]),
    ]
    assert (cycle.title, cycle.start, cycle.end) == ("goals", START, END)


def test_equal_titles_are_told_apart_by_their_numbers() -> None:
    cycle = cycle_of("""
    Number of the objective | Objective | Key result
    1 | Same | a
    2 | Same | b
    """)
    assert [len(one.key_results) for one in cycle.objectives] == [1, 1]


def test_direction_unit_and_source_follow_from_what_is_told() -> None:
    cycle = cycle_of("""
    Objective | Key result | Starting value | Target value | Measure | Within, seconds | Only channels | Series
    x | share | 48 % | 80% | first_reply | 15 min | chat; phone |
     | p90 | 62 | 20 | | | |
     | nps | 31 | 45 | | | | nps
    """)
    share, wait, nps = cycle.objectives[0].key_results
    assert (share.baseline, share.target, share.unit, share.direction) == (0.48, 0.8, "share", "raise")
    assert isinstance(share.source, Bound) and share.source.which.channel == ("chat", "phone")
    assert share.source.within_s == 900
    assert (wait.direction, wait.source) == ("lower", Manual())
    assert nps.source == Pushed(series="nps")


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("Objective | Due\nx | soon", 2, "Due"),
        ("Objective | Key result | Вес\nx | a | 1\n | b | -1", 3, "Вес"),
        ("Objective | Level\nx | planet", 2, "Level"),
        ("Objective | Days between check-ins\nx | 0", 2, "Days between check-ins"),
        ('Objective | Health measures\nx | [{"name": 1}]', 2, "Health measures"),
        ("Objective | Start of the cycle\nx | 2026-01-01", 1, "End of the cycle"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(table: str, row: int, column: str) -> None:
    with pytest.raises(UnreadableGoalCell) as caught:
        cycle_of(table)
    assert (caught.value.facts["file"], caught.value.facts["row"], caught.value.facts["column"]) == (
        "goals.csv",
        row,
        column,
    )
    assert "goals.csv, строка" in Words("ru").error(caught.value)


def test_a_heading_nobody_knows_and_a_table_without_goals() -> None:
    with pytest.raises(UnknownGoalColumn) as caught:
        cycle_of("Objective | Mood\nx | good")
    assert caught.value.facts == {"file": "goals.csv", "row": 1, "column": "Mood"}
    for text in ("Key result | Due", " "):
        with pytest.raises(NoGoalsInTable):
            cycle_of(text)


def test_a_column_without_a_heading_and_short_rows_do_no_harm() -> None:
    cycle = cycle_of("Objective | | Key result\nx | note | a\ny")
    assert [one.title for one in cycle.objectives] == ["x", "y"]
