"""One batch through the kernel."""

import numpy as np
import pytest

from otklik.clock import compile_book, position_us
from otklik.measures import measure_log
from otklik.measures.clocks import NO_CLOCK
from otklik.measures.columns import NEEDED, read_batch
from otklik.measures.running import LONGEST_FREE, listed, new_intervals, new_paper, request_rows, viewed
from otklik.schemas.events import Can
from tests.measures.conftest import office_book
from tests.measures.log_lines import read_lines

LINES = "2025-03-03 10:00 R1 opened\n2025-03-03 10:30 R1 agent-reply"


def test_each_request_gets_what_is_known_about_its_source():
    log = read_lines("can messages\n" + LINES)
    batch = read_batch(log.events.select(NEEDED), NO_CLOCK.code_of_team)
    rows = request_rows(batch, {"desk": log.sources[0].horizon}, {"desk": Can.messages})
    assert list(rows.has_trail) == [0]
    assert list(rows.first) == [0, 2]
    assert rows.available[0] & 1


@pytest.mark.parametrize("engine", ["plain", pytest.param("compiled", marks=pytest.mark.slow)])
def test_a_request_longer_than_the_paper_gets_a_bigger_sheet(engine):
    lines = "\n".join(f"2025-03-03 10:00 R1 {what}" for what in ("customer-message", "agent-reply") * LONGEST_FREE)
    measured = measure_log(read_lines(lines), None, engine=engine)
    assert measured.waits.num_rows == LONGEST_FREE
    assert measured.facts["replies"].to_pylist() == [LONGEST_FREE]


def test_paper_has_room_for_the_horizon():
    assert len(new_paper(3).at) == 4
    assert len(new_intervals(3)) > 4 * 3
    assert listed(new_paper(1)).marks == [0, 0]


def test_a_viewed_clock_tells_the_same():
    hour = 3_600_000_000
    table = compile_book(office_book(), 0, 1000 * hour).table
    for at in np.random.default_rng(1).integers(0, 1000 * hour, 50).tolist():
        assert position_us(viewed(table), 0, at) == position_us(table, 0, at)
