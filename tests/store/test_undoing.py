from pathlib import Path

import pyarrow as pa
import pytest

from otklik.store import ServiceStore, Settled
from otklik.store.tables import Tables
from otklik.store.undoing import keys_of_import, quarantine_files, write_deletion, write_undo
from tests.store.logs import description, event, lines, log_of, minute, short, told


def test_the_requests_of_an_import_are_found_wherever_its_rows_went(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n0 R2 created customer"))
    store.import_log(lines("0 R1 created customer\n0 R3 created customer"))
    store.compact()
    whole = Tables(tmp_path).newest()
    assert keys_of_import(whole, 1).request.to_pylist() == ["R1", "R2"]
    assert keys_of_import(whole, 2).request.to_pylist() == ["R1", "R3"]
    assert len(keys_of_import(whole, 9)) == 0


def test_undo_works_in_parts_when_there_is_much(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("otklik.store.undoing.REQUESTS_AT_ONCE", 3)
    store = ServiceStore(tmp_path)
    first = log_of([event(f"R{n}", minute(n)) for n in range(10)])
    store.import_log(first)
    before = told(store.log())
    store.import_log(log_of([event(f"R{n}", minute(99)) for n in range(5, 15)]))
    write_undo(Tables(tmp_path), 2)
    assert told(store.log()) == before
    store.undo(1)
    assert told(store.log()) == []


def test_undo_undoes_compacted_rows(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer"))
    store.import_log(lines("5 R1 message agent\n6 R2 created customer"))
    store.compact()
    store.undo(2)
    assert short(store.log()) == ["0 R1 created customer"]
    assert store.log().requests["request"].to_pylist() == ["R1"]


def test_what_was_undone_can_be_imported_again(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    log = lines("0 R1 created customer\n5 R1 message agent")
    store.import_log(log)
    store.undo(1)
    assert store.import_log(log).import_id == 2
    assert told(store.log()) == told(log)


def test_a_settled_log_cannot_be_undone_but_what_comes_later_can(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer", mode="dates"))
    store.import_log(lines("0 R1 created customer\n5 R1 status agent", mode="dates"))
    before = told(store.log())
    store.settle()
    with pytest.raises(Settled):
        store.undo(1)
    store.import_log(lines("0 R1 created customer\n9 R1 status agent\n9 R2 created customer", mode="dates"))
    store.undo(3)
    assert told(store.log()) == before


def test_a_source_of_several_is_deleted_with_its_history(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    both = [event("R1", minute(0)), event("R1", minute(1), source="shop")]
    described = [description("R1", subject="Door"), description("R1", source="shop", subject="Lift")]
    store.import_log(log_of(both, described))
    store.import_log(log_of([*both, event("R2", minute(2), source="shop")], described))
    whole = write_deletion(Tables(tmp_path), "shop")
    for name in ("events", "history_events", "requests", "history_requests"):
        parts = [file.sorted.read(columns=["source"]) for file in whole.files(name)]
        assert set(pa.concat_tables(parts)["source"].to_pylist()) == {"desk"}
    assert [record.undone_at for record in store.imports()] == [None, None]
    store.undo(2)
    assert short(store.log()) == ["0 R1 message customer"]


def test_quarantine_files_belong_to_one_import(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    aside = {"file": "a.csv", "row": 3, "reason": "bad-date", "detail": None, "raw": "x"}
    store.import_log(log_of([event("R1", minute(0))], quarantine=[aside]))
    whole = Tables(tmp_path).newest()
    assert len(quarantine_files(whole, {1})) == 1
    assert quarantine_files(whole, {2}) == []
