import numpy as np
import pyarrow as pa
import pytest

from otklik.intake.coded import (
    among,
    chosen_by,
    coded,
    codes_of,
    constant,
    filled,
    from_codes,
    is_null,
    is_text,
    joined,
    recoded,
    texts,
    translated,
    where,
)

COLUMN = pa.chunked_array([["a", None], ["b", "a"]])


def test_text_goes_there_and_back():
    assert texts(coded(COLUMN)).to_pylist() == ["a", None, "b", "a"]
    assert codes_of(coded(COLUMN)).tolist() == [0, -1, 1, 0]


def test_chunks_with_different_lists_become_one():
    parts = pa.chunked_array([pa.array(["b"]).dictionary_encode(), pa.array(["a", "b"]).dictionary_encode()])
    assert coded(parts).to_pylist() == ["b", "a", "b"]


def test_text_is_text_coded_or_not():
    assert is_text(pa.string()) and is_text(pa.dictionary(pa.int32(), pa.string())) and not is_text(pa.int64())


def test_a_constant_column_and_a_column_of_nothing():
    assert constant("x", 2).to_pylist() == ["x", "x"]
    assert texts(constant(None, 2)).to_pylist() == [None, None]
    assert coded(pa.nulls(2)).null_count == 2


def test_values_that_come_to_mean_the_same_become_one():
    upper = translated(coded(pa.array(["a", "A", "b"])), str.upper)
    assert upper.dictionary.to_pylist() == ["A", "B"]
    assert recoded(coded(pa.array(["a", "b"])), pa.array([None, "c"])).to_pylist() == [None, "c"]


def test_rows_are_chosen_by_their_values():
    assert among(coded(COLUMN), ("a",)).tolist() == [True, False, False, True]
    assert is_null(coded(COLUMN)).tolist() == [False, True, False, False]


def test_a_choice_between_two_words_two_columns_or_a_filling():
    rows = np.array([True, False])
    assert chosen_by(rows, "yes", None).to_pylist() == ["yes", None]
    assert where(rows, constant("l", 2), constant("r", 2)).to_pylist() == ["l", "r"]
    assert filled(from_codes(np.array([0, -1]), ["a"]), "z").to_pylist() == ["a", "z"]
    assert filled(constant("a", 1), "z").to_pylist() == ["a"]


@pytest.mark.parametrize(
    "rows",
    [
        [f"{n:05d}" for n in range(3_000)],
        [f"{n // 3:05d}" for n in range(3_000)],
        [f"{n * 7 % 3_000:05d}" for n in range(3_000)],
        [*(f"{n:05d}" for n in range(3_000)), "00000"],
        [None if n == 2_000 else f"{n:05d}" for n in range(3_000)],
    ],
    ids=["rising", "in runs", "mixed", "back to the first", "with a gap"],
)
def test_a_column_in_any_order_is_coded_with_each_value_once(rows: list[str | None]):
    column = coded(pa.chunked_array([rows[:1_500], rows[1_500:]], pa.string()))
    assert column.to_pylist() == rows
    assert len(column.dictionary) == len(set(rows) - {None})


def test_columns_laid_together_keep_their_rows():
    columns = [["a", None], [], [None, None], ["b", "a"]]
    assert joined([coded(pa.array(one, pa.string())) for one in columns]).to_pylist() == [
        "a",
        None,
        None,
        None,
        "b",
        "a",
    ]
    assert joined([constant(None, 2), constant(None, 1)]).to_pylist() == [None, None, None]
    long = [[f"{place}-{n}" for n in range(6_000)] for place in "ab"]
    assert joined([coded(pa.array(one, pa.string())) for one in long]).to_pylist() == long[0] + long[1]
