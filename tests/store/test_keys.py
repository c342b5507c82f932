import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.store.keys import HashRange, Keys, flat, hash_keys, hash_texts, starts_of_requests, texts_of

names = st.lists(st.text(max_size=5), max_size=20)


def keys(*pairs: str) -> Keys:
    split = [pair.split("/") for pair in pairs]
    return Keys.of(pa.table({"source": [s for s, _ in split], "request": [r for _, r in split]}))


def listed(found: Keys) -> list[str]:
    return [f"{row['source']}/{row['request']}" for row in found.table().to_pylist()]


def test_the_hash_of_a_text_never_changes_because_files_are_laid_out_by_it() -> None:
    assert hash_texts(pa.array(["", "R1", "обращение"])).tolist() == [0, 6099690561442948909, 4800952178116652994]
    assert hash_keys(pa.array(["desk"]), pa.array(["R1"])).tolist() == [15072023062813164384]


@given(names)
def test_a_hash_depends_on_the_text_alone(texts: list[str]) -> None:
    together = hash_texts(pa.array(texts, pa.string()))
    alone = [hash_texts(pa.array([text]))[0] for text in texts]
    assert together.tolist() == [int(h) for h in alone]
    sliced = pa.array(["x", *texts], pa.string()).slice(1)
    assert hash_texts(sliced).tolist() == together.tolist()


def test_hashes_spread_numbered_requests_evenly() -> None:
    requests = pa.array([f"R{n:08d}" for n in range(100_000)])
    hashes = hash_keys(pa.array(["desk"] * 100_000), requests)
    assert len(np.unique(hashes)) == 100_000
    counts = [int(HashRange(4, n).holds(hashes).sum()) for n in range(16)]
    assert max(counts) < 1.1 * min(counts)


def test_the_halves_of_a_range_hold_what_it_holds() -> None:
    hashes = hash_texts(pa.array([str(n) for n in range(1000)]))
    whole = HashRange(2, 3)
    parts = whole.split(4)
    assert sum(part.holds(hashes).sum() for part in parts) == whole.holds(hashes).sum()
    assert all(part.meets(whole) and whole.meets(part) for part in parts)
    assert not HashRange(2, 2).meets(parts[0])
    assert HashRange().holds(hashes).all()


def test_keys_are_sorted_and_each_stands_once() -> None:
    found = keys("shop/R2", "desk/R9", "desk/R1", "desk/R9", "desk/r1")
    assert listed(found) == ["desk/R1", "desk/R9", "desk/r1", "shop/R2"]
    assert listed(Keys.joined([found, keys("desk/R5", "desk/R1")])) == [
        "desk/R1",
        "desk/R5",
        "desk/R9",
        "desk/r1",
        "shop/R2",
    ]
    assert listed(Keys.joined([])) == []


def test_a_mask_finds_the_rows_of_requests_in_their_own_source_only() -> None:
    table = pa.table({"source": ["desk", "shop", "desk"], "request": ["R1", "R1", "R2"]})
    coded = pa.table({name: table[name].dictionary_encode() for name in table.column_names})
    for rows in (table, coded):
        assert keys("desk/R1", "shop/R2").mask(rows).tolist() == [True, False, False]
    assert keys("desk/R1", "shop/R1").has(keys("desk/R1", "desk/R7", "shop/R1")).tolist() == [True, False, True]


def test_names_sort_as_source_and_request_do() -> None:
    found = keys("a/b", "a/", "ab/a", "a b/c")
    assert found.names == sorted(found.names)


def test_a_part_of_the_keys_lies_within_a_range() -> None:
    found = keys(*(f"desk/R{n}" for n in range(100)))
    halves = [found.within(HashRange(1, n)) for n in (0, 1)]
    assert 30 < len(halves[0]) < 70
    assert sorted(listed(halves[0]) + listed(halves[1])) == sorted(listed(found))


def test_a_request_starts_where_source_or_request_changes() -> None:
    table = pa.table({"source": ["a", "a", "b", "b"], "request": ["1", "1", "1", "2"]})
    assert starts_of_requests(table).tolist() == [0, 2, 3]
    assert starts_of_requests(table.slice(0, 0)).tolist() == []


def test_dictionaries_of_several_chunks_become_one() -> None:
    column = pa.chunked_array([pa.array(["a", "b"]).dictionary_encode(), pa.array(["b", "c"]).dictionary_encode()])
    assert flat(column).dictionary.to_pylist() == ["a", "b", "c"]
    assert texts_of(column).to_pylist() == ["a", "b", "b", "c"]


@pytest.mark.parametrize("wanted", [1, 40, 500])
def test_few_and_many_requests_are_found_alike_in_rows_of_many_pieces(wanted: int) -> None:
    names = [f"R{n:04d}" for n in range(1000)]
    pieces = [pa.array(names[at : at + 100]).dictionary_encode() for at in range(0, 1000, 100)]
    sources = [pa.array(["desk" if at % 200 else "shop"] * 100).dictionary_encode() for at in range(0, 1000, 100)]
    table = pa.table({"source": pa.chunked_array(sources), "request": pa.chunked_array(pieces)})
    keys = Keys.sorted(pa.array(["desk"] * wanted), pa.array(names[:: 1000 // wanted][:wanted]))
    expected = [
        row["source"] == "desk" and row["request"] in set(keys.request.to_pylist()) for row in table.to_pylist()
    ]
    assert keys.mask(table).tolist() == expected
