"""Everything about a person as a file."""

import json
import zipfile
from pathlib import Path

from otklik.actions.export_person import export_person
from otklik.store import ServiceStore
from tests.store.people import ANNA, met_everywhere


def test_the_file_holds_what_the_person_asked_and_did_and_nothing_of_others(tmp_path: Path) -> None:
    ServiceStore(tmp_path / "log").import_log(met_everywhere())
    rows = export_person(tmp_path / "log", [ANNA], tmp_path / "anna.zip")
    with zipfile.ZipFile(tmp_path / "anna.zip") as archive:
        told = {name: archive.read(name).decode() for name in archive.namelist()}
    assert json.loads(told["person.json"]) == {"names": [ANNA]}
    assert [row["request"] for row in json.loads(told["requests.json"])] == ["R1"]
    assert {row["request"] for row in json.loads(told["events_of_requests.json"])} == {"R1"}
    assert [row["request"] for row in json.loads(told["events_acted_in.json"])] == ["R1", "R2"]
    assert len(json.loads(told["rows_set_aside.json"])) == 1
    assert rows == 1 + 3 + 2 + 1
    assert "my passport" in told["requests.csv"] and "Clara" not in "".join(told.values())


def test_a_cell_that_could_be_a_formula_is_defused(tmp_path: Path) -> None:
    log = met_everywhere()
    rows = log.requests.to_pylist()
    rows[0]["subject"] = '=HYPERLINK("http://evil")'
    from dataclasses import replace

    ServiceStore(tmp_path / "log").import_log(
        replace(log, requests=log.requests.from_pylist(rows, log.requests.schema))
    )
    export_person(tmp_path / "log", [ANNA], tmp_path / "anna.zip")
    with zipfile.ZipFile(tmp_path / "anna.zip") as archive:
        assert "'=HYPERLINK" in archive.read("requests.csv").decode()
