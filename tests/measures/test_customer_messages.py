"""Customer messages: how often the customer had to write."""


def test_the_creation_counts_when_it_carries_a_message(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:30 R1 customer-message
    2025-03-03 11:00 R1 status status=resolved
    2025-03-03 10:00 R2 opened-silently
    2025-03-03 10:30 R2 customer-message
    2025-03-03 11:00 R2 status status=resolved
    """
    assert measured.count("R1", "customer_messages") == ("done", 2)
    assert measured.count("R2", "customer_messages") == ("done", 1)


def test_an_out_of_office_is_no_effort(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:30 R1 out-of-office
    2025-03-03 10:40 R1 rated
    2025-03-03 11:00 R1 status status=resolved
    """
    assert measured.count("R1", "customer_messages") == ("done", 1)
