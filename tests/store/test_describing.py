from datetime import timedelta

import numpy as np
import pyarrow as pa

from otklik.schemas.events import REQUESTS
from otklik.store.describing import Told, describe, is_merged, lay_over, positions, told_columns
from otklik.store.importing import as_coded
from otklik.store.merging import Origin
from otklik.store.reading import coded
from otklik.store.tables import SCHEMAS
from tests.store.logs import BEGIN, description

NOTHING = coded(SCHEMAS["requests"]).empty_table()


def rows(*described: dict[str, object]) -> pa.Table:
    return as_coded(pa.Table.from_pylist(list(described), schema=REQUESTS), REQUESTS)


def origin(import_id: int, day: int = 0) -> Origin:
    return Origin(import_id, {"desk": True}, {"desk": BEGIN + timedelta(days=day)})


def laid(*imports: tuple[int, dict[str, object]]) -> tuple[pa.Table, Told]:
    """Import after import of one request, each as (day of its horizon, description)."""
    state, origins = NOTHING, {}
    for number, (day, told) in enumerate(imports, 1):
        origins[number] = origin(number, day)
        last = lay_over(state, rows(told), origins[number], origins)
        state = last.changed if last.changed.num_rows else state
    return state, last


def test_the_newer_wins_column_by_column() -> None:
    state, _ = laid((0, description("R1", subject="Door", priority="low")), (1, description("R1", priority="high")))
    assert (state["subject"][0].as_py(), state["priority"][0].as_py()) == ("Door", "high")
    assert state["merged"].to_pylist() == [True]


def test_an_older_export_only_fills_what_was_empty() -> None:
    state, _ = laid((1, description("R1", priority="high")), (0, description("R1", priority="low", subject="Door")))
    assert (state["subject"][0].as_py(), state["priority"][0].as_py()) == ("Door", "high")


def test_attributes_are_joined_name_by_name() -> None:
    state, _ = laid(
        (0, description("R1", attributes=[("floor", "2"), ("door", "red")])),
        (0, description("R1", attributes=[("floor", "3"), ("door", None), ("lift", "no")])),
    )
    assert dict(state["attributes"][0].as_py()) == {"floor": "3", "door": "red", "lift": "no"}


def test_attributes_in_another_order_are_no_change() -> None:
    one = [("floor", "2"), ("door", "red")]
    _, last = laid((0, description("R1", attributes=one)), (0, description("R1", attributes=one[::-1])))
    assert last.changed.num_rows == 0


def test_what_came_is_kept_aside_where_several_had_a_part() -> None:
    _, last = laid((0, description("R1", subject="Door")), (0, description("R1", subject="Lift")))
    assert last.hidden.select(["import_id", "subject", "hidden_by"]).to_pylist() == [
        {"import_id": 2, "subject": "Lift", "hidden_by": 2},
        {"import_id": 1, "subject": "Door", "hidden_by": 2},
    ]
    assert last.added == 0


def test_the_same_again_changes_nothing_but_is_kept_aside() -> None:
    _, last = laid((0, description("R1", subject="Door")), (0, description("R1", subject="Door")))
    assert (last.changed.num_rows, last.hidden["import_id"].to_pylist()) == (0, [2])


def test_where_a_description_stands_and_whether_it_differs() -> None:
    existing, new = rows(description("R1"), description("R3")), rows(description("R2"), description("R3", subject="x"))
    assert positions(existing, new).tolist() == [-1, 1]
    found = describe(existing, new, np.array([True, True]))
    assert (found.changed.tolist(), found.before.tolist()) == ([True, True], [-1, 1])


def test_only_columns_that_tell_something_can_change_anything() -> None:
    assert told_columns(rows(description("R1"), description("R2", subject="Door"))) == ["subject"]
    assert told_columns(rows(description("R1", attributes=[("a", "b")]))) == ["attributes"]


def test_what_is_settled_counts_as_told_by_one() -> None:
    state, _ = laid((0, description("R1", subject="Door")), (0, description("R1", subject="Lift")))
    assert is_merged(state, 0).tolist() == [True]
    assert is_merged(state, 2).tolist() == [False]
