"""Goals from files of every kind; what cannot be read is told with its place."""

import json
from datetime import date
from pathlib import Path

import pytest

from otklik.actions.read_goals import UnreadableGoals, UnreadableGoalsFile, read_goals
from otklik.actions.write_goals import UnknownGoalsFormat
from otklik.base.errors import UserError
from otklik.base.text import Words

TABLE = "Цель;Ключевой результат;Начальное значение;Целевое значение\nНикто не ждёт;доля ответов;48 %;80 %\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_table_from_any_spreadsheet(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "goals.csv"
    path.write_bytes(TABLE.encode(encoding))
    [objective] = read_goals(path).objectives
    assert (objective.title, objective.key_results[0].target) == ("Никто не ждёт", 0.8)


def test_toml_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "goals.toml"
    path.write_text('title = "Q1"\nstart = 2026-01-01\nend = 2026-03-31\n[[objectives]]\ntitle = "x"\n', "utf-8")
    cycle = read_goals(path)
    assert (cycle.end, cycle.objectives[0].title) == (date(2026, 3, 31), "x")


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2024, 12, 31), date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_without_days_the_quarter_of_today_is_taken(tmp_path: Path, today: date, start: date, end: date) -> None:
    path = tmp_path / "winter.json"
    path.write_text("{}")
    cycle = read_goals(path, today=today)
    assert (cycle.title, cycle.start, cycle.end) == ("winter", start, end)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"start": "2026-01-01"}, "cycle.end"),
        ({"objectives": [{"title": "x"}, {"title": "y", "key_results": [{"title": "k", "target": "far"}]}]},
         "objectives[2].key_results[1].target"),
        ({"objectives": [{"title": "x", "mood": 1}]}, "objectives[1].mood"),
        ({"stage": "asleep"}, "cycle.stage"),
        ([], "JSON"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, told: object, place: str) -> None:
    path = tmp_path / "goals.json"
    path.write_text(json.dumps(told))
    with pytest.raises(UnreadableGoals) as caught:
        read_goals(path, "my goals")
    assert (caught.value.facts["file"], caught.value.facts["place"]) == ("my goals", place)
    assert place in Words("ru").error(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("goals.toml", b"a = ", UnreadableGoals),
        ("goals.json", b"{", UnreadableGoals),
        ("goals.json", b"[" * 100_000, UnreadableGoals),
        ("goals.json", b"\xff\xfe{", UnreadableGoalsFile),
        ("goals.json", b'{"title": "\\ud83d"}', UnreadableGoalsFile),
        ("goals.csv", b"", UserError),
        ("goals.csv", b'Objective\n"' + b"x" * 1_100_000 + b'"', UnreadableGoalsFile),
        ("goals.xlsx", b"no workbook", UserError),
        ("goals.docx", b"", UnknownGoalsFormat),
        (".", b"", UnknownGoalsFormat),
    ],
)
def test_what_is_no_goals_is_refused_politely(
    tmp_path: Path, name: str, content: bytes, error: type[UserError]
) -> None:
    path = tmp_path / name
    if name != ".":
        path.write_bytes(content)
    with pytest.raises(error) as caught:
        read_goals(path)
    assert Words("ru").error(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("goals.toml", "goals.csv", "goals.xlsx"):
        with pytest.raises(UserError):
            read_goals(tmp_path / name)


def test_a_workbook_says_the_row_of_what_is_wrong(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "goals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["Objective", "Key result", "Due"], ["x", "a", "2026-03-01"], ["", "b", "soon"]]):
            sheet.write_row(row, 0, cells)
    with pytest.raises(UserError) as caught:
        read_goals(path)
    assert (caught.value.facts["row"], caught.value.facts["column"]) == (3, "Due")
