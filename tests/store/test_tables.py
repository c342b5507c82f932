from pathlib import Path

import pytest

from otklik.schemas.events import LOG_VERSION
from otklik.store import NewerStore, NotAStore, ServiceStore
from otklik.store.sorted_files import write_plain
from otklik.store.tables import SCHEMAS, Change, Tables
from tests.store.logs import lines, told


def test_a_folder_without_a_log_says_so(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    assert not tables.exists()
    with pytest.raises(NotAStore):
        tables.newest()


def test_a_new_log_is_empty_and_whole(tmp_path: Path) -> None:
    whole = Tables(tmp_path).for_writing()
    assert (whole.step, whole.settled) == (0, 0)
    assert all(whole.files(name) == () for name in SCHEMAS)


def test_what_was_committed_to_one_table_alone_is_not_seen_and_is_taken_back(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer"))
    before = store.imports()
    tables = Tables(tmp_path)
    home = tables.folders["imports"]
    stray = write_plain(
        home.folder / "hot/0000000009-00-00000-0123456789ab.parquet",
        SCHEMAS["imports"].empty_table(),
        SCHEMAS["imports"],
    )
    home.commit([stray], home.at().files)
    assert store.imports() == before
    store.import_log(lines("1 R1 message customer"))
    assert [record.import_id for record in store.imports()] == [1, 2]


def test_a_state_once_taken_does_not_change(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    log = lines("0 R1 created customer")
    store.import_log(log)
    earlier = store.snapshot()
    store.import_log(lines("1 R1 message customer\n1 R2 message customer"))
    assert told(earlier.log()) == told(log)
    assert earlier.requests()["request"].to_pylist() == ["R1"]
    assert len(earlier.imports) == 1


def test_a_log_of_a_later_version_is_not_touched(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    tables.create()
    tables.folders["events"].commit([], [], marks={"format": LOG_VERSION + 1})
    with pytest.raises(NewerStore):
        tables.for_writing()


def test_a_change_knows_its_tables(tmp_path: Path) -> None:
    change = Change()
    change.take("events", [])
    assert change.tables == set()
    change.put("imports", write_plain(tmp_path / "a.parquet", SCHEMAS["imports"].empty_table(), SCHEMAS["imports"]))
    assert change.tables == {"imports"}
