"""Arrow to arrays: codes, bounds, and batches that never end within a request."""

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.measures.columns import NEEDED, UnsortedEvents, coded, instants, read_batch, request_bounds, whole_requests
from otklik.schemas.events import Kind
from tests.measures.log_lines import read_lines
from tests.measures.random_logs import random_log

TEXT = """
2025-03-03 10:00 R1 opened team=night
2025-03-03 10:06 R1 agent-reply assignee=ann status=resolved
2025-03-03 10:00 R2 opened
"""


def team_number(team):
    return {"night": 7, None: 0}[team]


def as_dictionaries(table):
    return pa.table(
        {
            n: c.dictionary_encode() if pa.types.is_string(c.type) else c
            for n, c in zip(table.column_names, table.columns, strict=True)
        }
    )


@pytest.mark.parametrize("form", [lambda t: t, as_dictionaries], ids=["plain", "dictionary"])
def test_a_batch_becomes_codes(form):
    batch = read_batch(form(read_lines(TEXT).events.select(NEEDED)), team_number)
    columns = batch.columns
    assert list(columns.kind) == [Kind.created, Kind.message, Kind.created]
    assert list(columns.public) == [1, 1, 1]
    assert list(columns.status) == [-1, 4, -1]
    assert list(columns.assignee) == [-1, 0, -1]
    assert [int(columns.calendar_of_team[team]) for team in columns.team] == [7, 0, 0]
    assert list(batch.first) == [0, 2, 3]
    assert batch.request.to_pylist() == ["R1", "R2"]
    assert columns.at[1] - columns.at[0] == 6 * 60 * 1_000_000


def test_a_batch_of_nothing():
    batch = read_batch(read_lines("").events.select(NEEDED), team_number)
    assert list(batch.first) == [0]
    assert len(batch.request) == 0


def test_time_that_goes_back_is_a_mistake_of_the_caller():
    rows = read_lines(TEXT).events.select(NEEDED)
    with pytest.raises(UnsortedEvents):
        read_batch(rows.take([1, 0, 2]), team_number)


def test_time_may_go_back_between_requests():
    assert list(read_batch(read_lines(TEXT).events.select(NEEDED), team_number).first) == [0, 2, 3]


def test_an_unknown_kind_is_an_error():
    rows = read_lines(TEXT).events.select(NEEDED)
    rows = rows.set_column(rows.column_names.index("kind"), "kind", pa.array(["created", "sung", "created"]))
    with pytest.raises(KeyError):
        read_batch(rows, team_number)


def test_the_same_request_of_another_source_is_another_request():
    assert list(request_bounds(pa.array(["a", "a", "b"]), pa.array(["1", "1", "1"]))) == [0, 2, 3]


def test_codes_of_words_and_of_nulls():
    codes, words = coded(pa.array(["b", None, "a", "b"]))
    assert words == ["b", "a"]
    assert list(codes) == [0, -1, 1, 0]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_instants_of_any_unit(unit):
    assert list(
        instants(pa.array([1_700_000_000], pa.int64()).cast(pa.timestamp("s", "UTC")).cast(pa.timestamp(unit, "UTC")))
    ) == [1_700_000_000_000_000]


@given(seed=st.integers(0, 1000), cut=st.integers(1, 9), dictionaries=st.booleans())
def test_cut_anywhere_the_requests_come_out_whole(seed, cut, dictionaries):
    events = random_log(random.Random(seed), 3).events
    batches = (as_dictionaries(events) if dictionaries else events).combine_chunks().to_batches(max_chunksize=cut)
    whole = list(whole_requests(batches))
    names = [list(dict.fromkeys(zip(b["source"].to_pylist(), b["request"].to_pylist(), strict=True))) for b in whole]
    assert len({name for batch in names for name in batch}) == sum(map(len, names))
    plain = pa.concat_tables(pa.Table.from_batches([batch]).cast(events.schema) for batch in whole)
    assert plain.equals(events)


def test_tables_will_do_as_well_as_batches():
    events = read_lines(TEXT).events
    tables = [events.slice(0, 1), events.slice(1, 2)]
    assert [rows.num_rows for rows in whole_requests(tables)] == [2, 1]


def test_arrays_are_read_only():
    assert not read_batch(read_lines(TEXT).events.select(NEEDED), team_number).columns.at.flags.writeable
    assert not coded(pa.array(["a"]))[0].flags.writeable
    assert np.asarray(request_bounds(pa.array(["a"]), pa.array(["1"]))).tolist() == [0, 1]


def test_two_sources_with_the_same_numbers_stay_apart_even_in_the_middle_of_a_batch():
    """The first and the last row being of one source says nothing about the rows between."""
    rows = [("a", "1"), ("b", "1"), ("b", "1"), ("a", "2"), ("a", "3")]
    for kind in (pa.string(), pa.dictionary(pa.int32(), pa.string())):
        source, request = (pa.array([row[place] for row in rows]).cast(kind) for place in (0, 1))
        assert request_bounds(source, request).tolist() == [0, 1, 3, 4, 5]
