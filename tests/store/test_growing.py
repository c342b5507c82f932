from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from otklik.schemas.events import EVENTS
from otklik.store import ServiceStore
from otklik.store.delta import DataFile
from otklik.store.growing import FILES_A_BUCKET, Spread, lay_in
from otklik.store.importing import as_coded
from otklik.store.keys import HashRange, Keys, hashes_of_rows
from otklik.store.order import sort_events
from otklik.store.placing import Kind, Moved
from otklik.store.reading import in_order
from otklik.store.tables import Tables
from tests.store.logs import description, event, log_of, minute, told


def rows(first: int, last: int) -> pa.Table:
    made = [event(f"R{number:04d}", minute(at)) for number in range(first, last) for at in range(3)]
    return sort_events(as_coded(pa.Table.from_pylist(made, schema=EVENTS), EVENTS))


def files_of(kind: Kind, moved: Moved, before: list[DataFile]) -> list[DataFile]:
    new = [DataFile(kind.folder, w.path.relative_to(kind.folder).as_posix(), w.rows, w.size, {}) for w in moved.add]
    return [file for file in before if file not in moved.remove] + new


def names_in(files: list[DataFile]) -> list[str]:
    return sorted({name for file in files for name in file.sorted.read()["request"].to_pylist()})


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return Kind(tmp_path, EVENTS, cold_rows=400)


@pytest.fixture
def grown(kind: Kind) -> list[DataFile]:
    """A thousand events in four buckets, and as many later requests."""
    first = files_of(kind, lay_in(kind, [], rows(0, 334), Keys.none(), 1), [])
    return files_of(kind, lay_in(kind, first, rows(334, 668), Keys.none(), 2), first)


def test_rows_are_taken_bucket_by_bucket() -> None:
    table = rows(0, 100)
    spread = Spread.of(table)
    parts = [spread.within(bucket) for bucket in HashRange().split(3)]
    assert sum(part.num_rows for part in parts) == table.num_rows
    for bucket, part in zip(HashRange().split(3), parts, strict=True):
        assert bucket.holds(hashes_of_rows(part)).all()
        assert part.equals(table.filter(pa.array(bucket.holds(hashes_of_rows(table)))))
    assert spread.within(HashRange()) is table


def test_what_comes_after_stands_in_files_of_its_own(grown: list[DataFile]) -> None:
    assert [file.place.step for file in grown] == [1] * 4 + [2] * 4
    for bucket in HashRange().split(2):
        one, other = in_order(grown[::-1], bucket)
        assert (one.place.step, other.place.step) == (1, 2)
        assert one.sorted.last is not None
        assert one.sorted.last < other.sorted.firsts[0]


def test_what_comes_among_the_others_is_written_among_them(kind: Kind, grown: list[DataFile]) -> None:
    moved = lay_in(kind, grown, rows(660, 670), Keys.none(), 3)
    files = files_of(kind, moved, grown)
    touched = {file.place.span for file in moved.remove}
    assert len(moved.remove) == 2 * len(touched) > 0, "the whole bucket"
    assert {file.place.step for bucket in touched for file in files if file.place.span.meets(bucket)} == {3}
    assert names_in(files) == [f"R{n:04d}" for n in range(670)]
    assert sum(file.rows for file in files) == 3 * (668 + 10)
    for file in files:
        found = file.sorted.read()["request"].to_pylist()
        assert found == sorted(found)


def test_requests_that_are_gone_leave_only_the_buckets_they_were_in(kind: Kind, grown: list[DataFile]) -> None:
    gone = Keys.of(rows(7, 8))
    moved = lay_in(kind, grown, rows(0, 0), gone, 3)
    assert {file.place.span for file in moved.remove} == {b for b in HashRange().split(2) if len(gone.within(b))}
    assert names_in(files_of(kind, moved, grown)) == [f"R{n:04d}" for n in range(668) if n != 7]


def test_gone_requests_after_all_others_need_no_file(kind: Kind, grown: list[DataFile]) -> None:
    assert lay_in(kind, grown, rows(0, 0), Keys.of(rows(900, 910)), 3) == Moved([], [])


def test_a_bucket_that_has_grown_is_cut(kind: Kind, grown: list[DataFile]) -> None:
    most = FILES_A_BUCKET * kind.cold_rows
    files = files_of(kind, lay_in(kind, grown, rows(668, 2668), Keys.none(), 3), grown)
    assert {file.place.span.bits for file in files} == {5}
    assert all(file.rows < most for file in files)
    assert names_in(files) == [f"R{n:04d}" for n in range(2668)]
    for file in files:
        assert file.place.span.holds(hashes_of_rows(file.sorted.read())).all()


def test_where_one_file_is_wanted_nothing_is_put_after(kind: Kind) -> None:
    first = files_of(kind, lay_in(kind, [], rows(0, 10), Keys.none(), 1), [])
    moved = lay_in(kind, first, rows(10, 20), Keys.none(), 2, after=False)
    assert [written.rows for written in moved.add] == [60]
    assert moved.remove == first


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every addition is large, every file small: what happens to millions of rows happens to dozens."""
    monkeypatch.setattr("otklik.store.kinds.LARGE_ROWS", 0)
    monkeypatch.setattr("otklik.store.kinds.ALWAYS_ONE_ROW", 0)
    monkeypatch.setattr("otklik.store.kinds.COLD_ROWS", {"events": 16, "requests": 8})
    monkeypatch.setattr("otklik.store.importing.MANY_REQUESTS", 4)


def random_log(rng: np.random.Generator, low: int, high: int, mode: str, turn: int):  # type: ignore[no-untyped-def]
    names = [f"R{n:03d}" for n in rng.choice(np.arange(low, high), 12, replace=False)]
    made = [event(name, minute(int(at))) for name in names for at in rng.integers(0, 6, 2)]
    told = [description(name, subject=f"told {turn}") for name in names]
    return log_of(made, told, mode=mode, horizon=minute(100_000 + turn))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.usefixtures("small_files")
def test_a_log_of_large_additions_is_the_log_of_small_ones(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    modes = [["events", "dates"][int(rng.random() < 0.3)] for _ in range(6)]
    ranges = [(turn * 20, turn * 20 + 20) if rng.random() < 0.6 else (0, 120) for turn in range(6)]
    logs = [random_log(rng, *ranges[turn], modes[turn], turn) for turn in range(6)]
    store = ServiceStore(tmp_path / "large")
    records = [store.import_log(log, tidy=bool(turn % 2)) for turn, log in enumerate(logs)]
    assert store.import_log(logs[-1]).import_id is None, "twice is once"
    assert_each_request_lies_in_one_cold_file(store)
    undone = int(rng.integers(1, 7))
    store.undo(undone)
    assert_each_request_lies_in_one_cold_file(store)
    monkeypatch.undo()
    other = ServiceStore(tmp_path / "small")
    again = [other.import_log(log) for log in logs]
    same = {"imported_at"}
    assert [r.model_dump(exclude=same) for r in records] == [r.model_dump(exclude=same) for r in again]
    other.undo(undone)
    assert told(store.log()) == told(other.log())
    assert store.log().requests.to_pylist() == other.log().requests.to_pylist()
    store.compact()
    assert told(store.log()) == told(other.log())


def assert_each_request_lies_in_one_cold_file(store: ServiceStore) -> None:
    whole = Tables(store.folder).newest()
    for name in ("events", "requests"):
        cold = [file for file in whole.files(name) if file.place.tier == "cold"]
        held = [set(file.sorted.read()["request"].to_pylist()) for file in cold]
        assert sum(len(part) for part in held) == len(set().union(*held))
