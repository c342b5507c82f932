"""Hands on: while somebody held it."""


def test_from_taking_to_letting_go(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 assigned assignee=ann
    2025-03-03 12:00 R1 note
    2025-03-03 13:00 R1 assigned assignee=-
    2025-03-03 14:00 R1 assigned assignee=bob
    2025-03-03 15:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "hands_on") == ("done", 3 * 3600)


def test_nobody_ever_is_zero(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 15:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "hands_on") == ("done", 0)


def test_while_it_is_open_it_may_become_more(measured):
    """
    2025-03-03 10:00 R1 opened assignee=ann
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "hands_on") == ("running", 5 * 3600)
