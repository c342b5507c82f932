"""Explain this number: the interval list, with the names of its events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.measures import MEASURES, NoSuchRequest, explain, measure_log
from otklik.measures.explaining import event_name
from tests.measures.conftest import office_book
from tests.measures.log_lines import SOURCE, WHAT, read_lines
from tests.measures.random_logs import random_book, random_log

LINES = """
2025-03-03 17:30 R1 opened team=night
2025-03-03 18:30 R1 auto-reply
2025-03-03 19:00 R1 agent-reply
"""


def test_a_first_reply_opened():
    log = read_lines(LINES)
    explained = explain(log, office_book(), SOURCE, "R1", "first_reply")
    assert (explained.state, explained.value_s, explained.business_s) == ("done", 5400, 3600)
    assert explained.calendar == "night"
    (interval,) = explained.intervals
    assert (interval.start_event, interval.end_event, interval.why) == ("created", "reply", "answered")
    assert (interval.seconds, interval.business_s, interval.counted) == (5400, 3600, True)


def test_what_is_not_asked_for_yet_runs_to_the_horizon():
    log = read_lines(LINES)
    earlier = log.events["at"][1].as_py()
    explained = explain(log, None, SOURCE, "R1", "first_reply", as_of=earlier)
    assert (explained.state, explained.value_s, explained.business_s) == ("running", 3600, None)
    assert explained.intervals[0].end_event == "horizon"
    assert explained.intervals[0].why == "still_waiting"


def test_a_request_that_is_not_there_is_an_error():
    with pytest.raises(NoSuchRequest):
        explain(read_lines(LINES), None, SOURCE, "R9", "first_reply")


def test_a_merged_request_says_that_it_left():
    log = read_lines("2025-03-03 10:00 R1 opened\n2025-03-03 11:00 R1 merged activity=R2")
    explained = explain(log, None, SOURCE, "R1", "resolution")
    assert explained.state == "not_applicable"
    assert [(i.why, i.end_event) for i in explained.intervals] == [("left_the_measures", "merged")]


def test_what_a_source_cannot_tell_has_no_list():
    log = read_lines("can resolution\n" + LINES)
    assert explain(log, None, SOURCE, "R1", "first_reply").intervals == []


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (WHAT["opened"], "created"),
        (WHAT["customer-message"], "customer_message"),
        (WHAT["agent-reply"], "reply"),
        (WHAT["auto-reply"], "auto_reply"),
        (WHAT["bot-reply"], "bot_reply"),
        (WHAT["private-message"], "note"),
        (WHAT["note"], "note"),
        ({**WHAT["status"], "status": "open"}, "status:open"),
        ({**WHAT["step"], "activity": "check papers"}, "step:check papers"),
        ({**WHAT["merged"], "activity": "R7"}, "merged"),
    ],
)
def test_events_have_names(event, name):
    assert event_name({"activity": None, "status": None, **event}) == name


@given(st.randoms(use_true_random=False))
def test_the_list_gives_the_number_of_the_facts(rng):
    log, book = random_log(rng, 1, requests=1), random_book(rng)
    rows = measure_log(log, book).facts.to_pylist()
    for row in rows:
        for measure in (m for m in MEASURES if m.per == "request"):
            explained = explain(log, book, row["source"], row["request"], measure.id)
            assert explained.state == row[f"{measure.id}_state"]
            assert explained.value_s == row[f"{measure.id}_s" if measure.unit == "s" else measure.id]
            if measure.unit == "s":
                assert explained.business_s == row[f"{measure.id}_business_s"]
                check_sums(measure, explained)


def check_sums(measure, explained):
    if explained.value_s is not None and measure.id != "longest_wait":
        assert sum(i.seconds for i in explained.intervals if i.counted) == pytest.approx(explained.value_s)
