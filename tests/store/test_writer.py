from datetime import timedelta
from pathlib import Path

from otklik.schemas.log import ImportCount
from otklik.store import ServiceStore
from otklik.store.tables import Tables
from otklik.store.writer import CHANGES_KEPT, imports_in, live_origins, write_import
from tests.store.logs import BEGIN, description, event, lines, log_of, minute

ASIDE = {"file": "a.csv", "row": 3, "reason": "bad-date", "detail": None, "raw": "x"}


def test_an_import_says_what_it_touched_and_how_that_looks_now(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    write_import(tables, lines("0 R1 created customer\n0 R2 created customer"))
    imported = write_import(tables, lines("5 R1 message agent"))
    assert imported.touched.request.to_pylist() == ["R1"]
    assert imported.now["kind"].to_pylist() == ["created", "message"]
    assert imported.whole.step == 2


def test_rows_set_aside_are_kept_with_their_import_and_only_once(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    log = log_of([event("R1", minute(0))], quarantine=[ASIDE])
    record = store.import_log(log)
    assert record.count == ImportCount(read=2, kept=1, quarantined=1)
    assert store.import_log(log).import_id is None
    store.import_log(log_of([event("R1", minute(0))], quarantine=[ASIDE, {**ASIDE, "row": 4}]))
    snapshot = store.snapshot()
    assert snapshot.quarantine()["row"].to_pylist() == [3, 4]
    assert snapshot.quarantine(2)["row"].to_pylist() == [4]
    assert snapshot.count.quarantined == 3
    store.undo(1)
    assert store.snapshot().quarantine()["row"].to_pylist() == [4]


def test_a_longer_horizon_alone_is_worth_an_import(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer"))
    later = BEGIN + timedelta(days=60)
    assert store.import_log(lines("0 R1 created customer", horizon=later)).import_id == 2
    assert store.log().sources[0].horizon == later


def test_a_request_without_description_gets_a_bare_one(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(log_of([event("R1", minute(0))], [description("R2", subject="Door")]))
    assert store.log().requests.select(["request", "subject"]).to_pylist() == [
        {"request": "R1", "subject": None},
        {"request": "R2", "subject": "Door"},
    ]


def test_of_two_descriptions_in_one_file_the_last_counts(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    told = [description("R1", subject="Door"), description("R1", subject="Lift")]
    store.import_log(log_of([event("R1", minute(0))], told))
    assert store.log().requests["subject"].to_pylist() == ["Lift"]


def test_which_requests_were_touched_is_known_for_some_time(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    store = ServiceStore(tmp_path)
    for n in range(4):
        store.import_log(lines(f"{n} R{n} created customer"))
    snapshot = store.snapshot()
    touched = snapshot.changed_since(2)
    assert touched is not None
    assert touched.request.to_pylist() == ["R2", "R3"]
    assert len(snapshot.changed_since(4) or []) == 0
    assert snapshot.changed_since(5) is None, "a step that never was"
    assert CHANGES_KEPT > 100
    monkeypatch.setattr("otklik.store.writer.CHANGES_KEPT", 2)
    monkeypatch.setattr("otklik.store.snapshot.CHANGES_KEPT", 2)
    store.import_log(lines("9 R9 created customer"))
    assert store.snapshot().changed_since(2) is None
    assert len(store.snapshot().changed_since(3) or []) == 2


def test_too_many_touched_requests_are_told_as_all(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("otklik.store.writer.MANY_CHANGES", 1)
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n0 R2 created customer"))
    assert store.snapshot().changed_since(0) is None


def test_only_imports_that_count_have_a_say(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer"))
    store.import_log(lines("1 R1 message customer", mode="dates"))
    records = imports_in(Tables(tmp_path).newest())
    assert [origin.tells_events for origin in live_origins(records).values()] == [{"desk": True}, {"desk": False}]
