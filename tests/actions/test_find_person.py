"""Find a person by a part of the name."""

from pathlib import Path

import pytest

from otklik.actions.find_person import find_person
from otklik.schemas.people import PersonTrace
from otklik.store import ServiceStore
from tests.store.people import ANNA, BORIS, met_everywhere


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ServiceStore(tmp_path / "log").import_log(met_everywhere())
    return tmp_path / "log"


def test_everyone_is_found_by_a_part_of_the_name_in_any_letters(folder: Path) -> None:
    assert find_person(folder, "PETROVA") == [PersonTrace(ANNA, requests=1, wrote=2, held=1)]
    assert [found.name for found in find_person(folder, "a")] == []
    assert [found.name for found in find_person(folder, "agent")] == [BORIS]


def test_signs_in_the_text_are_signs(folder: Path) -> None:
    assert find_person(folder, "%%") == [] and find_person(folder, "'; drop table x; --") == []


def test_the_same_name_comes_first_and_there_is_an_end(folder: Path) -> None:
    assert [found.name for found in find_person(folder, "an")][:1] == [ANNA]
    assert len(find_person(folder, "a ", most=1)) <= 1


def test_no_log_no_people(tmp_path: Path) -> None:
    assert find_person(tmp_path / "none", "Anna") == []
