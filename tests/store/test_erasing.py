"""Erasing: nothing of a person is left in any file, figures stay, others stay; long-ended requests leave."""

from datetime import timedelta
from pathlib import Path

import pytest

from otklik.store import ServiceStore
from otklik.store.erasing import ended_before, forget, forget_in_kept, own_requests, remove_requests
from otklik.store.keys import Keys
from otklik.store.persons import Person
from otklik.store.tables import Tables
from tests.store.logs import BEGIN, event, lines, log_of, minute, told
from tests.store.people import ANNA, BORIS, met_everywhere, places_of

PERSON = Person.of([ANNA], "person-x")


@pytest.fixture
def store(tmp_path: Path) -> ServiceStore:
    """A log with a history: the same records twice, the second time with a line more, hot and cold files, an undo."""
    store = ServiceStore(tmp_path / "log")
    store.import_log(met_everywhere())
    store.compact()
    later = event("R1", minute(20), "message", actor=ANNA)
    store.import_log(log_of([later], [{**met_everywhere().requests.to_pylist()[0], "subject": f"{ANNA} again"}]))
    store.import_log(lines("30 R7 created customer"))
    store.undo(3)
    return store


def test_nothing_of_the_person_is_left_in_any_file(store: ServiceStore) -> None:
    assert len(places_of(ANNA, store.folder)) > 5
    erased = forget(Tables(store.folder), PERSON)
    assert places_of(ANNA, store.folder) == [] and places_of("my passport", store.folder) == []
    assert erased.requests.request.to_pylist() == ["R1", "R2"] and erased.quarantined == 1
    assert places_of(BORIS, store.folder) and places_of("person-x", store.folder)


def test_everything_else_stays_as_it_was(store: ServiceStore) -> None:
    before = store.log()
    forget(Tables(store.folder), PERSON)
    after = store.log()
    columns = ["source", "request", "at", "seq", "kind", "by", "public", "status"]
    assert after.events.select(columns).equals(before.events.select(columns))
    untouched = [row for row in before.requests.to_pylist() if row["request"] == "R3"]
    assert [row for row in after.requests.to_pylist() if row["request"] == "R3"] == untouched
    assert after.count == before.count


def test_the_requests_changed_are_told_to_whoever_keeps_facts(store: ServiceStore) -> None:
    before = store.snapshot().step
    forget(Tables(store.folder), PERSON)
    changed = store.snapshot().changed_since(before)
    assert changed is not None and changed.request.to_pylist() == ["R1", "R2"]


def test_forgetting_twice_changes_nothing_more(store: ServiceStore) -> None:
    forget(Tables(store.folder), PERSON)
    before = store.snapshot().step
    again = forget(Tables(store.folder), PERSON)
    assert store.snapshot().step == before and not len(again.requests)


def test_an_undo_afterwards_brings_nobody_back(store: ServiceStore) -> None:
    forget(Tables(store.folder), PERSON)
    store.undo(2)
    assert places_of(ANNA, store.folder) == []
    assert [row[2] for row in told(store.log())] == [row[2] for row in told(met_everywhere())]


def test_the_requests_of_the_person_can_go_altogether(store: ServiceStore) -> None:
    forget(Tables(store.folder), PERSON, with_requests=True)
    assert set(store.log().events["request"].to_pylist()) == {"R2", "R3"}
    assert set(store.log().requests["request"].to_pylist()) == {"R2", "R3"}
    assert places_of(ANNA, store.folder) == []


def test_own_requests_are_found_in_the_history_too(store: ServiceStore) -> None:
    assert own_requests(store.snapshot().whole, Person.of(["17"], "x")).request.to_pylist() == ["R3"]


def test_a_crash_before_the_sweep_is_made_good_by_the_next_run(
    store: ServiceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("crash")

    monkeypatch.setattr("otklik.store.erasing.sweep_all", crash)
    with pytest.raises(RuntimeError, match="crash"):
        forget(Tables(store.folder), PERSON)
    assert places_of(ANNA, store.folder), "the old files are still there"
    monkeypatch.undo()
    forget(Tables(store.folder), PERSON)
    assert places_of(ANNA, store.folder) == []


def test_kept_tables_that_name_the_person_are_dropped_and_others_stay(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for key, name in (("one", ANNA), ("two", BORIS)):
        (tmp_path / key).mkdir()
        pq.write_table(pa.table({"request": [ANNA], "holder": [name]}), tmp_path / key / "a.parquet")
    forget_in_kept(tmp_path, PERSON)
    assert [path.name for path in tmp_path.iterdir()] == ["two"]


def ended(store: ServiceStore, minutes: int) -> list[str]:
    return ended_before(store.snapshot().whole, minute(minutes)).request.to_pylist()


def test_over_is_what_was_resolved_or_is_gone_and_quiet_since(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    events = [
        event("open", minute(0), "created", status="new"),
        event("done", minute(0), "created", status="new"),
        event("done", minute(10), "status", "agent", status="resolved"),
        event("again", minute(0), "created", status="resolved"),
        event("again", minute(5), "status", "agent", status="open"),
        event("merged", minute(1), "created", status="new"),
        event("merged", minute(2), "merged", "agent"),
        event("written", minute(0), "created", status="closed"),
        event("written", minute(50), "message"),
    ]
    store.import_log(log_of(events))
    assert ended(store, 11) == ["done", "merged"]
    assert ended(store, 10) == ["merged"] and ended(store, 60) == ["done", "merged", "written"]


def test_requests_taken_out_are_nowhere_any_more(store: ServiceStore) -> None:
    keys = Keys.of(store.log(requests=["R1"]).events)
    whole = remove_requests(Tables(store.folder), keys, BEGIN + timedelta(days=9999))
    assert set(store.log().events["request"].to_pylist()) == {"R2", "R3"}
    assert store.log().quarantine.num_rows == 0
    assert not any(keys.mask(f.sorted.read()).any() for name in ("events", "history_events") for f in whole.files(name))
    changed = store.snapshot().changed_since(store.snapshot().step - 1)
    assert changed is not None and changed.request.to_pylist() == ["R1"]


def test_an_empty_list_takes_nothing_out(store: ServiceStore) -> None:
    before = store.snapshot().step
    remove_requests(Tables(store.folder), Keys.none())
    assert store.snapshot().step == before and store.log().events.num_rows == 7
