import numpy as np
import pytest

from otklik.findings.speed import count_of, headline_measure, speed
from otklik.schemas.events import Can
from tests.findings.cases import OFFICE, STEPS, evidence_of, many


def test_every_measure_of_the_catalogue_is_told_in_order():
    results = speed(many(60, calendar=OFFICE))
    assert list(results)[:2] == ["first_reply", "acknowledgement"]
    assert results["first_reply"].elapsed.n == 60
    assert results["first_reply"].business.n == 60
    assert results["waits"].elapsed.n == 60
    assert results["replies"].count.total >= 55
    assert results["replies"].elapsed is None


def test_a_measure_the_log_cannot_tell_has_no_figures():
    result = speed(evidence_of("R1 2025-03-03 10:00 asks", can=Can.resolution))["first_reply"]
    assert result.states == {"not_available": 1}
    assert result.elapsed is None


def test_without_calendar_there_is_one_clock():
    assert speed(many(40))["resolution"].business is None


def test_the_headline_is_the_reply_or_else_the_end():
    assert headline_measure(many(10)) == "first_reply"
    assert headline_measure(evidence_of("R1 2025-03-03 10:00 created", can=Can.resolution)) == "resolution"
    process = evidence_of("R1 2025-03-03 10:00 step:A", can=STEPS, is_process=True)
    assert headline_measure(process) == "resolution"


def test_counts_leave_out_what_does_not_apply():
    count = count_of(np.array([0, 1, 1, np.nan, 3]))
    assert (count.n, count.total, count.median) == (4, 5, 1.0)
    assert count.by_value == {0: 1, 1: 2, 3: 1}


@pytest.mark.parametrize("never", [0.0, 0.2])
def test_more_who_gave_up_never_look_faster(never):
    """The same desk, a fifth of the customers gone before the answer."""
    patient = speed(many(400))["first_reply"].elapsed
    gone = speed(many(400, never=never))["first_reply"].elapsed
    assert gone.median_s >= patient.median_s
    assert all(g.share <= p.share + 1e-12 for g, p in zip(gone.within[:10], patient.within[:10], strict=True))


def test_a_state_the_record_never_has_is_all_zero_and_one_second_of_it_is_not():
    never = "R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 reply status=resolved"
    assert speed(evidence_of(never))["waiting_on_third_party"].all_zero
    assert not speed(evidence_of(never))["waiting_on_us"].all_zero
    once = "R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 waiting_third_party\nR1 2025-03-03 12:00 resolved"
    assert not speed(evidence_of(once))["waiting_on_third_party"].all_zero
    assert not speed(evidence_of(never, can=Can.resolution))["waiting_on_third_party"].all_zero, "nothing is known"
