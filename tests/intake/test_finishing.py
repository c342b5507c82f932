from datetime import UTC, datetime, timedelta

import pytest

from otklik.intake.finishing import join_parts
from otklik.schemas.events import QUARANTINE
from tests.intake.building_blocks import built, clock, finished


def test_every_record_is_accounted_for():
    log = built("10:00 A note agent", "10:00 A note agent", "11:00 B note agent")
    log.record()
    log.quarantine("f.csv", 5, "bad-date")
    count = finished(log).count
    assert (count.read, count.kept, count.quarantined, count.duplicate) == (4, 2, 1, 1)


def test_rows_that_a_later_row_replaces_are_duplicates():
    log = built("10:00 A note agent")
    log.record()
    log.repeats += 1
    assert finished(log).count.duplicate == 1


def test_a_reader_that_forgets_to_count_is_told():
    log = built("10:00 A note agent")
    log.aside.update({1, 2})
    with pytest.raises(AssertionError, match="record"):
        finished(log)


def test_a_team_called_empty_is_no_team_and_hands_nothing_over():
    log = built(
        "10:00 A created customer public team=EMPTY", "11:00 A note agent team=First", "12:00 A note agent team=-"
    )
    log.request("A", channel="N/A", category="Fault")
    part = finished(log)
    assert part.events["team"].to_pylist() == [None, "First", None]
    assert part.requests["channel"].to_pylist() == [None] and part.requests["category"].to_pylist() == ["Fault"]


def test_the_horizon_is_the_last_event_unless_somebody_knows_better():
    log = built("10:00 A created customer public", "12:00 A note agent")
    assert finished(log).facts.horizon == clock("12:00")
    assert finished(log, horizon=clock("18:00")).facts.horizon == clock("18:00")
    assert finished(log, as_of=clock("11:00"), horizon=clock("18:00")).facts.horizon == clock("11:00")


def test_an_event_to_come_does_not_move_the_horizon():
    later = (datetime.now(UTC) + timedelta(days=400)).isoformat()
    part = finished(built("10:00 A created customer public", f"{later} A note agent"))
    assert part.facts.horizon == clock("10:00")
    assert part.guesses[-1].facts == {"n": "1"}
    assert part.events.num_rows == 2


def test_parts_lie_together_by_source_and_lost_files_count():
    part = finished(built("10:00 A note agent"))
    lost = QUARANTINE.empty_table().from_pylist([{"file": "x.bin", "reason": "unknown-format"}], schema=QUARANTINE)
    log = join_parts([part], lost)
    assert (log.count.read, log.count.kept, log.count.quarantined) == (2, 1, 1)
    assert log.quarantine["file"].to_pylist() == ["x.bin"]
