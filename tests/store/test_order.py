import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from otklik.schemas.events import EVENTS, Kind
from otklik.store.importing import as_coded
from otklik.store.order import (
    at_us,
    merge_events,
    merge_rows,
    number_instants,
    ranks,
    sort_by_request,
    sort_events,
    whole_table,
)
from tests.store.logs import event, minute

one_event = st.builds(
    lambda request, at, seq, kind, team: event(request, minute(at), kind, team=team, seq=seq),
    st.sampled_from(["R1", "R10", "R2", "r2"]),
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from(["created", "message", "status"]),
    st.sampled_from([None, "north", "south"]),
)
events = st.lists(one_event, max_size=12)


def coded(rows: list[dict[str, object]]) -> pa.Table:
    return as_coded(pa.Table.from_pylist(rows, schema=EVENTS), EVENTS)


def by_hand(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    def key(row: dict[str, object]) -> tuple[object, ...]:
        team = ("",) if row["team"] is None else ("x", row["team"])
        return (row["source"], row["request"], row["at"], row["seq"], Kind[str(row["kind"])], team)

    return sorted(rows, key=key)


@given(events)
def test_events_are_in_the_order_of_the_log_however_they_came(rows: list[dict[str, object]]) -> None:
    expected = pa.Table.from_pylist(by_hand(rows), schema=EVENTS).to_pylist()
    assert sort_events(coded(rows)).to_pylist() == expected
    assert sort_events(coded(rows[::-1])).to_pylist() == expected


@given(events, events)
def test_merging_two_sorted_tables_is_sorting_both(one: list, other: list) -> None:
    merged = merge_events(sort_events(coded(one)), sort_events(coded(other)))
    assert merged.to_pylist() == sort_events(coded(one + other)).to_pylist()


def test_rows_of_unlike_requests_are_laid_in_order() -> None:
    one, other = ([event(name, minute(0)) for name in names] for names in (["R1", "R3"], ["R0", "R2", "R4"]))
    assert merge_rows(coded(one), coded(other))["request"].to_pylist() == ["R0", "R1", "R2", "R3", "R4"]


def test_events_of_one_instant_are_numbered_from_nought() -> None:
    rows = [event("R1", minute(at), seq=7) for at in (0, 0, 1)] + [event("R2", minute(1), seq=7)]
    assert number_instants(coded(rows))["seq"].to_pylist() == [0, 1, 0, 0]


def test_nulls_rank_before_words() -> None:
    assert ranks(pa.array(["b", None, "a", "b"])).tolist() == [1, -1, 0, 1]
    assert ranks(pa.array([None, None], pa.string())).tolist() == [-1, -1]
    assert ranks(pa.array([True, False])).tolist() == [1, 0]


def test_rows_of_one_request_keep_their_order() -> None:
    table = pa.table({"source": ["b", "a", "b"], "request": ["1", "1", "0"], "n": [1, 2, 3]})
    twice = pa.concat_tables([table, table.set_column(2, "n", pa.array([4, 5, 6]))])
    assert sort_by_request(twice)["n"].to_pylist() == [2, 5, 3, 6, 1, 4]


def test_a_whole_table_has_one_chunk_a_column() -> None:
    both = pa.concat_tables([coded([event("R1", minute(0))]), coded([event("R2", minute(1))])])
    assert {column.num_chunks for column in whole_table(both).columns} == {1}
    assert (at_us(both)[1] - at_us(both)[0]) == 60_000_000
