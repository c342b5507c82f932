import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from otklik.intake.building import LogBuilder
from otklik.intake.ordering import order_of, sort_events
from otklik.schemas.events import EVENTS
from tests.intake.building_blocks import DAY, built, events_of


def test_events_stand_by_request_and_time():
    events = sort_events(events_of(built("11:00 B note agent", "10:00 B created customer", "12:00 A note agent")))
    assert [(e["request"], e["kind"]) for e in events.to_pylist()] == [("A", "note"), ("B", "created"), ("B", "note")]
    assert events.schema == EVENTS


def test_events_of_one_instant_keep_the_order_of_the_source():
    events = sort_events(events_of(built("10:00 A status agent", "10:00 A note agent", "10:01 A note agent")))
    assert [(e["kind"], e["seq"]) for e in events.to_pylist()] == [("status", 0), ("note", 1), ("note", 0)]


def test_ids_stand_apart_by_case_and_leading_zeros():
    events = sort_events(
        events_of(built("10:00 a1 note agent", "10:00 A1 note agent", "10:00 01 note agent", "10:00 1 note agent"))
    )
    assert events["request"].to_pylist() == ["01", "1", "A1", "a1"]
    assert events["seq"].to_pylist() == [0, 0, 0, 0]


def test_nothing_in_nothing_out():
    assert sort_events(events_of(LogBuilder("desk"))) == EVENTS.empty_table()


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 2)), min_size=1))
def test_sorting_is_stable(rows):
    log = LogBuilder("desk")
    for number, (request, minute) in enumerate(rows):
        log.record()
        log.event(request, DAY.replace(minute=minute), "note", "agent", actor=str(number))
    found = [(e["request"], e["at"].minute, int(e["actor"])) for e in sort_events(events_of(log)).to_pylist()]
    assert found == sorted((request, minute, number) for number, (request, minute) in enumerate(rows))


@given(st.integers(0, 400), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=30))
def test_rows_in_long_runs_and_in_none_are_ordered_alike(run, rows):
    ranks = np.array([*range(run), *(rank for rank, _ in rows)], dtype=np.int64)
    at_us = np.array([*[0] * run, *(at for _, at in rows)], dtype=np.int64)
    assert order_of(ranks, at_us).tolist() == np.lexsort((at_us, ranks)).tolist()


def test_instants_too_far_apart_for_one_number_are_ordered_too():
    assert order_of(np.array([4, 4, 0]), np.array([2**61, -(2**61), 0])).tolist() == [2, 1, 0]
