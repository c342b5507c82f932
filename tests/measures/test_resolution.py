"""Resolution: the first event to the last entry into {resolved, closed}."""


def test_closing_what_is_resolved_is_not_another_resolution(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-06 12:00 R1 status status=closed
    """
    assert measured.elapsed("R1", "resolution") == ("done", 2 * 3600)


def test_closed_counts_where_it_was_never_resolved(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 13:00 R1 status status=closed
    """
    assert measured.elapsed("R1", "resolution") == ("done", 3 * 3600)


def test_a_reopening_counts_whole_and_its_pieces_are_named(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 15:00 R1 status status=open
    2025-03-03 16:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "resolution") == ("done", 6 * 3600)
    pieces = measured.explain("R1", "resolution").intervals
    assert [(piece.why, piece.seconds, piece.counted) for piece in pieces] == [
        ("being_served", 2 * 3600, True),
        ("resolved_but_reopened", 3 * 3600, True),
        ("being_served", 3600, True),
    ]


def test_reopened_and_not_done_again_runs(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 15:00 R1 status status=open
    2025-03-03 20:00 horizon
    """
    assert measured.elapsed("R1", "resolution") == ("running", 10 * 3600)
    assert measured.fact("R1", "ended_at") is None


def test_cancelled_is_never_resolved(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 cancelled
    2025-03-03 13:00 R1 status status=closed
    """
    assert measured.elapsed("R1", "resolution") == ("never", 2 * 3600)


def test_cancelled_and_closed_at_the_same_instant_is_cancelled(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=closed
    2025-03-03 12:00 R1 cancelled
    """
    assert measured.elapsed("R1", "resolution") == ("never", 2 * 3600)
    assert measured.elapsed("R1", "first_resolution") == ("never", 2 * 3600)


def test_cancelling_what_was_done_changes_nothing(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 13:00 R1 cancelled
    """
    assert measured.elapsed("R1", "resolution") == ("done", 2 * 3600)


def test_deleted_and_merged_have_none(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 deleted
    2025-03-03 10:00 R2 opened
    2025-03-03 12:00 R2 status status=resolved
    2025-03-03 13:00 R2 merged activity=R1
    """
    assert measured.elapsed("R1", "resolution") == ("not_applicable", None)
    assert measured.elapsed("R2", "resolution") == ("not_applicable", None)


def test_events_before_the_creation_belong_to_the_life(measured):
    """
    2025-03-03 09:00 R1 assigned assignee=ann
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "resolution") == ("done", 3 * 3600)


def test_a_hand_over_between_calendars_counts_each_stretch_by_its_own(measured_in_office_hours):
    """
    2025-03-03 17:00 R1 opened
    2025-03-03 19:00 R1 assigned team=night
    2025-03-03 20:00 R1 status status=resolved
    """
    assert measured_in_office_hours.business("R1", "resolution") == 2 * 3600


def test_closed_the_moment_it_was_created(measured):
    """
    can resolution
    2025-03-03 10:00 R1 opened
    2025-03-03 10:00 R1 status status=closed
    """
    assert measured.elapsed("R1", "resolution") == ("done", 0)
