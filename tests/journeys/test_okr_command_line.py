"""Goals on the command line, as a user walks them: a file, what weakens it, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from otklik.cli.main import main

WEAK = """\
Цель;Зачем это нужно;Ключевой результат;Кто отвечает
Запустить чат-бот для клиентов к лету;каждый третий ждёт ответа час;Оперативно отвечать на 90 % отзывов;Анна
"""
HINTS_ONLY = """\
title = "Q1"
start = 2026-01-01
end = 2026-03-31

[[objectives]]
title = "Быстрый ответ"
why = "каждый третий ждёт ответа час"
level = "company"
commitment = "aspirational"

[[objectives.key_results]]
title = "Доля обращений с ответом за 15 минут: с 48 % до 80 %"
owners = ["Анна"]
due = 2026-02-15

[[objectives.key_results]]
title = "NPS после обращения: с 31 до 45"
owners = ["Борис"]
"""


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def weak(tmp_path: Path) -> Path:
    path = tmp_path / "goals.csv"
    path.write_text(WEAK, "utf-8")
    return path


def test_what_is_wrong_is_underlined_and_the_exit_code_is_one(weak: Path, capsys) -> None:
    assert run("okr", "lint", weak, "--lang", "ru") == 1
    told = capsys.readouterr().out
    assert "Цель 1: O1 предупреждение" in told
    assert "    Запустить чат-бот для клиентов к лету\n    ^^^^^^^^^\n" in told
    assert f"    Оперативно отвечать на 90 % отзывов\n{' ' * 27}^^\n" in told  # K2 marks the number
    assert "из 100: Запустить чат-бот" in told


def test_the_same_in_english(weak: Path, capsys) -> None:
    assert run("okr", "lint", weak, "--lang", "en") == 1
    assert "Objective 1: O1 warning: The objective is something shipped" in capsys.readouterr().out


def test_hints_and_warnings_are_no_error(tmp_path: Path, capsys) -> None:
    path = tmp_path / "goals.toml"
    path.write_text(HINTS_ONLY, "utf-8")
    assert run("okr", "lint", path, "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "O5 hint" in told and "96 of 100" in told and "1 finding\n" in told


def test_json_is_for_programs(weak: Path, capsys) -> None:
    assert run("okr", "lint", weak, "--json", "--off", "k2") == 1
    told = json.loads(capsys.readouterr().out)
    found = {(one["rule"], one["place"], tuple(one["span"] or ())) for one in told["findings"]}
    assert ("K8", "objective:1/kr:1", (0, 10)) in found
    assert "K2" not in {rule for rule, _, _ in found}
    assert all(one["said"] and one["key"] and one["source"] for one in told["findings"])
    assert len(told["strengths"]) == 1


@pytest.mark.parametrize("name", ["missing.toml", "goals.docx"])
def test_a_file_that_cannot_be_read_is_exit_code_two(tmp_path: Path, name: str, capsys) -> None:
    assert run("okr", "lint", tmp_path / name) == 2
    assert name in capsys.readouterr().err


def test_a_rule_nobody_knows_is_exit_code_two(weak: Path, capsys) -> None:
    assert run("okr", "lint", weak, "--off", "O99") == 2
    assert "O99" in capsys.readouterr().err


def test_the_group_lists_its_commands_and_help_loads_no_dictionary(capsys) -> None:
    assert run("okr", "--help") == 0
    assert "lint" in capsys.readouterr().out
    code = "import sys; from otklik.cli.main import main; main(['--help']); main(['okr', '--help']); "
    code += "sys.exit(any(name.startswith(('pymorphy3', 'otklik.goals', 'numpy')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).returncode == 0
