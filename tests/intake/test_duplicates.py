import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from otklik.intake.building import LogBuilder
from otklik.intake.duplicates import count_not_among, drop_duplicates
from tests.intake.building_blocks import DAY, built, events_of


def test_the_same_event_in_two_records_counts_once():
    found = drop_duplicates(events_of(built("10:00 A note agent", "10:00 A note agent", "10:00 B note agent")))
    assert (found.events.num_rows, found.duplicate_records) == (2, 1)


def test_an_event_that_stands_twice_in_one_record_is_there_twice():
    log = built("10:00 A note agent")
    log.event("A", DAY.replace(hour=10), "note", "agent")
    log.record()
    log.event("A", DAY.replace(hour=10), "note", "agent")
    found = drop_duplicates(events_of(log))
    assert (found.events.num_rows, found.duplicate_records) == (2, 1)


def test_events_that_differ_in_any_column_both_stay():
    found = drop_duplicates(
        events_of(built("10:00 A note agent", "10:00 A note agent actor=x", "10:00 A note agent team=x"))
    )
    assert found.events.num_rows == 3


def test_events_with_keys_of_their_own_both_stay():
    log = LogBuilder("desk")
    for key in ("1", "2", "2"):
        log.record()
        log.event("A", DAY, "message", "customer", public=True, key=key)
    found = drop_duplicates(events_of(log))
    assert (found.events.num_rows, found.duplicate_records) == (2, 1)


def test_a_record_with_something_new_is_no_duplicate():
    log = built("10:00 A note agent", "10:00 A note agent")
    log.event("A", DAY, "rated", "customer")
    assert drop_duplicates(events_of(log)).duplicate_records == 0


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 3), st.sampled_from(["note", "rated"]))))
def test_dropping_leaves_each_different_event_once(rows):
    log = LogBuilder("desk")
    for request, minute, kind in rows:
        log.record()
        log.event(request, DAY.replace(minute=minute), kind, "agent")
    found = drop_duplicates(events_of(log))
    assert found.events.num_rows == len(set(rows)) == len(rows) - found.duplicate_records


@given(st.sets(st.integers(0, 30), max_size=8), st.lists(st.integers(0, 30), max_size=40))
def test_numbers_that_do_not_stand_among_others_are_counted(few: set[int], many: list[int]) -> None:
    found = count_not_among(np.array(sorted(few), dtype=np.int64), np.array(many, dtype=np.int64))
    assert found == len(few - set(many))
