"""Forget a person: in the log, beside it, and when an old export is imported again."""

from pathlib import Path

import pytest

from otklik.actions.forget_person import forget_person
from otklik.actions.keep_log import add_to_log
from otklik.store import ServiceStore
from tests.store.people import ANNA, met_everywhere, places_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    ServiceStore(tmp_path / "log").import_log(met_everywhere())
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a1b2").write_text(f"R1,{ANNA},my passport\n")
    return tmp_path


def test_nothing_is_left_in_the_whole_folder(data: Path) -> None:
    assert places_of(ANNA, data)
    done = forget_person(data / "log", [ANNA], [data / "uploads"])
    assert places_of(ANNA, data) == []
    assert (done.requests, done.quarantined, done.rewritten_files, done.deleted_files) == (2, 1, 1, 0)
    assert done.events == 2 and done.pseudonym in (data / "uploads" / "a1b2").read_text()


def test_an_old_export_brings_nobody_back_and_changes_nothing(data: Path) -> None:
    forget_person(data / "log", [ANNA])
    events = ServiceStore(data / "log").log().events
    record = add_to_log(data / "log", met_everywhere())
    assert record.events_added == 0
    assert ServiceStore(data / "log").log().events.equals(events)
    assert ServiceStore(data / "log").log().requests["customer"].to_pylist().count(ANNA) == 0


def test_without_a_log_the_files_are_still_looked_through(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a").write_text(ANNA)
    done = forget_person(tmp_path / "log", [ANNA], [tmp_path / "uploads"])
    assert (done.requests, done.rewritten_files) == (0, 1)
