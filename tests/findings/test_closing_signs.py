from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa

from otklik.base.units import to_us
from otklik.findings.closing_signs import bulk_closing, burst_at_day_end, burst_at_month_end, burst_at_week_end
from otklik.findings.evidence import Evidence
from otklik.intake import LogBuilder
from otklik.measures import measure_log
from otklik.schemas.log import SourceFacts
from tests.findings.cases import EVERYTHING, at, evidence_of, finished

START = at("2025-01-06 00:00")


def _closing(per_day, days=180, hour=lambda i: 9 + i % 9):
    """A desk that replies all day and closes `per_day(date)` requests on each weekday."""
    out = LogBuilder("desk")
    for day in (START + timedelta(days=n) for n in range(days)):
        for i in range(per_day(day) if day.weekday() < 5 else 0):
            name = f"R{day:%m%d}-{i:03}"
            out.record()
            out.event(name, to_us(day), "created", "customer", public=True)
            out.event(name, to_us(day + timedelta(hours=9 + i % 9, seconds=37 * i)), "message", "agent", public=True)
            closed = day + timedelta(hours=hour(i), minutes=50, seconds=61 * i)
            out.event(name, to_us(closed), "status", "agent", status="resolved", actor=f"agent {i % 5}")
    log = finished(out, SourceFacts("desk", "events", EVERYTHING, START + timedelta(days=days), ()))
    return Evidence(log, measure_log(log, None))


def _steady(day):
    return 8 + int(np.random.default_rng(day.toordinal()).integers(0, 5))


def test_a_steady_desk_shows_no_burst():
    evidence = _closing(_steady)
    assert [find(evidence).n for find in (burst_at_day_end, burst_at_week_end, burst_at_month_end)] == [0, 0, 0]


def test_fridays_are_for_closing():
    found = burst_at_week_end(_closing(lambda day: _steady(day) * (2 if day.weekday() == 4 else 1)))
    assert found.n > 0.3 * found.of


def test_the_month_must_look_good():
    def per_day(day):
        rest = [day + timedelta(days=n) for n in range(1, 4)]
        is_last = all(later.month != day.month or later.weekday() > 4 for later in rest)
        return _steady(day) * (4 if is_last else 1)

    evidence = _closing(per_day)
    assert burst_at_month_end(evidence).n > 100
    assert burst_at_week_end(evidence).n == 0


def test_everything_is_closed_before_going_home():
    found = burst_at_day_end(_closing(_steady, hour=lambda i: 19 if i % 2 else 10))
    assert 0.4 < found.n / found.of < 0.6


def test_ten_in_one_minute_by_one_hand_are_a_bulk():
    ten = [f"R{i} 2025-03-03 10:00 asks\nR{i} 2025-03-03 18:00 resolved actor=Ann" for i in range(10)]
    others = ["S1 2025-03-03 10:00 asks", "S1 2025-03-03 18:00 resolved actor=Bob"]
    found = bulk_closing(evidence_of("\n".join([*ten, *others])))
    assert (found.n, found.of) == (10, 11)
    assert bulk_closing(evidence_of("\n".join([*ten[:9], *others]))).n == 0


def test_a_small_record_proves_nothing():
    evidence = evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-03 18:00 resolved")
    assert [f(evidence).n for f in (burst_at_day_end, burst_at_week_end, burst_at_month_end)] == [0, 0, 0]


def _twelve(clock, **known):
    more = "".join(f" {name}={value}" for name, value in known.items())
    lines = [f"R{i:02} 2025-03-03 00:00 asks\nR{i:02} 2025-03-04 {clock} resolved{more}" for i in range(12)]
    return bulk_closing(evidence_of("\n".join(lines)))


def test_hands_that_are_not_known_are_not_one_hand():
    assert _twelve("18:00").n == 0


def test_closings_of_which_only_the_day_is_known_are_no_bulk():
    assert _twelve("00:00", actor="Ann").n == 0
    assert _twelve("00:01", actor="Ann").n == 12


def test_closings_of_which_only_the_day_is_known_are_no_burst_at_the_end_of_the_day():
    evidence = _closing(_steady, hour=lambda i: 19 if i % 2 else 10)
    at_us = evidence.log.events["at"].cast(pa.int64()).to_numpy()
    days = pa.array(at_us // 86_400_000_000 * 86_400_000_000).cast(evidence.log.events.schema.field("at").type)
    by_day = replace(evidence.log, events=evidence.log.events.set_column(2, "at", days))
    assert burst_at_day_end(Evidence(by_day, measure_log(by_day, None))).n == 0
