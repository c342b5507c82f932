"""First resolution: the first time we said that it was done."""


def test_a_reopening_never_changes_it(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 15:00 R1 status status=open
    2025-03-03 16:00 R1 status status=resolved
    2025-03-03 10:00 R2 opened
    2025-03-03 12:00 R2 status status=resolved
    2025-03-03 15:00 R2 status status=open
    2025-03-03 15:30 R2 cancelled
    """
    assert measured.elapsed("R1", "first_resolution") == ("done", 2 * 3600)
    assert measured.elapsed("R2", "first_resolution") == ("done", 2 * 3600)
    assert measured.elapsed("R2", "resolution") == ("never", 5.5 * 3600)


def test_until_then_it_runs(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 16:00 horizon
    """
    assert measured.elapsed("R1", "first_resolution") == ("running", 6 * 3600)


def test_what_follows_does_not_count(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 15:00 R1 status status=open
    2025-03-03 16:00 horizon
    """
    pieces = measured.explain("R1", "first_resolution").intervals
    assert [(piece.counted, piece.why, piece.end_event) for piece in pieces] == [
        (True, "being_served", "status:resolved"),
        (False, "after_resolution", "horizon"),
    ]
