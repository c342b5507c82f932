import json

from otklik.intake.building import LogBuilder
from otklik.intake.checks import CHECKS, EARLIEST_US, LATEST_US, set_aside_broken
from tests.intake.building_blocks import DAY, built


def reasons(log):
    _, quarantine = set_aside_broken(log, "f.csv")
    return quarantine["reason"].to_pylist()


def test_a_sound_record_passes_every_check():
    assert reasons(built("10:00 A created customer public status=new")) == []


def test_each_check_has_a_record_that_breaks_it():
    log = LogBuilder("desk")
    for change in (
        {"request": ""},
        {"at": EARLIEST_US - 1},
        {"kind": "exploded"},
        {"by": "nobody"},
        {"status": "lost"},
    ):
        sound = {"request": "A", "at": DAY, "kind": "note", "by": "agent"} | change
        log.record()
        log.event(**sound)
    assert (
        reasons(log) == [check.reason for check in CHECKS] == ["no-id", "bad-date", "bad-kind", "bad-by", "bad-status"]
    )


def test_the_years_0_and_9999_are_no_dates_of_service():
    log = LogBuilder("desk")
    for at_us in (-62_167_219_200_000_000, 253_370_764_800_000_000, LATEST_US, 0):
        log.record()
        log.event("A", at_us, "note", "agent")
    assert reasons(log) == ["bad-date"] * 4


def test_a_record_with_one_broken_event_goes_whole():
    log = built("10:00 A created customer public")
    log.event("A", 0, "note", "agent")
    log.record()
    log.event("A", DAY, "note", "agent")
    events, quarantine = set_aside_broken(log, "f.csv")
    assert events["record"].to_pylist() == [2]
    assert json.loads(quarantine["raw"][0].as_py())["kind"] == "note"


def test_what_the_reader_set_aside_brings_no_events():
    log = built("10:00 A created customer public")
    log.quarantine("f.csv", 2, "unreadable-record")
    events, quarantine = set_aside_broken(log, "f.csv")
    assert events.num_rows == 0
    assert quarantine["reason"].to_pylist() == ["unreadable-record"]
