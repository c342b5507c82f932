"""Reopens: leaving {resolved, closed} by a state."""


def test_every_leaving_counts_and_closing_does_not(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=resolved
    2025-03-03 12:00 R1 status status=closed
    2025-03-03 13:00 R1 customer-message status=open
    2025-03-03 14:00 R1 status status=resolved
    2025-03-03 15:00 R1 status status=waiting_customer
    2025-03-03 16:00 R1 status status=closed
    """
    assert measured.count("R1", "reopens") == ("done", 2)


def test_a_message_alone_reopens_nothing(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=resolved
    2025-03-03 13:00 R1 customer-message
    """
    assert measured.count("R1", "reopens") == ("done", 0)
