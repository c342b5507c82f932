import numpy as np
import pyarrow as pa

from otklik.findings.columns import codes_of, indices, key_of, micros, numbers


def test_instants_become_microseconds_and_nothing_becomes_minus_one():
    column = pa.chunked_array([pa.array([0, None, 5_000_000], pa.timestamp("us", tz="UTC"))])
    assert micros(column).tolist() == [0, -1, 5_000_000]


def test_numbers_keep_their_gaps():
    assert np.isnan(numbers(pa.array([1, None], pa.int32()))).tolist() == [False, True]


def test_words_become_places_however_they_are_stored():
    words = pa.array(["never", None, "done"])
    assert codes_of(words, ("done", "never")).tolist() == [1, -1, 0]
    assert codes_of(words.dictionary_encode(), ("done", "never")).tolist() == [1, -1, 0]
    two = pa.chunked_array([words.dictionary_encode(), pa.array(["done"]).dictionary_encode()])
    assert codes_of(two, ("done", "never")).tolist() == [1, -1, 0, 0]


def test_the_same_id_in_two_sources_is_two_requests():
    keys = key_of(pa.table({"source": ["a", "b"], "request": ["1", "1"]}))
    assert len(set(keys.to_pylist())) == 2


def test_missing_places_are_minus_one():
    assert indices(pa.array([3, None])).tolist() == [3, -1]
