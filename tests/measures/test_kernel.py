"""The loop over requests."""

import pytest

from otklik.measures import COUNTS, TIMES, measure_log
from tests.measures.log_lines import SOURCE, read_lines

LINES = """
2025-03-03 10:00 R1 opened
2025-03-03 10:30 R1 agent-reply status=resolved
2025-03-03 10:00 R2 opened
2025-03-03 10:05 R2 deleted
2025-03-03 10:00 R3 opened
2025-03-03 10:45 R3 customer-message
2025-03-03 11:00 horizon
"""


def test_requests_do_not_see_each_other():
    whole = {row["request"]: row for row in measure_log(read_lines(LINES), None).facts.to_pylist()}
    for request in ("R1", "R2", "R3"):
        alone = "\n".join(line for line in LINES.splitlines() if request in line or "horizon" in line)
        assert measure_log(read_lines(alone), None).facts.to_pylist() == [whole[request]]


def test_gone_is_not_applicable_everywhere():
    row = measure_log(read_lines(LINES), None).facts.to_pylist()[1]
    assert {row[f"{measure.id}_state"] for measure in (*TIMES, *COUNTS)} == {"not_applicable"}
    assert {row[measure.id] for measure in COUNTS} == {None}


def test_waits_are_numbered_within_their_request():
    text = LINES + "2025-03-03 10:50 R1 customer-message\n2025-03-03 10:55 R1 agent-reply"
    waits = measure_log(read_lines(text), None).waits.to_pylist()
    assert [(w["source"], w["request"], w["n"]) for w in waits] == [
        (SOURCE, "R1", 0),
        (SOURCE, "R1", 1),
        (SOURCE, "R3", 0),
    ]


@pytest.mark.parametrize(
    ("as_of", "state", "seconds"),
    [("10:29", "running", 29 * 60), ("10:30", "done", 30 * 60), ("10:59", "done", 30 * 60)],
)
def test_events_after_the_horizon_are_not_seen(measure_lines, as_of, state, seconds):
    text = "\n".join(LINES.splitlines()[:-1]) + f"\n2025-03-03 {as_of} horizon"
    assert measure_lines(text).elapsed("R1", "first_reply") == (state, seconds)
