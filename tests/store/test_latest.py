from pathlib import Path

import pyarrow as pa

from otklik.store.delta import DataFile, Place
from otklik.store.keys import HashRange, Keys
from otklik.store.latest import LatestFiles
from otklik.store.sorted_files import write_sorted

SCHEMA = pa.schema([("source", pa.string()), ("request", pa.string()), ("n", pa.int64())])


def put(folder: Path, tier: str, step: int, rows: dict[str, int | tuple[int, ...]]) -> DataFile:
    flat = [(request, n) for request, ns in sorted(rows.items()) for n in (ns if isinstance(ns, tuple) else (ns,))]
    table = pa.table({"source": ["desk"] * len(flat), "request": [r for r, _ in flat], "n": [n for _, n in flat]})
    place = Place(tier, step, HashRange())
    written = write_sorted(folder / place.new_name(), [table.cast(SCHEMA)], SCHEMA)
    return DataFile(folder, written.path.relative_to(folder).as_posix(), written.rows, written.size, {})


def keys(*requests: str) -> Keys:
    return Keys.of(pa.table({"source": ["desk"] * len(requests), "request": list(requests)}))


def pairs(table: pa.Table) -> list[tuple[str, int]]:
    return list(zip(table["request"].to_pylist(), table["n"].to_pylist(), strict=True))


def test_the_newest_file_that_tells_of_a_request_counts(tmp_path: Path) -> None:
    files = [
        put(tmp_path, "cold", 0, {"R1": 1, "R2": 2, "R3": 3}),
        put(tmp_path, "hot", 4, {"R2": 20, "R4": 40}),
        put(tmp_path, "hot", 12, {"R2": 200, "R0": 0}),
    ]
    latest = LatestFiles.of(files, SCHEMA)
    assert pairs(latest.read()) == [("R0", 0), ("R1", 1), ("R2", 200), ("R3", 3), ("R4", 40)]
    assert pairs(latest.look_up(keys("R1", "R2", "R4", "R9"))) == [("R1", 1), ("R2", 200), ("R4", 40)]
    assert latest.hot_keys().request.to_pylist() == ["R0", "R2", "R4"]
    assert latest.count() == 5


def test_a_following_table_has_the_rows_of_the_same_step_even_when_there_are_none(tmp_path: Path) -> None:
    leading = [put(tmp_path / "a", "cold", 0, {"R1": 1, "R2": 1}), put(tmp_path / "a", "hot", 3, {"R1": 1})]
    waits = [put(tmp_path / "b", "cold", 0, {"R1": (5, 6), "R2": (7, 8)})]
    latest = LatestFiles.of(waits, SCHEMA, leading)
    assert pairs(latest.read()) == [("R2", 7), ("R2", 8)]
    assert pairs(latest.look_up(keys("R1", "R2"))) == [("R2", 7), ("R2", 8)]


def test_a_bucket_shows_only_its_requests(tmp_path: Path) -> None:
    latest = LatestFiles.of([put(tmp_path, "hot", n, {f"R{i}": n for i in range(30)}) for n in (1, 2)], SCHEMA)
    halves = [pairs(latest.read(bucket=HashRange(1, half))) for half in (0, 1)]
    assert sorted(halves[0] + halves[1]) == pairs(latest.read())
    assert all(halves)


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    latest = LatestFiles.of([put(tmp_path, "cold", 0, {"R1": 1})], SCHEMA)
    assert latest.read(["n"]).column_names == ["source", "request", "n"]
    assert latest.read(in_order=False).num_rows == 1
