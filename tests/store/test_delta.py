import shutil
from pathlib import Path

import polars
import pyarrow as pa
from deltalake import DeltaTable

from otklik.store.delta import DeltaFolder, Place
from otklik.store.keys import HashRange
from otklik.store.sorted_files import Written, write_sorted

SCHEMA = pa.schema(
    [pa.field("source", pa.string(), nullable=False), ("request", pa.string()), ("at", pa.timestamp("us", tz="UTC"))]
)


def table(*requests: str) -> pa.Table:
    at = pa.array(range(len(requests)), pa.int64()).cast(SCHEMA.field("at").type)
    return pa.table({"source": ["desk"] * len(requests), "request": list(requests), "at": at}, schema=SCHEMA)


def written(home: DeltaFolder, *requests: str) -> Written:
    return write_sorted(home.folder / Place("hot", 1, HashRange()).new_name(), [table(*requests)], SCHEMA, ["at"])


def made(folder: Path) -> DeltaFolder:
    home = DeltaFolder(folder / "t", SCHEMA)
    home.create()
    return home


def test_a_name_says_where_a_file_belongs() -> None:
    place = Place("cold", 12, HashRange(7, 93))
    assert Place.of(place.new_name()) == place
    assert place.new_name() != place.new_name()


def test_one_commit_puts_in_and_takes_out(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([written(home, "R1", "R2")], [])
    before = home.at()
    home.commit([written(home, "R3")], before.files)
    assert [f.rows for f in home.at().files] == [1]
    assert [f.rows for f in before.files] == [2], "a state stays as it was"
    assert home.at(1).rows("hot") == 2


def test_marks_stay_with_the_version_and_later_ones(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([], [], marks={"step": 5})
    first = home.at()
    home.commit([written(home, "R1")], [])
    home.commit([], [], marks={"step": 6})
    assert (first.mark("step"), home.at(2).mark("step"), home.at().mark("step"), first.mark("else")) == (5, 5, 6, None)


def test_marks_outlive_checkpoints(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([], [], marks={"once": 1})
    for step in range(45):
        home.commit([], [], marks={"step": step})
    assert list((home.folder / "_delta_log").glob("*.checkpoint.parquet"))
    assert (home.at().mark("once"), home.at().mark("step")) == (1, 44)


def test_the_newest_version_is_known_without_opening_the_table(tmp_path: Path) -> None:
    home = made(tmp_path)
    version = home.commit([], [])
    assert home.is_newest(version)
    assert not home.is_newest(version - 1)


def test_a_state_is_opened_once_and_again_after_a_commit_by_another(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([written(home, "R1")], [], marks={"step": 1})
    first = home.at()
    assert DeltaFolder(home.folder, SCHEMA).at() is first
    assert home.at(first.version) is first
    table = DeltaTable(str(home.folder))
    table.alter.set_table_properties({"delta.appendOnly": "false"})
    assert home.at().version == first.version + 1
    assert (first.version, first.mark("step"), [f.rows for f in first.files]) == (1, 1, [1])


def test_a_folder_made_anew_is_another_table(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([written(home, "R1")], [])
    assert home.at().rows() == 1
    shutil.rmtree(home.folder)
    home = made(tmp_path)
    home.commit([written(home, "R1", "R2")], [])
    assert home.at().rows() == 2
    shutil.rmtree(home.folder)
    made(tmp_path)
    assert home.at().rows() == 0


def test_what_was_cleaned_away_is_not_taken_for_the_newest(tmp_path: Path) -> None:
    home = made(tmp_path)
    version = home.commit([], [])
    home.commit([], [])
    for n in (version, version + 1):
        (home.folder / "_delta_log" / f"{n:020d}.json").unlink()
    assert not home.is_newest(version)


def test_files_tell_the_ends_of_their_columns(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([written(home, "R1", "R2", "R3")], [])
    file = home.at().files[0]
    assert file.ranges["at"] == (0, 2)
    assert (file.may_hold("at", 1), file.may_hold("at", 9), file.may_hold("unknown", 9)) == (True, False, True)


def test_others_read_it_as_a_delta_table(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([written(home, "R1", "R2")], [])
    assert DeltaTable(str(home.folder)).to_pyarrow_table()["request"].to_pylist() == ["R1", "R2"]
    assert polars.read_delta(str(home.folder))["request"].to_list() == ["R1", "R2"]


def test_files_that_left_are_deleted_when_nobody_can_need_them(tmp_path: Path) -> None:
    home = made(tmp_path)
    home.commit([written(home, "R1")], [])
    home.commit([written(home, "R2")], home.at().files)
    (home.folder / "hot" / "left-behind-by-a-crash.parquet").write_bytes(b"x")
    home.at().sweep(24)
    assert len(list((home.folder / "hot").iterdir())) == 3, "not yet"
    home.at().sweep(0)
    assert len(list((home.folder / "hot").iterdir())) == 1
    assert home.at().files[0].sorted.read()["request"].to_pylist() == ["R2"]
