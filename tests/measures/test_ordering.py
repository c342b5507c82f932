"""Order in, order out."""

import threading
import time

import pytest

from otklik.measures.ordering import in_order, in_turn, is_in_order
from tests.measures.log_lines import read_lines

LINES = """
2025-03-03 10:00 R1 opened
2025-03-03 10:00 R1 agent-reply
2025-03-03 09:00 R2 opened
"""


def test_sorted_events_are_left_alone():
    events = read_lines(LINES).events
    assert is_in_order(events)
    assert in_order(events) is events


@pytest.mark.parametrize("order", [[1, 0, 2], [2, 0, 1], [0, 2, 1]])
def test_others_are_sorted_by_source_request_time_and_sequence(order):
    events = read_lines(LINES).events
    assert not is_in_order(events.take(order))
    assert in_order(events.take(order)).equals(events)


def test_results_come_in_the_order_of_the_items():
    def slow_first(item):
        time.sleep(0.02 if item == 0 else 0)
        return item, threading.current_thread().name

    results = list(in_turn(slow_first, range(9), 2))
    assert [item for item, _ in results] == list(range(9))
    assert all("MainThread" not in name for _, name in results)


def test_one_thread_is_no_thread():
    assert list(in_turn(lambda _: threading.current_thread().name, [1, 2], 1)) == ["MainThread"] * 2


def test_an_error_comes_out_and_the_rest_is_dropped():
    def work(item):
        if item == 3:
            raise ValueError(item)
        return item

    with pytest.raises(ValueError, match="3"):
        list(in_turn(work, range(100), 2))
