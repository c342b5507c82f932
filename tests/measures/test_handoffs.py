"""Handoffs: from one person to another."""


def test_the_first_to_take_it_is_no_handoff_and_letting_go_is_none(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:10 R1 assigned assignee=ann
    2025-03-03 10:20 R1 assigned assignee=-
    2025-03-03 10:30 R1 assigned assignee=ann
    2025-03-03 10:40 R1 assigned assignee=bob
    2025-03-03 10:50 R1 note
    2025-03-03 11:00 R1 assigned assignee=ann
    2025-03-03 12:00 R1 status status=resolved
    """
    assert measured.count("R1", "handoffs") == ("done", 2)


def test_a_null_on_anything_but_an_assignment_says_nothing(measured):
    """
    2025-03-03 10:00 R1 opened assignee=ann
    2025-03-03 10:10 R1 agent-reply
    2025-03-03 10:20 R1 note assignee=bob
    2025-03-03 12:00 R1 status status=resolved
    """
    assert measured.count("R1", "handoffs") == ("done", 1)
