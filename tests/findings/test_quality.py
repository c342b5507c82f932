from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest

from otklik.base.units import to_us
from otklik.findings.evidence import Evidence
from otklik.findings.quality import quality
from otklik.intake import LogBuilder
from otklik.measures import measure_log
from otklik.schemas.events import QUARANTINE, Can
from otklik.schemas.log import Guess, ImportCount, SourceFacts
from tests.findings.cases import EVERYTHING, at, evidence_of, finished, log_of, many


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
        day = f"2025-03-{i // 10 + 1:02}"
        lines.append(f"R{i:03} {day} 10:00 asks")
        lines += [f"R{i:03} {day} 12:00 resolved"] if i % 5 else []
    assert quality(evidence_of("\n".join(lines))).littles_law.suspicious


def _desk(source, life_days, days=60, seed=1, still_open=lambda row: False, a_day=20):
    """A desk whose lives are exponential, or drawn by `life_days`, over `days` days from 6 January 2025."""
    rng = np.random.default_rng(seed)
    out, begin, until = LogBuilder(source), at("2025-01-06 00:00"), at("2025-01-06 00:00") + timedelta(days=days)
    for row in range(days * a_day):
        asked = begin + timedelta(days=row / a_day)
        life = life_days(rng) if callable(life_days) else rng.exponential(life_days)
        solved = asked + timedelta(days=float(life))
        out.record()
        out.event(f"{source}{row:05}", to_us(asked), "created", "customer", public=True)
        if solved <= until and not still_open(row):
            out.event(f"{source}{row:05}", to_us(solved), "status", "agent", status="resolved")
    facts = SourceFacts(source, "events", EVERYTHING, until, (f"{source}.csv",))
    return finished(out, facts)


def _law(*logs):
    whole = replace(
        logs[0],
        events=pa.concat_tables(log.events for log in logs),
        sources=tuple(source for log in logs for source in log.sources),
    )
    return quality(Evidence(whole, measure_log(whole, None))).littles_law


@pytest.mark.parametrize("life_days", [0.1, 2, 7, 14, 30])
def test_a_healthy_desk_is_never_suspected(life_days):
    """Where lives are long against the record, the law says nothing."""
    law = _law(_desk("a", life_days))
    assert law is None or not law.suspicious


def test_a_desk_with_a_long_tail_is_not_suspected():
    """Half are solved within a day; one in a hundred takes a quarter of a year."""
    law = _law(_desk("a", lambda rng: rng.lognormal(0, 2), days=90, a_day=30))
    assert law is None or not law.suspicious


def test_a_source_whose_export_ended_earlier_is_no_gap():
    law = _law(_desk("a", 1, days=40), _desk("b", 1, days=200))
    assert not law.suspicious
    assert law.gap < 0.1


def test_missing_closes_of_one_source_are_seen():
    law = _law(_desk("a", 1, days=40), _desk("b", 1, days=200, still_open=lambda row: row % 6 == 0))
    assert law.suspicious


def test_an_empty_log_has_no_law():
    assert quality(evidence_of("")).littles_law is None


def test_where_nothing_ended_there_is_no_law_to_check():
    assert quality(evidence_of("R1 2025-03-03 10:00 asks")).littles_law is None


def test_a_handful_or_a_log_without_ends_cannot_be_checked_by_littles_law():
    assert quality(evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-04 10:00 resolved")).littles_law is None
    lines = "\n".join(f"R{i} 2025-03-03 10:00 asks\nR{i} 2025-03-04 10:00 resolved" for i in range(40))
    assert quality(evidence_of(lines)).littles_law is not None
    assert quality(evidence_of(lines, can=Can.messages)).littles_law is None
