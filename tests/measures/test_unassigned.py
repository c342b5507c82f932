"""Unassigned: the first event to the first that names a holder."""


def test_until_somebody_takes_it(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:30 R1 assigned team=first
    2025-03-03 11:00 R1 assigned assignee=ann
    2025-03-03 12:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "unassigned") == ("done", 3600)


def test_nobody_yet(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 horizon
    """
    assert measured.elapsed("R1", "unassigned") == ("running", 2 * 3600)


def test_ended_without_anybody(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 13:00 R1 assigned assignee=ann
    """
    assert measured.elapsed("R1", "unassigned") == ("never", 2 * 3600)


def test_assigned_on_arrival_is_zero(measured):
    """
    2025-03-03 10:00 R1 opened assignee=ann
    2025-03-03 12:00 horizon
    """
    assert measured.elapsed("R1", "unassigned") == ("done", 0)
