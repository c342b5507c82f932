import numpy as np
import pyarrow as pa

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
