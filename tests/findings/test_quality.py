from dataclasses import replace

import pyarrow as pa

from otklik.findings.evidence import Evidence
from otklik.findings.quality import quality
from otklik.measures import measure_log
from otklik.schemas.events import QUARANTINE, Can
from otklik.schemas.log import Guess, ImportCount
from tests.findings.cases import evidence_of, log_of, many


def test_the_account_of_the_import_and_what_was_set_aside():
    log = log_of("R1 2025-03-03 10:00 asks", count=ImportCount(read=4, kept=1, quarantined=3))
    rows = [("desk.csv", 2, "bad-date"), ("desk.csv", 3, "no-id"), ("desk.csv", 4, "bad-date")]
    aside = [{"file": file, "row": row, "reason": reason} for file, row, reason in rows]
    log = replace(
        log,
        quarantine=pa.Table.from_pylist(aside, schema=QUARANTINE),
        guesses=(Guess(what="zone", value="UTC", reason="none told"),),
    )
    found = quality(Evidence(log, measure_log(log, None)))
    assert found.count.read == found.count.kept + found.count.quarantined + found.count.duplicate
    assert list(found.quarantine.items()) == [("bad-date", 2), ("no-id", 1)]
    assert found.guesses[0].what == "zone"


def test_what_the_log_cannot_tell_is_named():
    found = quality(evidence_of("R1 2025-03-03 10:00 created", can=Can.resolution))
    assert "first_reply" in found.missing
    assert "waits" in found.missing
    assert "resolution" not in found.missing
    assert found.states["first_reply"] == {"not_available": 1}


def test_a_sound_record_obeys_littles_law():
    law = quality(many(800)).littles_law
    assert law.gap < 0.05
    assert not law.suspicious


def test_closes_that_are_missing_break_it():
    lines = []
    for i in range(200):
        day = f"2025-03-{i % 20 + 1:02}"
        lines.append(f"R{i:03} {day} 10:00 asks")
        lines += [f"R{i:03} {day} 12:00 resolved"] if i % 5 else []
    assert quality(evidence_of("\n".join(lines))).littles_law.suspicious


def test_an_empty_log_has_no_law():
    assert quality(evidence_of("")).littles_law is None


def test_where_nothing_ended_there_is_no_law_to_check():
    assert quality(evidence_of("R1 2025-03-03 10:00 asks")).littles_law is None


def test_a_handful_or_a_log_without_ends_cannot_be_checked_by_littles_law():
    assert quality(evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-04 10:00 resolved")).littles_law is None
    lines = "\n".join(f"R{i} 2025-03-03 10:00 asks\nR{i} 2025-03-04 10:00 resolved" for i in range(40))
    assert quality(evidence_of(lines)).littles_law is not None
    assert quality(evidence_of(lines, can=Can.messages)).littles_law is None
