import numpy as np
import pytest

from otklik.findings.durations import Durations
from otklik.findings.waiting import expected_more_s, waiting
from otklik.schemas.events import Can
from tests.findings.cases import OFFICE, STEPS, at, evidence_of, many


def test_the_longest_waiting_come_first_with_who_holds_them():
    found = waiting(
        evidence_of(
            """
            R1 2025-03-28 10:00 asks channel=email
            R1 2025-03-28 10:05 assigned team=second assignee=Bob
            R2 2025-03-30 22:00 asks
            R3 2025-03-03 10:00 asks
            R3 2025-03-03 10:30 reply
            """,
            requests=[{"request": "R1", "subject": "Pump", "channel": "email"}],
            calendar=OFFICE,
        )
    )
    assert (found.n, found.basis, found.as_of) == (2, "reply", at("2025-03-31 00:00"))
    first = found.longest[0]
    assert (first.request, first.subject, first.channel, first.team, first.assignee) == (
        "R1", "Pump", "email", "second", "Bob",
    )  # fmt: skip
    assert first.since == at("2025-03-28 10:00")
    assert first.waited_s == 62 * 3600
    assert first.waited_business_s == 8 * 3600
    assert found.longest[1].assignee is None


def test_ages_are_counted_once_each():
    found = waiting(evidence_of("R1 2025-03-30 23:30 asks\nR2 2025-03-30 22:00 asks\nR3 2024-03-30 22:00 asks"))
    counted = {low: n for low, _, n in found.ages if n}
    assert counted == {0.0: 1, 3600.0: 1, 7_776_000.0: 1}
    assert sum(n for *_, n in found.ages) == found.n


def test_how_unusual_a_wait_is_comes_from_all_waits():
    evidence = many(300, speed=lambda row, week: 100.0)
    running = waiting(evidence)
    share = evidence.durations("waits").curve.share_within(running.longest[0].waited_s).value
    assert running.longest[0].usual_share == pytest.approx(share)


def test_a_process_waits_for_its_end():
    found = waiting(evidence_of("R1 2025-03-30 23:00 step:Apply", can=STEPS, is_process=True))
    assert (found.basis, found.n) == ("resolution", 1)


def test_dates_alone_wait_for_the_first_reply():
    found = waiting(evidence_of("R1 2025-03-30 23:00 asks", can=Can.first_reply | Can.resolution))
    assert (found.basis, found.n) == ("reply", 1)


def test_nothing_known_nobody_named():
    assert waiting(evidence_of("R1 2025-03-30 23:00 created", can=Can(0))) is None
    assert waiting(evidence_of("")) is None


def test_nobody_waits():
    found = waiting(evidence_of("R1 2025-03-30 23:00 asks\nR1 2025-03-30 23:10 reply"))
    assert (found.n, found.longest) == (0, [])


def test_of_a_few_waits_nothing_is_usual():
    assert waiting(evidence_of("R1 2025-03-28 10:00 asks\nR2 2025-03-28 10:00 asks")).longest[0].usual_share is None


def test_who_has_waited_long_waits_on_as_those_before_did():
    """Sixty were answered after 10 s, forty after 100 s: who still waits after 50 s is one of the forty."""
    ends = np.array([10.0] * 60 + [100.0] * 40)
    done = Durations(np.arange(100), ends, np.zeros(100, np.int64), ends)
    assert expected_more_s(done, 0.0) == 10.0
    assert expected_more_s(done, 50.0) == 50.0
    assert expected_more_s(done, 100.0) is None, "nobody ever waited longer: nobody can say"
