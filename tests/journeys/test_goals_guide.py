"""The guide on goals keeps its word: its commands run in their order, its file is graded."""

import re
import shlex
from pathlib import Path

import pytest

from otklik.cli.main import main
from otklik.scenarios import simulate_company

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_commands_of_the_guide_run_one_after_another(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    guide = (DOCS / language / "guide" / "goals.md").read_text("utf-8")
    file, _ = simulate_company(8_000, 5).write(tmp_path)
    file.rename(tmp_path / "tickets.csv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OTKLIK_LOG", raising=False)
    commands = re.findall(r"^otklik (.*)$", "\n".join(re.findall(r"```console\n(.*?)```", guide, re.DOTALL)), re.M)
    assert len(commands) >= 9
    for command in commands:
        assert main(shlex.split(command)) == 0, command
    assert all((tmp_path / name).exists() for name in ("goals.toml", "grades.xlsx", "goals.csv", "goals.pdf"))
    (block,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "bound.toml").write_text(block, "utf-8")
    capsys.readouterr()
    arguments = ["okr", "grade", "bound.toml", "--calendar", "mon-fri 9-18 Europe/Moscow", "--lang", language]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert told.count("1.1") == told.count("1.2") == told.count("1.3") == 1
    assert ("no grade" if language == "en" else "без оценки") not in told
