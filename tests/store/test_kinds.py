from pathlib import Path

from otklik.store import Keys, ServiceStore
from otklik.store.kinds import events_of, history_of, is_large, kind_of, plain_rows, requests_of, take_out_rows
from otklik.store.tables import SCHEMAS, Change, Tables
from tests.store.logs import event, lines, log_of, minute


def test_a_small_addition_to_a_large_table_is_put_into_a_hot_file() -> None:
    assert is_large(1, 0), "the first rows go straight into the cold files"
    assert not is_large(1_000, 80_000_000)
    assert not is_large(150_000, 200_000)
    assert is_large(9_000_000, 80_000_000)


def test_each_table_lies_in_its_own_folder(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    assert kind_of(tables, "events").folder == tmp_path / "events"
    assert kind_of(tables, "history_events").folder == tmp_path / "history" / "events"


def test_where_a_request_has_one_row_its_row_groups_are_smaller(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    assert kind_of(tables, "requests").group_rows < kind_of(tables, "events").group_rows
    store = ServiceStore(tmp_path)
    names = [f"R{n:04d}" for n in range(3000)]
    store.import_log(log_of([event(name, minute(0)) for name in names]))
    (file,) = tables.newest().files("requests")
    assert [file.sorted.rows_in(group) for group in range(file.sorted.groups)] == [1024, 1024, 952]


def test_rows_of_some_requests_can_be_taken_out(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n0 R2 created customer\n1 R2 message agent"))
    tables = Tables(tmp_path)
    whole, change = tables.for_writing(), Change()
    keys = Keys.of(whole_events(whole).slice(0, 1))
    take_out_rows(tables, whole, change, "events", keys)
    newer = tables.commit(change, marks={}, note={}, same_log=False)
    assert whole_events(newer)["request"].to_pylist() == ["R2", "R2"]
    assert whole_events(whole).num_rows == 3


def whole_events(whole):  # type: ignore[no-untyped-def]
    files = events_of(whole)
    return next(iter(files.batches(files.buckets[0])))


def test_the_parts_of_a_state(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    log = lines("0 R1 created customer")
    store.import_log(log)
    store.import_log(lines("0 R1 created customer\n1 R1 note agent"))
    whole = Tables(tmp_path).newest()
    assert requests_of(whole).read()["request"].to_pylist() == ["R1"]
    assert history_of(whole, "events").rows == 1
    assert plain_rows(whole.files("imports"), SCHEMAS["imports"])["import_id"].to_pylist() == [1, 2]
