from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from otklik.store.keys import Keys
from otklik.store.sorted_files import GROUP_ROWS, SortedFile, write_plain, write_sorted

SCHEMA = pa.schema([("source", pa.string()), ("request", pa.string()), ("n", pa.int64())])


def rows(requests: int, each: int) -> pa.Table:
    names = [f"R{number:06d}" for number in range(requests) for _ in range(each)]
    return pa.table({"source": ["desk"] * len(names), "request": names, "n": range(len(names))}, schema=SCHEMA)


def keys(*names: str) -> Keys:
    return Keys.of(pa.table({"source": ["desk"] * len(names), "request": list(names)}))


def test_a_row_group_never_ends_within_a_request(tmp_path: Path) -> None:
    write_sorted(tmp_path / "a.parquet", [rows(3000, 7)], SCHEMA)
    file = SortedFile(tmp_path / "a.parquet")
    groups = [set(file.read([n])["request"].to_pylist()) for n in range(file.groups)]
    assert file.groups > 3
    assert sum(len(group) for group in groups) == 3000
    assert all(abs(file.rows_in(n) - GROUP_ROWS) < 7 for n in range(file.groups - 1))
    assert file.firsts == [f"desk\0{min(group)}" for group in groups]


def test_one_giant_request_is_one_group(tmp_path: Path) -> None:
    write_sorted(tmp_path / "a.parquet", [rows(2, 3 * GROUP_ROWS)], SCHEMA)
    assert SortedFile(tmp_path / "a.parquet").groups == 2


def test_looking_up_reads_only_the_groups_that_can_hold_the_requests(tmp_path: Path) -> None:
    write_sorted(tmp_path / "a.parquet", [rows(3000, 7)], SCHEMA)
    file = SortedFile(tmp_path / "a.parquet")
    wanted = keys("R000000", "R002999", "R000001", "unknown")
    assert file.groups_of(wanted) == [0, file.groups - 1]
    assert file.look_up(wanted)["n"].to_pylist() == [*range(14), *range(2999 * 7, 3000 * 7)]
    assert file.look_up(keys("A"))["n"].to_pylist() == []
    assert file.look_up(wanted, ["n"]).column_names == ["source", "request", "n"]


@pytest.mark.parametrize("sources", [["desk"], ["desk", "shop"], ["desk", "shop", "desk\x01"]])
def test_the_source_is_told_whether_the_file_has_one_or_several(tmp_path: Path, sources: list[str]) -> None:
    table = pa.concat_tables(
        rows(3000, 1).set_column(0, SCHEMA.field(0), pa.array([source] * 3000)) for source in sorted(sources)
    )
    write_sorted(tmp_path / "a.parquet", [table], SCHEMA)
    file = SortedFile(tmp_path / "a.parquet")
    for columns in (None, (), ("n",), ("n", "source")):
        found = file.read(columns=columns)
        assert found["source"].to_pylist() == table["source"].to_pylist()
        assert found["source"].type == pa.dictionary(pa.int32(), pa.string())
    for source in sources:
        wanted = Keys.of(pa.table({"source": [source], "request": ["R000007"]}))
        assert file.look_up(wanted, ("n",)).num_rows == 1
    assert file.look_up(Keys.of(pa.table({"source": ["other"], "request": ["R000007"]})), ("n",)).num_rows == 0


def test_requests_before_and_after_all_of_a_file_are_not_looked_for(tmp_path: Path) -> None:
    write_sorted(tmp_path / "a.parquet", [rows(3000, 7)], SCHEMA)
    file = SortedFile(tmp_path / "a.parquet")
    assert file.last == "desk\0R002999"
    assert file.groups_of(keys("A", "S", "Z")) == []
    assert file.groups_of(keys(*(f"S{n}" for n in range(1000)))) == []


@pytest.mark.parametrize("stride", [1, 700])
def test_many_groups_are_looked_at_before_they_are_read(tmp_path: Path, stride: int) -> None:
    """Requests that are all there, and such of which hardly any is: both ways find the same."""
    write_sorted(tmp_path / "a.parquet", [rows(300_000, 1)], SCHEMA)
    wanted = keys(*(f"R{n:06d}{'x' if n % stride else ''}" for n in range(0, 300_000, 301)))
    found = SortedFile(tmp_path / "a.parquet").look_up(wanted)
    assert found["n"].to_pylist() == [n for n in range(0, 300_000, 301) if not n % stride]


def test_others_read_it_as_plain_parquet(tmp_path: Path) -> None:
    table = rows(100, 2)
    write_sorted(tmp_path / "a.parquet", [table], SCHEMA)
    assert pq.read_table(tmp_path / "a.parquet").cast(SCHEMA).equals(table)
    assert duckdb.sql(f"select count(distinct request), sum(n) from '{tmp_path}/a.parquet'").fetchall() == [
        (100, 19900)
    ]


def test_the_ends_of_number_columns_are_told(tmp_path: Path) -> None:
    written = write_sorted(tmp_path / "a.parquet", [rows(2, 2), rows(2, 2).slice(0, 0), rows(3, 2)], SCHEMA, ["n"])
    assert (written.rows, written.stats) == (10, {"n": (0, 5)})
    assert written.size == (tmp_path / "a.parquet").stat().st_size


def test_a_file_without_rows_can_be_read(tmp_path: Path) -> None:
    write_sorted(tmp_path / "a.parquet", [rows(0, 0)], SCHEMA)
    file = SortedFile(tmp_path / "a.parquet")
    assert (file.groups, file.look_up(keys("R1")).num_rows) == (0, 0)


def test_words_keep_their_values_whatever_their_dictionary(tmp_path: Path) -> None:
    wide = pa.array([f"word {n}" for n in range(1000)]).dictionary_encode()
    table = rows(1000, 1).set_column(2, "n", wide)
    schema = pa.schema([("source", pa.string()), ("request", pa.string()), ("n", pa.string())])
    write_sorted(tmp_path / "a.parquet", [table], schema)
    found = SortedFile(tmp_path / "a.parquet").read()["n"]
    assert pa.types.is_dictionary(found.type)
    assert found.to_pylist() == wide.to_pylist()


def test_small_tables_are_written_plain(tmp_path: Path) -> None:
    assert write_plain(tmp_path / "b.parquet", rows(2, 1), SCHEMA).rows == 2
    assert pq.read_table(tmp_path / "b.parquet")["n"].to_pylist() == [0, 1]
