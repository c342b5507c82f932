"""Goals by a log on the command line: proposed, looked back on, graded, foreseen, said, handed out."""

import csv
import json
from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.cli.main import main
from otklik.scenarios import simulate_company
from otklik.store import ServiceStore


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The log, the calendars, and goals proposed for the last quarter of the log."""
    folder: Path = tmp_path_factory.mktemp("okr")
    file, calendars = simulate_company(12_000, 5).write(folder)
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(file),), time_zone="Europe/Moscow")))
    goals = folder / "goals.toml"
    assert run("okr", "propose", folder / "log", "--calendar", calendars, "--tz", "Europe/Moscow", "--out", goals,
               "--owner", "Anna", "--start", "2026-04-01", "--end", "2026-06-30", "--lang", "en") == 0  # fmt: skip
    return folder / "log", calendars, goals


def by_log(company: tuple[Path, Path, Path], command: str, *more: object) -> int:
    log, calendars, goals = company
    return run("okr", command, goals, log, "--calendar", calendars, "--tz", "Europe/Moscow", *more)


def test_what_is_proposed_is_clean_and_measured(company: tuple[Path, Path, Path], capsys) -> None:
    assert run("okr", "lint", company[2], "--lang", "en") == 0
    capsys.readouterr()
    assert by_log(company, "grade", "--as-of", "2026-05-17", "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "1.1  p90" in told and "grade 0." in told and "If things go on as they do" in told
    assert "records up to 17 May 2026" in told.replace("\u00a0", " ")


def test_lint_judges_by_the_log_where_it_is_told_one(company: tuple[Path, Path, Path], tmp_path: Path, capsys) -> None:
    log, calendars, goals = company
    assert run("okr", "lint", goals, "--lang", "en") == 0
    assert "Rules on data (D1 to D6) were left out" in capsys.readouterr().out
    typed = tmp_path / "typed.toml"
    text = goals.read_text("utf-8")
    lines = text.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("baseline = "))
    lines[place] = "baseline = 1.0"
    typed.write_text("\n".join(lines), "utf-8")
    more = ("--log", log, "--calendar", calendars, "--tz", "Europe/Moscow", "--as-of", "2026-05-17", "--lang", "en")
    assert run("okr", "lint", typed, *more) == 1
    told = capsys.readouterr().out
    assert "D3 error" in told and "left out" not in told
    assert run("okr", "lint", typed, *more, "--json", "--off", "D3") in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert found["by_data"] is True and "D3" not in {one["rule"] for one in found["findings"]}


def test_grades_are_a_table_and_json_too(company: tuple[Path, Path, Path], tmp_path: Path, capsys) -> None:
    assert by_log(company, "grade", "--as-of", "2026-05-17", "--json", "--out", tmp_path / "g.csv", "--lang", "ru") == 0
    now = json.loads(capsys.readouterr().out)
    rows = list(csv.reader((tmp_path / "g.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 1 + sum(len(one["key_results"]) for one in now["objectives"])
    assert rows[0][1] == "Ключевой результат"
    assert now["on"] == "2026-05-17"


def test_a_committed_goal_that_is_lost_is_code_one_only_when_strict(
    company: tuple[Path, Path, Path], tmp_path: Path, capsys
) -> None:
    committed = tmp_path / "promised.toml"
    committed.write_text(company[2].read_text("utf-8").replace('"aspirational"', '"committed"'), "utf-8")
    there = (company[0], company[1], committed)
    assert by_log(there, "grade", "--lang", "en") == 0
    assert by_log(there, "grade", "--strict", "--lang", "en") == 1
    assert by_log(there, "forecast", "--lang", "en") == 0
    assert by_log(there, "forecast", "--strict", "--lang", "en") == 1
    assert by_log(company, "forecast", "--strict", "--lang", "en") == 0, "what was only hoped for is no promise"


def test_the_past_and_the_future(company: tuple[Path, Path, Path], capsys) -> None:
    assert by_log(company, "backtest", "--cycles", "2", "--lang", "ru") == 0
    assert "Достигнуто в" in capsys.readouterr().out
    assert by_log(company, "backtest", "--json") == 0
    assert all(one["past"] for one in json.loads(capsys.readouterr().out))
    assert by_log(company, "forecast", "--as-of", "2026-05-17", "--lang", "en") == 0
    assert "The grade at the end, in 80 of 100 futures" in capsys.readouterr().out
    assert by_log(company, "forecast", "--as-of", "2026-05-17", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {"needed", "forecast"} == set(told["key_results"]["1.1"])


def test_what_is_said_is_kept_and_stands_beside_the_chance(company: tuple[Path, Path, Path], capsys) -> None:
    goals = company[2]
    assert run("okr", "check-in", goals, "--kr", "1.1", "--confidence", "0.4", "--note", "two on leave",
               "--as-of", "2026-05-15", "--lang", "en") == 0  # fmt: skip
    assert run("okr", "check-in", goals, "--kr", "1.2", "--value", "61 %", "--as-of", "2026-05-15", "--json") == 0
    journal = goals.with_name("goals.toml.check-ins.jsonl").read_text("utf-8").splitlines()
    assert len(journal) == 2 and json.loads(journal[1])["value"] == 0.61
    assert run("okr", "check-in", goals, "--kr", "9.9") == 2
    assert "9.9" in capsys.readouterr().err
    assert by_log(company, "grade", "--as-of", "2026-05-17", "--lang", "en") == 0
    assert "You say 40%." in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_goals_go_out_in_every_format(company: tuple[Path, Path, Path], tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"goals.{ending}"
    assert run("okr", "export", company[2], "--out", out) == 0
    assert out.stat().st_size > 500
    assert run("okr", "export", company[2], "--out", tmp_path / "goals.doc") == 2


def test_a_folder_without_a_log_says_so(company: tuple[Path, Path, Path], tmp_path: Path, capsys) -> None:
    assert run("okr", "grade", company[2], tmp_path / "nothing", "--lang", "en") == 2
    assert capsys.readouterr().err.strip()


def test_a_cycle_becomes_a_page_and_a_paper(company: tuple[Path, Path, Path], tmp_path: Path, capsys) -> None:
    page, paper = tmp_path / "goals.html", tmp_path / "goals.pdf"
    assert by_log(company, "report", "--as-of", "2026-05-17", "--company", "Shop", "--out", page, "--lang", "ru") == 0
    assert str(page) in capsys.readouterr().out
    told = page.read_text("utf-8")
    assert "Если всё пойдёт как идёт" in told and "Shop" in told and 'role="img"' in told and "Anna" not in told
    assert by_log(company, "report", "--as-of", "2026-05-17", "--out", paper, "--lang", "en") == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert by_log(company, "report", "--out", tmp_path / "goals.docx", "--lang", "en") == 2
