"""A file of goals, looked at as the coach does."""

from pathlib import Path

import pytest

from otklik.actions.lint_goals import NoSuchRule, lint_goals, lint_read_goals
from otklik.actions.write_goals import write_goals
from otklik.goals.coach.examples import sound_cycle, sound_objective
from otklik.schemas.goals import Waiver


def test_findings_and_strengths_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "goals.toml"
    write_goals(sound_cycle(sound_objective("ru"), sound_objective("ru", title="Скорость", why="")), path)
    linted = lint_goals(path, off=["S8"])
    assert [one.rule for one in linted.findings] == ["O5", "O7"]
    assert [one.score for one in linted.strengths] == [100, 66]
    assert linted.has_errors


def test_what_is_waived_or_off_is_no_error() -> None:
    waivers = (Waiver(rule="O7", reason="told aloud"),)
    waived = lint_read_goals(sound_cycle(sound_objective("en", why="", waivers=waivers)))
    assert [one.rule for one in waived.findings] == ["O7"] and not waived.has_errors
    assert lint_read_goals(sound_cycle(sound_objective("en", why="")), off=["O7"]).findings == ()


def test_a_rule_nobody_knows() -> None:
    with pytest.raises(NoSuchRule):
        lint_read_goals(sound_cycle(), off=["O99"])
