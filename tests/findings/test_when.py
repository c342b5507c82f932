from otklik.findings.when import when
from tests.findings.cases import STEPS, evidence_of, many


def test_hours_are_those_of_the_company():
    found = when(evidence_of("R1 2025-03-02 22:30 asks", zone="Europe/Moscow"))
    assert found.arrivals.zone == "Europe/Moscow"
    assert found.arrivals.n[0][1] == 1
    assert sum(map(sum, found.arrivals.n)) == 1


def test_an_hour_with_six_waits_has_a_median_and_one_with_five_has_none():
    lines = [f"A{i} 2025-03-03 10:0{i} asks\nA{i} 2025-03-03 11:0{i} reply" for i in range(6)]
    lines += [f"B{i} 2025-03-04 10:0{i} asks\nB{i} 2025-03-04 11:0{i} reply" for i in range(5)]
    found = when(evidence_of("\n".join(lines)))
    assert found.measure == "waits"
    assert found.waits.median_s[0][10] == 3600
    assert found.waits.median_s[1][10] is None
    assert found.waits.n[1][10] == 5


def test_every_wait_is_in_the_grid():
    found = when(many(200))
    assert sum(map(sum, found.waits.n)) == 200


def test_a_process_shows_how_long_those_took_who_came_then():
    found = when(evidence_of("R1 2025-03-03 10:00 step:Apply", can=STEPS, is_process=True))
    assert found.measure == "resolution"


def test_an_empty_log_has_no_week():
    assert when(evidence_of("")) is None


def test_dates_written_as_midnight_or_another_fixed_moment_are_dates_only():
    """A municipality whose start dates read 01:06:40 local: two times of day in UTC, by the season."""
    day = "P{i} 2025-03-{d:02} {clock} step:Apply"
    fixed = [day.format(i=i, d=1 + i % 28, clock="00:06" if i % 3 else "23:06") for i in range(40)]
    assert when(evidence_of("\n".join(fixed), can=STEPS, is_process=True)).dates_only
    real = [day.format(i=i, d=1 + i % 28, clock=f"{8 + i % 9:02}:{i:02}") for i in range(40)]
    assert not when(evidence_of("\n".join(real), can=STEPS, is_process=True)).dates_only


def test_three_arrivals_do_not_prove_that_hours_are_unknown():
    assert not when(evidence_of("R1 2025-03-02 22:30 asks\nR2 2025-03-03 22:30 asks")).dates_only
