from pathlib import Path

from otklik.store import ServiceStore
from otklik.store.placing import HOT_FILES
from otklik.store.tables import Tables
from otklik.store.tidying import compact, join_hot, settle, sweep
from tests.store.logs import description, event, lines, log_of, minute, told


def many_small(folder: Path, n: int) -> ServiceStore:
    store = ServiceStore(folder)
    store.import_log(log_of([event(f"R{n}", minute(0)) for n in range(5)]))
    for turn in range(1, n):
        row = event(f"R{turn % 7}", minute(turn))
        store.import_log(log_of([row], [description(f"R{turn % 7}", subject=f"turn {turn}")]), tidy=False)
    return store


def test_small_hot_files_are_joined_without_changing_the_log(tmp_path: Path) -> None:
    store = many_small(tmp_path, HOT_FILES + 4)
    before, subjects = told(store.log()), store.log().requests["subject"].to_pylist()
    tables = Tables(tmp_path)
    whole = join_hot(tables, tables.for_writing())
    assert len(whole.state("events").of_tier("hot")) <= HOT_FILES
    assert told(store.log()) == before
    assert store.log().requests["subject"].to_pylist() == subjects
    assert join_hot(tables, whole).version == whole.version


def test_compacting_leaves_no_hot_rows_and_the_same_log(tmp_path: Path) -> None:
    store = many_small(tmp_path, 5)
    before = told(store.log())
    tables = Tables(tmp_path)
    assert compact(tables, tables.for_writing()).state("events").rows("hot") > 0, "too few to be worth it"
    whole = compact(tables, tables.for_writing(), force=True)
    assert whole.state("events").rows("hot") == whole.state("requests").rows("hot") == 0
    assert told(store.log()) == before
    assert whole.step == 5, "the log is the same, so nothing has to be measured again"


def test_a_reader_from_before_still_reads_after_compacting_and_sweeping(tmp_path: Path) -> None:
    store = many_small(tmp_path, 3)
    reader = store.snapshot()
    store.compact()
    sweep(store.snapshot().whole)
    assert told(reader.log()) == told(store.log())


def test_a_settled_log_has_no_history(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer"))
    store.import_log(lines("0 R1 created customer\n1 R1 note agent"))
    tables = Tables(tmp_path)
    whole = settle(tables, tables.for_writing(), 2)
    assert (whole.settled, whole.files("history_events")) == (2, ())
    assert len(store.imports()) == 2


def test_history_is_joined_too_and_still_serves_an_undo(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    text = "0 R1 created customer"
    for n in range(1, 14):
        text += f"\n{n} R1 note agent"
        store.import_log(lines(text))
    files = Tables(tmp_path).newest().files("history_events")
    assert len(files) <= HOT_FILES
    store.undo(1)
    assert store.log().events.num_rows == 14, "every later import told it too"


def test_a_log_that_grows_in_small_steps_is_swept_now_and_then(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("otklik.store.tidying.SWEEP_EVERY", 2)
    monkeypatch.setattr("otklik.store.tidying.KEEP_HOURS", 0)
    store = many_small(tmp_path, 12)
    before = told(store.log())
    tables = Tables(tmp_path)
    whole = join_hot(tables, tables.for_writing())
    assert whole.step % 2 == 0
    left = {path.name for path in (tmp_path / "events").rglob("*.parquet") if path.parent.name in ("hot", "cold")}
    assert left == {file.name.split("/")[1] for file in whole.files("events")}
    assert told(store.log()) == before
