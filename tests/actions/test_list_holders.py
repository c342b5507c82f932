"""Who holds requests by the records, and which of the names look like somebody."""

from pathlib import Path

import pytest

from otklik.actions.list_holders import list_holders, looking_alike
from otklik.store import ServiceStore
from tests.store.people import ANNA, BORIS, met_everywhere


def test_those_who_held_a_request_and_no_customer(tmp_path: Path) -> None:
    """Anna wrote as a customer, and held a request of another."""
    ServiceStore(tmp_path / "log").import_log(met_everywhere())
    assert list_holders(tmp_path / "log") == [BORIS, ANNA]
    assert list_holders(tmp_path / "log", most=1) == [BORIS]


def test_without_a_log_there_is_nobody(tmp_path: Path) -> None:
    assert list_holders(tmp_path / "none") == []


@pytest.mark.parametrize(("text", "alike"), [
    ("Анна Орлова anna.orlova", ["Анна Орлова", "A. ORLOVA"]), ("orlova77@shop", ["A. ORLOVA"]),
    ("a", []), ("", []), ("bo ris", []), ("Boris", ["boris-2"]),
])  # fmt: skip
def test_names_that_share_a_word_look_alike(text: str, alike: list[str]) -> None:
    assert looking_alike(["boris-2", "Анна Орлова", "A. ORLOVA", "—"], text) == alike
    assert looking_alike(["boris-2", "boris-3"], "Boris", most=1) == ["boris-2"]
