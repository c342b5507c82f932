"""A column of one value is told once, and comes back the same."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.store.always import Same, repeated, spelled_out
from otklik.store.sorted_files import SortedFile, write_sorted

SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("request", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("word", pa.string()),
        ("n", pa.int32()),
        ("yes", pa.bool_()),
    ]
)


def part(words: list, numbers: list, flags: list) -> pa.Table:
    n = len(words)
    columns = [["desk"] * n, [f"R{i}" for i in range(n)], [0] * n, words, numbers, flags]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def found_in(*parts: pa.Table) -> dict:
    same = Same(SCHEMA)
    for one in parts:
        same.note(one)
    return same.found


def test_what_never_changes_is_told_and_what_does_is_not() -> None:
    assert found_in(part([None, None], [7, 7], [True, False])) == {"source": "desk", "word": None, "n": 7}
    assert found_in(part(["a"], [1], [True]), part(["b"], [1], [True])) == {"source": "desk", "n": 1, "yes": True}
    assert found_in(part(["a"], [1], [True]), part([None], [None], [True])) == {"source": "desk", "yes": True}
    assert found_in(part([], [], [])) == {} == found_in()


def test_the_request_and_the_moment_are_always_read() -> None:
    assert not {"request", "at"} & set(found_in(part(["a"], [1], [True])))


@given(st.lists(st.tuples(st.sampled_from([None, "a", "б"]), st.sampled_from([None, 0, 1]), st.booleans()), max_size=6))
def test_a_file_tells_what_was_written_whatever_stayed_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list
) -> None:
    told = part(*(list(column) for column in zip(*rows, strict=True))) if rows else part([], [], [])
    path = tmp_path_factory.mktemp("same") / "a.parquet"
    write_sorted(path, [told], SCHEMA)
    for columns in (None, ("n", "word"), ("yes",), ()):
        read = SortedFile(path).read(columns=columns)
        assert read.to_pylist() == told.select(read.column_names).to_pylist()
        assert all(pa.types.is_dictionary(read[name].type) for name in read.column_names if name in {"source", "word"})


def test_columns_come_in_the_order_asked_for() -> None:
    rows = spelled_out(pa.table({"n": [1, 2]}), ["word", "n"], {"word": "a"}, SCHEMA)
    assert rows.to_pydict() == {"word": ["a", "a"], "n": [1, 2]}


@pytest.mark.parametrize(
    ("value", "kind"), [("a", pa.string()), (None, pa.string()), (3, pa.int32()), (None, pa.int32())]
)
def test_a_repeated_value(value: object, kind: pa.DataType) -> None:
    assert repeated(value, kind, 3).to_pylist() == [value] * 3  # type: ignore[arg-type]
