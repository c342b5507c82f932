"""Names that the records tell: teams, those who hold requests, and which of them look like somebody."""

from collections.abc import Callable
from pathlib import Path

import pytest

from otklik.actions.list_names import list_holders, list_teams, looking_alike
from otklik.store import ServiceStore
from tests.store.logs import event, log_of, minute
from tests.store.people import ANNA, BORIS, met_everywhere


def test_teams_come_by_how_often_they_are_met(tmp_path: Path) -> None:
    teams = ["Orders", "First line", "First line", None, " "]
    ServiceStore(tmp_path / "log").import_log(
        log_of([event("R1", minute(n), team=team) for n, team in enumerate(teams)])
    )
    assert list_teams(tmp_path / "log") == ["First line", "Orders"]
    assert list_teams(tmp_path / "log", most=1) == ["First line"]


def test_those_who_held_a_request_and_no_customer(tmp_path: Path) -> None:
    """Anna wrote as a customer, and held a request of another."""
    ServiceStore(tmp_path / "log").import_log(met_everywhere())
    assert list_holders(tmp_path / "log") == [BORIS, ANNA]
    assert list_holders(tmp_path / "log", most=1) == [BORIS]


@pytest.mark.parametrize("asked", [list_teams, list_holders])
def test_where_there_is_no_log_nobody_is_named(tmp_path: Path, asked: Callable[[Path], list[str]]) -> None:
    assert asked(tmp_path / "none") == []


@pytest.mark.parametrize(("text", "alike"), [
    ("Анна Орлова anna.orlova", ["Анна Орлова", "A. ORLOVA"]), ("orlova77@shop", ["A. ORLOVA"]),
    ("a", []), ("", []), ("bo ris", []), ("Boris", ["boris-2"]),
])  # fmt: skip
def test_names_that_share_a_word_look_alike(text: str, alike: list[str]) -> None:
    assert looking_alike(["boris-2", "Анна Орлова", "A. ORLOVA", "—"], text) == alike
    assert looking_alike(["boris-2", "boris-3"], "Boris", most=1) == ["boris-2"]
