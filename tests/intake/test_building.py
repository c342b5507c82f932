from datetime import UTC, datetime

import pyarrow as pa

from otklik.intake.building import BUILT_EVENTS, LogBuilder
from otklik.intake.coded import constant
from tests.intake.building_blocks import DAY


def test_events_carry_the_record_they_came_from():
    log = LogBuilder("desk")
    for request in ("A", "B"):
        log.record()
        log.event(request, DAY, "created", "customer", public=True)
    assert [(e["request"], e["record"], e["source"]) for e in log.table("events").to_pylist()] == [
        ("A", 1, "desk"),
        ("B", 2, "desk"),
    ]


def test_an_event_may_belong_to_an_earlier_record():
    log = LogBuilder("desk")
    first = log.record()
    log.record()
    log.event("A", DAY, "note", "agent", record=first)
    assert log.table("events")["record"].to_pylist() == [1]


def test_a_record_set_aside_twice_is_one_record():
    log = LogBuilder("desk")
    log.record()
    log.quarantine("f.csv", 2, "bad-date")
    log.quarantine("f.csv", 2, "no-id", raw="x" * 5000)
    assert len(log.aside) == 1
    assert len(log.table("quarantine")["raw"][1].as_py()) == 2000


def test_whole_tables_keep_coded_text():
    log = LogBuilder("desk")
    row = {field.name: pa.nulls(1, field.type) for field in BUILT_EVENTS}
    row |= {"source": constant("desk", 1), "request": constant("A", 1), "kind": constant("note", 1)}
    row |= {"by": pa.array(["agent"]), "seq": pa.array([0], pa.int32()), "public": pa.array([False])}
    row |= {"at": pa.array([datetime(2024, 1, 1, tzinfo=UTC)]), "record": pa.array([1])}
    log.add_table("events", pa.table(row))
    (given,) = log.tables("events")
    assert pa.types.is_dictionary(given.schema.field("kind").type)
    assert log.table("events").schema == BUILT_EVENTS


def test_guesses_keep_their_facts():
    log = LogBuilder("desk")
    log.guess("column", "created", "by its heading", column="Opened")
    assert log.guesses[0].facts == {"column": "Opened"}
