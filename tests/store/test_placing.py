from pathlib import Path

import pyarrow as pa

from otklik.schemas.events import EVENTS
from otklik.store.delta import DataFile, Place
from otklik.store.importing import as_coded
from otklik.store.keys import HashRange, Keys, hashes_of_rows
from otklik.store.order import sort_events
from otklik.store.placing import Kind, is_hot_full, lay_down, oldest_worth_joining, put_hot, take_out
from otklik.store.sorted_files import Written
from tests.store.logs import event, minute


def rows(n: int) -> pa.Table:
    made = [event(f"R{number:04d}", minute(at)) for number in range(n) for at in range(3)]
    return sort_events(as_coded(pa.Table.from_pylist(made, schema=EVENTS), EVENTS))


def data_file(folder: Path, written: Written) -> DataFile:
    return DataFile(folder, written.path.relative_to(folder).as_posix(), written.rows, written.size, written.stats)


def hot(step: int, n: int) -> DataFile:
    return DataFile(Path(), Place("hot", step, HashRange()).new_name(), n, 0, {})


def test_buckets_are_cut_when_they_grow(tmp_path: Path) -> None:
    kind = Kind(tmp_path, EVENTS, cold_rows=400)
    written = lay_down(kind, [HashRange()], lambda _: [rows(1000)], total=3000, step=1)
    files = [data_file(tmp_path, one) for one in written]
    assert [file.place.span for file in files] == HashRange().split(3)
    assert sum(file.rows for file in files) == 3000
    for file in files:
        found = file.sorted.read()
        assert file.place.span.holds(hashes_of_rows(found)).all()
        assert found["request"].to_pylist() == sorted(found["request"].to_pylist())


def test_an_empty_bucket_is_a_file_too(tmp_path: Path) -> None:
    written = lay_down(Kind(tmp_path, EVENTS, 400), [HashRange(1, 1)], lambda _: [rows(0)], total=0, step=1)
    assert [one.rows for one in written] == [0]


def test_taking_out_writes_the_rest_again(tmp_path: Path) -> None:
    kind = Kind(tmp_path, EVENTS, 400)
    table = rows(100)
    file = data_file(tmp_path, put_hot(kind, table, 5))
    moved = take_out(kind, [file], Keys.of(table.slice(0, 30)))
    assert [one.rows for one in moved.add] == [270]
    assert moved.remove == [file]
    assert take_out(kind, [file], Keys.of(table)).add == []
    assert file.place == Place("hot", 5, HashRange())


def test_hot_rows_are_laid_down_when_they_are_many_and_a_good_share() -> None:
    assert not is_hot_full(50_000, 0)
    assert is_hot_full(50_001, 0)
    assert not is_hot_full(2_000_000, 80_000_000)
    assert is_hot_full(2_500_000, 80_000_000)


def test_few_hot_files_stay_and_of_many_the_newest_small_ones_are_joined() -> None:
    assert oldest_worth_joining([hot(n, 10) for n in range(8)]) == []
    large, small = hot(1, 1_000_000), [hot(n, 10) for n in range(2, 11)]
    assert oldest_worth_joining([large, *small]) == small


def test_joining_again_and_again_leaves_few_files_and_writes_each_row_few_times() -> None:
    files: list[DataFile] = []
    written = 0
    for step in range(1000):
        files.append(hot(step, 100))
        chosen = oldest_worth_joining(files)
        if chosen:
            total = sum(file.rows for file in chosen)
            written += total
            files = [file for file in files if file not in chosen] + [hot(chosen[-1].place.step, total)]
    assert len(files) <= 12
    assert written < 8 * 100_000
