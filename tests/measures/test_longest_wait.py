"""Longest wait: the longest of the waits, the running one included."""


def test_the_longest_of_the_waits(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 11:00 R1 customer-message
    2025-03-03 11:30 R1 agent-reply
    """
    assert measured.elapsed("R1", "longest_wait") == ("done", 30 * 60)


def test_a_running_wait_may_become_the_longest(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply
    2025-03-03 12:00 R1 customer-message
    2025-03-03 12:10 horizon
    """
    assert measured.elapsed("R1", "longest_wait") == ("running", 3600)


def test_given_up_in_the_longest_wait_is_never(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 11:00 R1 customer-message
    2025-03-03 13:00 R1 cancelled
    2025-03-03 10:00 R2 opened
    2025-03-03 15:00 R2 agent-reply
    2025-03-03 15:10 R2 customer-message
    2025-03-03 15:20 R2 cancelled
    """
    assert measured.elapsed("R1", "longest_wait") == ("never", 2 * 3600)
    assert measured.elapsed("R2", "longest_wait") == ("done", 5 * 3600)


def test_in_working_time_another_wait_may_be_the_longest(measured_in_office_hours):
    """
    2025-02-28 17:00 R1 opened
    2025-03-03 09:30 R1 agent-reply
    2025-03-03 10:00 R1 customer-message
    2025-03-03 13:00 R1 agent-reply
    """
    assert measured_in_office_hours.elapsed("R1", "longest_wait") == ("done", 64.5 * 3600)
    assert measured_in_office_hours.business("R1", "longest_wait") == 3 * 3600


def test_without_a_question_there_is_none(measured):
    """
    2025-03-03 10:00 R1 opened-by-us
    2025-03-03 11:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "longest_wait") == ("not_applicable", None)
