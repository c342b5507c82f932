"""Team handoffs: from one team to another."""


def test_ping_pong_counts_every_time(measured):
    """
    2025-03-03 10:00 R1 opened team=first
    2025-03-03 10:10 R1 assigned team=second
    2025-03-03 10:20 R1 assigned team=first
    2025-03-03 10:30 R1 assigned team=first assignee=ann
    2025-03-03 12:00 R1 status status=resolved
    """
    assert measured.count("R1", "team_handoffs") == ("done", 2)


def test_a_source_without_teams_cannot_tell(measured):
    """
    can messages
    2025-03-03 10:00 R1 opened
    """
    assert measured.count("R1", "team_handoffs") == ("not_available", None)
