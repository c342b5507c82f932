"""Teams that the records name."""

from pathlib import Path

import pytest

from otklik.actions.list_teams import list_teams
from otklik.store import NotAStore, ServiceStore
from tests.store.logs import event, log_of, minute


def test_teams_come_by_how_often_they_are_met(tmp_path: Path) -> None:
    teams = ["Orders", "First line", "First line", None, " "]
    ServiceStore(tmp_path / "log").import_log(
        log_of([event("R1", minute(n), team=team) for n, team in enumerate(teams)])
    )
    assert list_teams(tmp_path / "log") == ["First line", "Orders"]
    assert list_teams(tmp_path / "log", most=1) == ["First line"]


def test_no_log_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotAStore):
        list_teams(tmp_path / "none")
