import numpy as np

from tests.findings.cases import evidence_of


def _names(held):
    return [held.names[code] if code >= 0 else None for code in held.code]


def test_state_and_holders_are_carried_forward_within_a_request():
    trail = evidence_of(
        """
        R1 2025-03-03 10:00 asks status=new
        R1 2025-03-03 10:05 assigned team=first assignee=Ann
        R1 2025-03-03 10:06 note
        R1 2025-03-03 10:07 assigned team=second
        R2 2025-03-03 11:00 asks
        """
    ).trail
    assert [trail.team.names[c] if c >= 0 else None for c in trail.team.code] == [
        None,
        "first",
        "first",
        "second",
        None,
    ]
    assert [trail.assignee.names[c] if c >= 0 else None for c in trail.assignee.code] == [
        None,
        "Ann",
        "Ann",
        None,
        None,
    ]
    assert trail.status.tolist() == [0, 0, 0, 0, -1]


def test_done_and_open_again():
    trail = evidence_of(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 11:00 resolved
        R1 2025-03-03 12:00 closed
        R1 2025-03-04 09:00 open
        """
    ).trail
    assert trail.resolves.tolist() == [False, True, False, False]
    assert trail.reopens.tolist() == [False, False, False, True]


def test_who_speaks():
    trail = evidence_of(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 10:01 auto
        R1 2025-03-03 10:02 bot
        R1 2025-03-03 10:03 note
        R1 2025-03-03 10:04 reply
        R1 2025-03-03 10:05 writes
        """
    ).trail
    assert np.flatnonzero(trail.by_customer).tolist() == [0, 5]
    assert np.flatnonzero(trail.by_machine).tolist() == [1, 2]
    assert np.flatnonzero(trail.by_human).tolist() == [4]


def test_last_and_next_stay_within_the_request():
    trail = evidence_of(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 10:04 reply
        R2 2025-03-03 10:00 asks
        R2 2025-03-03 10:05 reply
        """
    ).trail
    assert trail.last_within(trail.by_human).tolist() == [-1, 1, -1, 3]
    assert trail.next_within(trail.by_human).tolist() == [1, -1, 3, -1]
    assert trail.at_end(trail.at_us, 2).tolist() == [trail.at_us[1], trail.at_us[3]]


def test_what_happens_after_the_horizon_is_not_seen():
    evidence = evidence_of(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-04-03 10:00 reply
        R2 2025-04-03 10:00 asks
        """
    )
    assert evidence.n == 1
    assert evidence.trail.n == 1


def test_an_empty_log_has_no_trail():
    trail = evidence_of("").trail
    assert trail.n == 0
    assert trail.next_within(trail.by_human).size == 0
    assert trail.last_within(trail.by_human).size == 0
    assert trail.at_end(trail.at_us, 0).size == 0


def test_a_request_ends_with_its_cancellation_merging_or_deletion():
    """R4 was done before it was cancelled: the cancellation changes nothing."""
    trail = evidence_of(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 18:00 cancelled status=closed
        R1 2025-03-04 09:00 writes status=open
        R2 2025-03-03 10:00 asks
        R2 2025-03-03 11:00 resolved
        R2 2025-03-03 11:30 merged
        R2 2025-03-04 09:00 open
        R3 2025-03-03 10:00 asks
        R3 2025-03-03 11:00 deleted
        R3 2025-03-04 09:00 reply
        R4 2025-03-03 10:00 asks
        R4 2025-03-03 11:00 resolved
        R4 2025-03-03 12:00 cancelled
        R4 2025-03-04 09:00 open
        """
    ).trail
    assert np.bincount(trail.row).tolist() == [2, 3, 2, 4]
    assert trail.row[trail.resolves].tolist() == [1, 3]
    assert trail.row[trail.reopens].tolist() == [3]
    assert trail.told_at_us.size == 14


def test_cancelled_in_the_instant_of_its_resolution_was_never_resolved():
    trail = evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 resolved\nR1 2025-03-03 11:00 cancelled").trail
    assert not trail.resolves.any()
