"""What comes out: the promised columns, nulls where there is no value."""

import pyarrow as pa

from otklik.measures import MEASURES, facts_schema, measure_log, waits_schema
from otklik.measures.facts import new_facts, new_wait_rows
from tests.measures.log_lines import read_lines


def test_the_facts_have_the_columns_of_the_contract():
    names = facts_schema().names
    assert names[:4] == ["source", "request", "opened_at", "ended_at"]
    for measure in MEASURES:
        if measure.per == "wait":
            continue
        columns = [f"{measure.id}_s", f"{measure.id}_business_s"] if measure.unit == "s" else [measure.id]
        assert all(name in names for name in [*columns, f"{measure.id}_state"])


def test_the_waits_have_theirs():
    assert waits_schema().names == [
        "source", "request", "n", "start", "end", "wait_s", "wait_business_s", "state", "ended_by",
    ]  # fmt: skip


def test_no_events_give_no_rows_but_the_columns():
    measured = measure_log(read_lines(""), None)
    assert measured.facts.schema == facts_schema()
    assert measured.waits.schema == waits_schema()
    assert (measured.facts.num_rows, measured.waits.num_rows) == (0, 0)


def test_what_is_measured_fits_the_schema():
    measured = measure_log(read_lines("2025-03-03 10:00 R1 opened"), None)
    assert measured.facts.schema == facts_schema()
    assert measured.facts["first_reply_state"].type == pa.dictionary(pa.int8(), pa.string())
    measured.facts.validate(full=True)
    measured.waits.validate(full=True)


def test_a_request_that_has_not_begun_by_then_is_not_there(measure_lines):
    text = "2025-03-03 10:00 R1 opened\n2025-03-05 10:00 R2 opened"
    log = read_lines(text)
    case = measure_lines(text, None, log.events["at"][0].as_py())
    assert case.measured.facts["request"].to_pylist() == ["R1"]


def test_new_arrays_have_room_for_all():
    assert len(new_facts(3).opened) == 3
    assert len(new_wait_rows(5).start) == 5
